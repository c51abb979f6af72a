/** `souk volume`: what a deployment's volumes hold elsewhere; save them now, put them back, read them without a provider. */
import { resolve } from 'node:path';
import { type Hex, localKey } from '@souk/protocol';
import { readSnapshots, type WrittenVolume } from '@souk/provider';
import type { VolumeView } from '@souk/tenant';
import { InvalidArgumentError } from 'commander';
import type { Context } from '../context.ts';
import { bytesText, durationText, shortHex, timeText } from '../format.ts';
import { printable } from '../output.ts';
import { runTasks } from '../progress.ts';
import { type Buyer, connectPeer, openBuyer } from '../session.ts';
import { renderTable } from '../table.ts';
import { openHeld } from '../volumes/holder.ts';
import type { DefineCommand } from './entry.ts';

interface GroupFlag {
  readonly group?: string;
}

interface RestoreFlags extends GroupFlag {
  readonly root?: Hex;
  readonly to?: string;
}

export const defineVolume: DefineCommand = (command, act) => {
  command.description('persistent volumes: what of them is saved with other peers, and getting it back');
  command
    .command('ls')
    .description('volumes, how old their latest snapshot is, and who has it')
    .argument('<name>', 'deployment')
    .option('--group <group>', 'placement group, where there are several')
    .option('--all', 'every snapshot that the holders have')
    .action(act(listVolumes));
  command
    .command('snapshot')
    .description('save the volumes now; what has not changed is not sent again')
    .argument('<name>', 'deployment')
    .option('--group <group>', 'placement group, where there are several')
    .action(act(snapshotVolumes));
  command
    .command('restore')
    .description(
      'put the volumes back to a snapshot, the workload stopped meanwhile; or read it into a folder',
    )
    .argument('<name>', 'deployment')
    .option('--group <group>', 'placement group, where there are several')
    .option(
      '--root <hash>',
      'this snapshot, as `souk volume ls --all` names it (default: the newest)',
      parseRoot,
    )
    .option('--to <folder>', 'into this empty folder; needs no provider')
    .action(act(restoreVolumes));
};

async function listVolumes(
  context: Context,
  name: string,
  flags: GroupFlag & { readonly all?: true },
): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const { tenant } = openBuyer(context, stack);
  const volumes = await tenant.volumes(name, {
    ...groupOf(flags),
    isThorough: flags.all === true,
    signal: context.signal,
  });
  const now = context.clock.now() / 1000;
  if (volumes.length === 0) context.output.note(`${name} has no persistent volumes`);
  context.output.document({ name, volumes: volumes.map((volume) => withAge(volume, now)) }, () =>
    volumes.length === 0
      ? ''
      : [volumeTable(context, volumes, now), ...(flags.all ? [snapshotTable(context, volumes)] : [])].join(
          '\n\n',
        ),
  );
}

/** What can be lost: what was written since the latest snapshot began, and at most one interval and its duration. */
function withAge(volume: VolumeView, now: number) {
  const { snapshot } = volume;
  return { ...volume, ageSeconds: snapshot ? Math.max(0, Math.round(now - snapshot.at)) : null };
}

function volumeTable(context: Context, volumes: readonly VolumeView[], now: number): string {
  return renderTable(
    context.output,
    [
      { title: 'VOLUME', cell: (one) => `${one.service}/${one.replica} ${one.volume}` },
      { title: 'SIZE', cell: (one) => bytesText(one.bytes), align: 'right' },
      { title: 'USED', cell: ({ snapshot }) => (snapshot ? bytesText(snapshot.bytes) : '–'), align: 'right' },
      {
        title: 'SAVED',
        cell: ({ snapshot }) => (snapshot ? `${durationText(now - snapshot.at)} ago` : 'never'),
      },
      {
        title: 'EVERY',
        cell: ({ everySeconds: every }) => (every === null ? 'not saved' : durationText(every)),
      },
      { title: 'HOLDERS', cell: ({ snapshot }) => String(snapshot?.holders.length ?? 0), align: 'right' },
      { title: 'SNAPSHOT', cell: ({ snapshot }) => (snapshot ? shortHex(snapshot.root) : '–') },
    ],
    volumes,
  );
}

function snapshotTable(context: Context, volumes: readonly VolumeView[]): string {
  const rows = volumes.flatMap((volume) => volume.held);
  if (rows.length === 0) return 'No holder lists a snapshot.';
  return renderTable(
    context.output,
    [
      { title: 'TAKEN', cell: (one) => timeText(one.at) },
      { title: 'VOLUME', cell: (one) => `${one.service}/${one.replica} ${one.volume}` },
      { title: 'BYTES', cell: (one) => bytesText(one.bytes), align: 'right' },
      { title: 'HOLDERS', cell: (one) => String(one.holders.length), align: 'right' },
      { title: 'ROOT', cell: (one) => one.root.slice(0, 18) },
    ],
    rows,
  );
}

async function snapshotVolumes(context: Context, name: string, flags: GroupFlag): Promise<number> {
  await using stack = new AsyncDisposableStack();
  const { tenant } = openBuyer(context, stack);
  const { snapshots, troubles } = await withProgress(context, `saving ${name}`, (onProgress) =>
    tenant.snapshot(name, { ...groupOf(flags), signal: context.signal, onProgress }),
  );
  for (const trouble of troubles) context.output.warn(printable(trouble));
  context.output.document({ name, snapshots, troubles }, () =>
    snapshots
      .map(
        (one) =>
          `saved ${one.service}/${one.replica} ${one.volume}: ${bytesText(one.bytes)}, ${bytesText(one.sentBytes)} of it sent, with ${one.holders.length} holders, as ${shortHex(one.root)}`,
      )
      .join('\n'),
  );
  return snapshots.length === 0 ? 1 : 0;
}

async function restoreVolumes(context: Context, name: string, flags: RestoreFlags): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const buyer = openBuyer(context, stack);
  const choice = {
    ...groupOf(flags),
    ...(flags.root === undefined ? {} : { root: flags.root }),
    signal: context.signal,
  };
  if (flags.to !== undefined) {
    const folder = resolve(flags.to);
    const volumes = await withProgress(context, `reading ${name}`, (onProgress) =>
      readInto(context, buyer, folder, { name, choice, onProgress }),
    );
    return context.output.document({ name, volumes }, () =>
      volumes.map((one) => `${one.files} files, ${bytesText(one.bytes)}, in ${one.folder}`).join('\n'),
    );
  }
  const isSure = await context.prompts.confirm(
    `Put the volumes of ${name} back? What was written since is saved first; the workload stops meanwhile.`,
  );
  if (!isSure) return context.output.note('Nothing was changed.');
  const restored = await withProgress(context, `restoring ${name}`, (onProgress) =>
    buyer.tenant.restore(name, { ...choice, onProgress }),
  );
  context.output.document({ name, restored }, () =>
    restored
      .map(
        ({ service, replica, volume, root }) =>
          `restored ${service}/${replica} ${volume} from ${shortHex(root)}`,
      )
      .join('\n'),
  );
}

async function readInto(
  context: Context,
  { tenant, network }: Buyer,
  folder: string,
  input: {
    readonly name: string;
    readonly choice: Parameters<Buyer['tenant']['savedVolumes']>[1];
    readonly onProgress: (text: string) => void;
  },
): Promise<readonly WrittenVolume[]> {
  const saved = await tenant.savedVolumes(input.name, input.choice);
  await using peer = await connectPeer(context, network, localKey(saved.agentKey));
  const here = { store: openHeld(context, network.home), tenant: tenant.address };
  return await readSnapshots(
    folder,
    { peer, here, ...saved },
    {
      signal: context.signal,
      onProgress: (volume, written, of) =>
        input.onProgress(`${volume}: ${bytesText(written)} of ${bytesText(of)}`),
    },
  );
}

async function withProgress<T>(
  context: Context,
  title: string,
  work: (onProgress: (text: string) => void) => Promise<T>,
): Promise<T> {
  const results: T[] = [];
  const run = async (view: { now(text: string): void }) => {
    results.push(await work((text) => view.now(printable(text))));
    return true;
  };
  await runTasks(context.output, [{ title, run }]);
  const [result] = results;
  if (result === undefined) throw new Error('the task has ended without a result');
  return result;
}

function groupOf({ group }: GroupFlag): GroupFlag {
  return group === undefined ? {} : { group };
}

function parseRoot(text: string): Hex {
  if (/^0x[0-9a-f]{6,64}$/.test(text)) return text as Hex;
  throw new InvalidArgumentError('give the hash of a snapshot, or its first digits: 0x1a2b3c4d');
}
