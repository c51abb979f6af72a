/**
 * `souk mine`: this machine works as a miner of a subnet, until Ctrl-C. It takes a place first, if it has none; it answers
 * validators, keeps its endpoints on chain, and says what goes on a line each.
 */
import { createMetrics } from '@souk/daemon';
import { Fault } from '@souk/protocol';
import { type Miner, minerConfigSchema, type MinerStatus, startMiner } from '@souk/subnets';
import { InvalidArgumentError, Option } from 'commander';
import { readSettings } from '../config.ts';
import type { Context } from '../context.ts';
import { collectListen } from '../provide/flags.ts';
import { type Act, acting, acts } from '../subnet/act.ts';
import { parseSouk } from '../subnet/amounts.ts';
import { parseCount, parseSubnet } from '../subnet/arguments.ts';
import {
  type DaemonFlags,
  keepClaiming,
  openSubnetDaemon,
  tellTroubles,
  untilStopped,
  watchPosts,
} from '../subnet/daemon.ts';
import { takePlace } from '../subnet/place.ts';
import { openSubnets, operatorOfKey, operatorOrSelf, type SubnetSession } from '../subnet/session.ts';
import { livingOf } from '../subnet/state.ts';
import type { DefineCommand } from './entry.ts';

interface MineFlags extends DaemonFlags {
  readonly units?: number;
  readonly maxPrice?: bigint;
  readonly set: Readonly<Record<string, string>>;
  readonly act?: Act;
}

export const defineMine: DefineCommand = (command, act) => {
  command
    .description('work as a miner of a subnet: take a place if needed, answer validators; until Ctrl-C')
    .argument('<subnet>', 'its number', parseSubnet)
    .option('--units <number>', 'capacity to declare, in the mechanism’s own unit', parseCount)
    .option('--max-price <souk>', 'do not pay more for a place (default: what it costs now)', parseSouk)
    .option('--set <key=value>', 'setting for the mechanism; can be repeated', collectSetting, {})
    .option('--listen <multiaddr>', 'where validators reach it; can be repeated', collectListen)
    .option('--claim', 'claim what is earned as it is posted')
    .addOption(
      new Option('--act <part>', 'behave badly, to see it found out; local networks only').choices(acts),
    )
    .action(act(mine));
};

async function mine(context: Context, subnet: number, flags: MineFlags): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const session = await openSubnets(context, stack);
  const { book } = session.network;
  if (flags.act !== undefined && !book.isLocal) throw notLocal(book.name);
  const config = settingsOf(context, flags);
  await ensurePlace(context, session, { subnet, maxPrice: flags.maxPrice });
  const daemon = await openSubnetDaemon(context, stack, { role: 'miner', session, subnet, ...flags });
  const { key, peer, writer, log } = daemon;
  const { reads } = session;
  const operator = await operatorOfKey(session.chain, key.address);
  const { act } = flags;
  const mechanisms =
    act === undefined
      ? daemon.mechanisms
      : daemon.mechanisms.map((each) => acting(act, each, { reads, subnet, fromBlock: book.fromBlock }));
  const miner = stack.use(
    await startMiner(
      {
        peer,
        reads,
        writer,
        signer: key,
        operator,
        subnet,
        mechanisms,
        fromBlock: book.fromBlock,
        metrics: createMetrics(),
        clock: context.clock,
        log,
        fetch,
      },
      config,
    ),
  );
  const { registration } = miner.status();
  const started = {
    event: 'started',
    subnet,
    operator,
    registration: registration ?? null,
    mechanisms: mechanisms.map(({ name }) => name),
    units: config.units,
    peer: peer.addresses(),
  };
  context.output.item(
    started,
    () =>
      `mining ${started.mechanisms.join(', ')} in subnet ${subnet} as UID ${registration}, at ${started.peer[0]}`,
  );
  const own = { session, subnet, account: operator };
  const claim = flags.claim ? keepClaiming(own, writer) : undefined;
  const tellPosts = watchPosts(context, own);
  const tell = tellOf(context, miner);
  await untilStopped(context, log, async () => {
    tell();
    await tellPosts();
    await claim?.();
  });
}

/** A line for each epoch that begins, and for whatever is in the way. */
function tellOf(context: Context, miner: Miner): () => void {
  let before: MinerStatus | undefined;
  return () => {
    const status = miner.status();
    const { subnet, epoch, registration, tasks, pruning, troubles } = status;
    if (before?.epoch !== epoch) {
      const line = {
        event: 'epoch',
        subnet,
        epoch,
        tasks,
        registration: registration ?? null,
        pruning: pruning ?? null,
      };
      context.output.item(line, () => `epoch ${epoch} begins; so far ${tasksText(tasks)}`);
    }
    tellTroubles(context, before?.troubles ?? {}, troubles);
    before = status;
  };
}

function tasksText(tasks: MinerStatus['tasks']): string {
  const counted = Object.entries(tasks).map(([outcome, count]) => `${count} ${outcome}`);
  return counted.length === 0 ? 'no tasks' : `tasks: ${counted.join(', ')}`;
}

/** Takes a place unless the key's operator has one. */
async function ensurePlace(
  context: Context,
  session: SubnetSession,
  wish: { readonly subnet: number; readonly maxPrice: bigint | undefined },
): Promise<void> {
  const operator = await operatorOrSelf(session);
  const { picture } = await session.history(wish.subnet);
  if (livingOf(picture).some((place) => place.operator === operator)) return;
  const place = await takePlace(context, session, wish);
  context.output.note(`• registered as UID ${place.registration}`);
}

function settingsOf(context: Context, { units, set }: MineFlags) {
  const given = {
    ...(units === undefined ? {} : { units }),
    ...(Object.keys(set).length === 0 ? {} : { settings: set }),
  };
  return readSettings(context, { miner: minerConfigSchema }, { miner: given }).miner;
}

function collectSetting(
  text: string,
  previous: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const at = text.indexOf('=');
  if (at <= 0) throw new InvalidArgumentError('write it as key=value');
  return { ...previous, [text.slice(0, at)]: text.slice(at + 1) };
}

function notLocal(name: string): Fault {
  return new Fault('cli.not-local', `${name} is a public network: nobody plays a part there`, {
    blame: 'user',
    remedy: 'leave --act out',
  });
}
