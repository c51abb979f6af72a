/** The watch process of a network: at most one works at a time, and `souk deploy` sees to it that there is one. */
import { spawn } from 'node:child_process';
import { mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Context } from './context.ts';
import { commandOfSelf } from './self.ts';
import type { SelectedNetwork } from './networks.ts';
import { holderOf, holdPidFile, passPidFile } from './pid-file.ts';
import type { Wallet } from './wallet.ts';

/** Starts a watch that outlives this process, unless one is at work. True where one was started. */
export async function ensureWatcher(
  context: Context,
  network: SelectedNetwork,
  wallet: Wallet,
): Promise<boolean> {
  const { watchPidFile, watchLogFile } = network.home;
  if (holderOf(watchPidFile) !== undefined) return false;
  const password = await wallet.password();
  // Of many deployments at once one starts it: the file is ours from here on, then the child's.
  using claim = holdPidFile(watchPidFile);
  if (claim === undefined) return false;
  mkdirSync(dirname(watchLogFile), { recursive: true, mode: 0o700 });
  const log = openSync(watchLogFile, 'a', 0o600);
  const flags = { home: context.home.folder, network: network.file, key: wallet.name, 'password-file': '-' };
  const { file, args, env } = commandOfSelf([
    'watch',
    '--json',
    ...Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, value]),
  ]);
  const child = spawn(file, args, { env, detached: true, stdio: ['pipe', log, log] });
  if (child.pid !== undefined) passPidFile(watchPidFile, child.pid);
  // Through a pipe: never on a command line or in the environment.
  child.stdin?.end(`${password}\n`);
  child.unref();
  await new Promise((resolve) => child.stdin?.once('close', resolve));
  return true;
}
