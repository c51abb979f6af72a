/** Runs a command in a workload with this terminal, or these pipes, as its own; the exit code is the command's. */
import type { ExecOptions, ExecSession, Tenant } from '@souk/tenant';
import type { Context } from './context.ts';

export interface RemoteCommand {
  readonly command: readonly string[];
  readonly service?: string | undefined;
  readonly replica?: number | undefined;
  readonly group?: string | undefined;
  /** Pass standard input on. */
  readonly takesInput: boolean;
  readonly wantsTty: boolean;
}

export async function runRemote(
  context: Context,
  tenant: Tenant,
  name: string,
  remote: RemoteCommand,
): Promise<number> {
  const tty = remote.wantsTty ? terminalSize() : undefined;
  const options: ExecOptions = {
    command: remote.command,
    signal: context.signal,
    ...(remote.service === undefined ? {} : { service: remote.service }),
    ...(remote.replica === undefined ? {} : { replica: remote.replica }),
    ...(remote.group === undefined ? {} : { group: remote.group }),
    ...(tty === undefined ? {} : { tty }),
  };
  await using session = await tenant.exec(name, options);
  using _terminal = tty === undefined ? undefined : takeTerminal(session);
  if (remote.takesInput) void sendInput(session);
  else await session.endInput();
  for await (const { stream, bytes } of session.output) {
    if (context.output.isJson) {
      const text = Buffer.from(bytes).toString('utf8');
      context.output.item({ stream, text }, () => '');
    } else {
      await writeBytes(stream === 'stdout' ? process.stdout : process.stderr, bytes);
    }
  }
  const exitCode = await session.exit;
  if (context.output.isJson) context.output.item({ exitCode }, () => '');
  return exitCode;
}

/** Every key goes to the other side, Ctrl-C too, and it hears of new window sizes; until disposed. */
function takeTerminal(session: ExecSession): Disposable {
  const resize = () => {
    const { cols, rows } = terminalSize();
    session.resize(cols, rows).catch(() => undefined);
  };
  process.stdin.setRawMode(true);
  process.stdout.on('resize', resize);
  return {
    [Symbol.dispose]: () => {
      process.stdin.setRawMode(false);
      process.stdout.off('resize', resize);
    },
  };
}

// The command may end before its input does; then what is left has nowhere to go.
async function sendInput(session: ExecSession): Promise<void> {
  try {
    for await (const chunk of process.stdin) await session.write(chunk as Uint8Array);
    await session.endInput();
  } catch {
    process.stdin.pause();
  }
}

function writeBytes(stream: NodeJS.WriteStream, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}

/** Some terminals say 0 × 0, and no program can be given one of over a thousand. */
function terminalSize(): { readonly cols: number; readonly rows: number } {
  const fit = (size: number | undefined, usual: number) => Math.min(size || usual, 1000);
  return { cols: fit(process.stdout.columns, 80), rows: fit(process.stdout.rows, 24) };
}
