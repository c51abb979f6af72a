/** Runs the commands of a page of docs/ as a reader would: block by block, in a folder where ./souk is. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
/** As the script ./souk runs it, but for what that installs first. */
const soukCommand = {
  file: process.execPath,
  args: `--disable-warning=ExperimentalWarning ${join(root, 'packages/cli/src/main.ts')}`,
  env: join(root, '.node/compile-cache'),
};

export interface GuideBlock {
  readonly text: string;
  /** Goes on running, as in a terminal of its own. */
  readonly isTerminal: boolean;
}

/** The blocks marked `sh`, in order; those marked `sh terminal` run beside the others. */
export function blocksOf(page: string): readonly GuideBlock[] {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(/^```sh( terminal)?\n(.*?)^```$/gms)].map((match) => ({
    text: match[2] ?? '',
    isTerminal: match[1] !== undefined,
  }));
}

export interface Reader extends AsyncDisposable {
  /** Output of a block. Throws what it said where a line of it fails; a terminal’s block is only started. */
  run(block: GuideBlock): Promise<string>;
}

export function startReader(home: string): Reader {
  const folder = mkdtempSync(join(tmpdir(), 'souk-guide-'));
  symlinkSync(join(root, 'examples'), join(folder, 'examples'));
  const { file, args, env } = soukCommand;
  writeFileSync(
    join(folder, 'souk'),
    `#!/bin/sh\nNODE_COMPILE_CACHE=${env} exec ${file} ${args} --home ${home} "$@"\n`,
  );
  chmodSync(join(folder, 'souk'), 0o755);
  const terminals: ChildProcess[] = [];
  const start = (text: string) => {
    // What a block sets is set in the later ones.
    const script = `set -eo pipefail; set -a; [ ! -f .env ] || . ./.env\n${text}\nexport -p > .env`;
    return spawn('bash', ['-c', script], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  };
  return {
    run: (block) => {
      const child = start(block.isTerminal ? `exec ${block.text}` : block.text);
      let said = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
      if (block.isTerminal) {
        terminals.push(child);
        return Promise.resolve('');
      }
      return new Promise((resolve, reject) => {
        child.once('close', (code) => {
          if (code === 0) resolve(said);
          else reject(new Error(`exit code ${code} of\n${block.text}\n${said}`));
        });
      });
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(terminals.map(stop));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGTERM');
  await gone;
}
