/** Finds and runs the anvil binary that npm has installed. Nothing here knows what runs on the chain. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { Fault } from '@souk/protocol';

export interface Anvil {
  readonly pid: number;
  /** Resolves when the process is gone, with its last words. */
  readonly exited: Promise<string>;
  /** SIGTERM, then SIGKILL after `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

const architectures: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/** The native binary: npm's wrapper script would stand between us and its signals. */
export function anvilBinary(): string {
  const architecture = architectures[process.arch] ?? process.arch;
  const name = `@foundry-rs/anvil-${process.platform}-${architecture}`;
  const file = process.platform === 'win32' ? 'anvil.exe' : 'anvil';
  const fromHere = createRequire(import.meta.url);
  try {
    const fromWrapper = createRequire(fromHere.resolve('@foundry-rs/anvil/package.json'));
    return join(dirname(fromWrapper.resolve(`${name}/package.json`)), 'bin', file);
  } catch (cause) {
    throw new Fault('chain.no-anvil', `the local chain's program (${name}) is not installed`, {
      blame: 'self',
      data: { package: name },
      remedy: 'run `./souk setup` again; a local network needs Linux or macOS on x64 or arm64',
      cause,
    });
  }
}

export function runAnvil(args: readonly string[]): Anvil {
  const child = spawn(anvilBinary(), args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let lastWords = '';
  child.stderr.on('data', (bytes: Buffer) => {
    lastWords = (lastWords + bytes.toString('utf8')).slice(-2000);
  });
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', () => resolve(lastWords.trim()));
  });
  return { pid: child.pid ?? 0, exited, stop: (graceMs) => stopChild(child, exited, graceMs) };
}

async function stopChild(child: ChildProcess, exited: Promise<string>, graceMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await exited;
  clearTimeout(timer);
}

/** True when `pid` is the anvil of that port: the number may have gone to another program since. */
export function isAnvil(pid: number, port: number): boolean {
  if (!existsSync('/proc/self/cmdline')) return isAlive(pid);
  const commandFile = `/proc/${pid}/cmdline`;
  const words = existsSync(commandFile) ? readFileSync(commandFile, 'utf8').split('\0') : [];
  return (words[0] ?? '').endsWith('anvil') && words[words.indexOf('--port') + 1] === String(port);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process may not be signalled, but is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** `port` if nobody listens there, or any free one for 0. Throws `chain.port-taken`. */
export function freePort(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (cause) =>
      reject(
        new Fault('chain.port-taken', `port ${port}, where the local chain should listen, is in use`, {
          blame: 'user',
          data: { port },
          remedy: 'stop the program that uses it, or name another port',
          cause,
        }),
      ),
    );
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}
