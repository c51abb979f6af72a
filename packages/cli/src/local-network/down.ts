/** `souk down`: ends the network of this machine and what runs on it; with --wipe also removes all it has stored. */
import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '@souk/protocol';
import type { DefineCommand } from '../commands/entry.ts';
import type { Context } from '../context.ts';
import type { Home } from '../home.ts';
import { holderOf } from '../pid-file.ts';
import { removeWorkloads } from './leftovers.ts';
import { localKeyName } from './network.ts';
import { localFolder, type LocalFolder } from './state.ts';

const stopMs = 30_000;

export const defineDown: DefineCommand = (command, act) => {
  command
    .description('stop the network on this machine and every workload of its providers')
    .option('--wipe', 'also remove its chain, money, leases, logs and test key')
    .action(act(down));
};

async function down(context: Context, flags: { readonly wipe?: true }): Promise<void> {
  const { output, prompts, home } = context;
  const folder = localFolder(home.folder);
  if (
    flags.wipe &&
    !(await prompts.confirm(`Remove all of ${folder.root}: chain, test money, leases, logs?`))
  )
    return;
  const wasRunning = await stopNetwork(folder, output.note);
  const removed = await removeWorkloads(folder, context.log);
  const kept = flags.wipe !== true && existsSync(folder.root);
  if (flags.wipe) wipe(home, folder);
  output.document({ wasRunning, removedWorkloads: removed, wiped: flags.wipe === true }, () =>
    [
      wasRunning ? 'the network is stopped' : 'no network was running',
      `${removed} workload${removed === 1 ? '' : 's'} removed`,
      kept ? `state is kept in ${folder.root}` : 'no state is left',
    ].join('; '),
  );
}

/** The network and its test key; where it was the only network, also the images kept to hand over. */
function wipe(home: Home, folder: LocalFolder): void {
  rmSync(folder.root, { recursive: true, force: true });
  rmSync(join(home.keys, `${localKeyName}.json`), { force: true });
  if (isEmpty(home.networks)) rmSync(home.images, { recursive: true, force: true });
  for (const each of [home.networks, home.keys, home.folder])
    if (existsSync(each) && isEmpty(each)) rmdirSync(each);
}

function isEmpty(folder: string): boolean {
  return !existsSync(folder) || readdirSync(folder).length === 0;
}

async function stopNetwork(
  folder: ReturnType<typeof localFolder>,
  note: (text: string) => void,
): Promise<boolean> {
  const pid = holderOf(folder.pidFile);
  if (pid === undefined) return false;
  note(`• stopping the network, process ${pid} …`);
  process.kill(pid, 'SIGTERM');
  const deadline = systemClock.now() + stopMs;
  while (holderOf(folder.pidFile) === pid && systemClock.now() < deadline) await systemClock.sleep(100);
  if (holderOf(folder.pidFile) === pid) process.kill(pid, 'SIGKILL');
  rmSync(folder.pidFile, { force: true });
  return true;
}
