/** Runs the real `souk` in a process of its own, in a home of its own. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const main = join(import.meta.dirname, '../src/main.ts');

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface TestHome extends Disposable {
  readonly folder: string;
  readonly passwordFile: string;
  souk(...args: string[]): Promise<Outcome>;
  file(name: string, content: string | Uint8Array): string;
}

export function testHome(): TestHome {
  const folder = mkdtempSync(join(tmpdir(), 'souk-cli-'));
  const file = (name: string, content: string | Uint8Array) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  return {
    folder,
    passwordFile: file('password.txt', 'open sesame\n'),
    file,
    souk: (...args) => runSouk(['--home', join(folder, 'home'), ...args]),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export function runSouk(args: readonly string[], input = ''): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], {
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: 60_000,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? -1, stdout, stderr }));
    child.stdin.end(input);
  });
}
