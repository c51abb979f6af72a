/** `souk down`: ends the network of this machine and what runs on it; with --wipe also removes all it has stored. */
import { existsSync, rmSync } from 'node:fs';
import { systemClock } from '@souk/protocol';
import type { DefineCommand } from '../commands/entry.ts';
import type { Context } from '../context.ts';
import { removeWorkloads } from './leftovers.ts';
import { localFolder, removePid, runningPid } from './state.ts';

const stopMs = 30_000;

export const defineDown: DefineCommand = (command, act) => {
  command
    .description('stop the network on this machine and every workload of its providers')
    .option('--wipe', 'also remove its chain, money, leases and logs')
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
  if (flags.wipe) rmSync(folder.root, { recursive: true, force: true });
  output.document({ wasRunning, removedWorkloads: removed, wiped: flags.wipe === true }, () =>
    [
      wasRunning ? 'the network is stopped' : 'no network was running',
      `${removed} workload${removed === 1 ? '' : 's'} removed`,
      kept ? `state is kept in ${folder.root}` : 'no state is left',
    ].join('; '),
  );
}

async function stopNetwork(
  folder: ReturnType<typeof localFolder>,
  note: (text: string) => void,
): Promise<boolean> {
  const pid = runningPid(folder);
  if (pid === undefined) return false;
  note(`• stopping the network, process ${pid} …`);
  process.kill(pid, 'SIGTERM');
  const deadline = systemClock.now() + stopMs;
  while (runningPid(folder) === pid && systemClock.now() < deadline) await systemClock.sleep(100);
  if (runningPid(folder) === pid) process.kill(pid, 'SIGKILL');
  removePid(folder);
  return true;
}
