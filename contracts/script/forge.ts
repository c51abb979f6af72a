/**
 * Runs forge from the project's root and exits as forge does: `node contracts/script/forge.ts test`. The `forge` command
 * of the npm package exits 0 whatever happens, so a failed test would pass; this starts the binary that it wraps.
 */
import { spawnSync, type StdioOptions } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(import.meta.dirname, '../..');

/** Path of a tool's own binary, as npm installed it for this machine. */
export function foundryBinary(tool: 'forge' | 'anvil'): string {
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return fileURLToPath(
    import.meta.resolve(`@foundry-rs/${tool}-${process.platform}-${arch}/bin/${tool}${suffix}`),
  );
}

/** Forge's exit code. */
export function runForge(args: readonly string[], stdio: StdioOptions = 'inherit'): number {
  // solc.cjs is started by its shebang: let it find the Node that runs this.
  const path = `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`;
  const env = { ...process.env, PATH: path };
  const { status, error } = spawnSync(foundryBinary('forge'), args, { cwd: root, stdio, env });
  if (error) throw error;
  return status ?? 1;
}

if (import.meta.main) process.exitCode = runForge(process.argv.slice(2));
