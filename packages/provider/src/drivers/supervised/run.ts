import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Runs a tool of this machine to its end; its output, or an error with its complaint. */
export async function run(program: string, words: readonly string[], timeoutMs = 10_000): Promise<string> {
  const { stdout } = await execute(program, words, { timeout: timeoutMs });
  return stdout;
}
