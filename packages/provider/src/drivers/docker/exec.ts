import type { Duplex } from 'node:stream';
import type Docker from 'dockerode';
import type { ExecOptions, ExecSession } from '../driver.ts';
import { ask } from './engine.ts';
import { demultiplex, type Frame } from './streams.ts';

/** Run a command in a running container. Aborting the signal cuts the connection; the engine then ends the command. */
export async function execIn(
  docker: Docker,
  containerId: string,
  options: ExecOptions,
): Promise<ExecSession> {
  const hasTty = options.tty !== null;
  const exec = await ask(() =>
    docker.getContainer(containerId).exec({
      Cmd: [...options.command],
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
      Tty: hasTty,
      ...(hasTty ? { Env: ['TERM=xterm-256color'] } : {}),
    }),
  );
  const stream = await ask(() => exec.start({ hijack: true, stdin: true, Tty: hasTty }));
  const cut = () => stream.destroy();
  options.signal.addEventListener('abort', cut, { once: true });
  if (options.tty) await resizeTo(exec, options.tty.cols, options.tty.rows);
  const ended = Promise.withResolvers<number>();
  // A session whose exit nobody waits for must not end the process.
  ended.promise.catch(() => undefined);
  const output = async function* (): AsyncIterable<Frame> {
    try {
      yield* hasTty ? plain(stream) : demultiplex(stream);
    } catch (error) {
      if (!options.signal.aborted) throw error;
    } finally {
      options.signal.removeEventListener('abort', cut);
      stream.destroy();
      exec.inspect().then(({ ExitCode }) => ended.resolve(ExitCode ?? 137), ended.reject);
    }
  };
  return {
    output: output(),
    write: (bytes) =>
      new Promise((resolve, reject) => stream.write(bytes, (error) => (error ? reject(error) : resolve()))),
    endInput: async () => void stream.end(),
    resize: (cols, rows) => resizeTo(exec, cols, rows),
    exit: ended.promise,
  };
}

// A command that has ended already can't be resized, and need not be.
async function resizeTo(exec: Docker.Exec, cols: number, rows: number): Promise<void> {
  await exec.resize({ w: cols, h: rows }).catch(() => undefined);
}

async function* plain(stream: Duplex): AsyncIterable<Frame> {
  for await (const chunk of stream) yield { stream: 'stdout', bytes: chunk as Buffer };
}
