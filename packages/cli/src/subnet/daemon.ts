/**
 * What `souk mine` and `souk validate` have in common: a key, its operator, a peer, a log, lines about what goes on, and
 * what was earned, claimed when asked to. Both end with Ctrl-C; all that matters is on chain or in their folder.
 */
import { join } from 'node:path';
import type { SubnetWriter } from '@souk/chain';
import { aborted, createLog, type Store } from '@souk/daemon';
import type { Peer } from '@souk/net';
import type { Address, LocalKey, Log } from '@souk/protocol';
import type { Mechanism } from '@souk/subnets';
import type { Context } from '../context.ts';
import { connectPeer } from '../session.ts';
import { openStore } from '@souk/daemon';
import { soukText } from './amounts.ts';
import { claimableIn } from './claimable.ts';
import { mechanismFilesOf } from './compute.ts';
import type { SubnetHistory } from './history.ts';
import { mechanismsOf } from './mechanisms.ts';
import { openSubnetWriter, type SubnetSession } from './session.ts';
import { lastPostOf } from './state.ts';

export interface SubnetDaemon {
  readonly session: SubnetSession;
  readonly history: SubnetHistory;
  readonly mechanisms: readonly Mechanism[];
  readonly key: LocalKey;
  readonly writer: SubnetWriter;
  readonly peer: Peer;
  readonly store: Store;
  readonly log: Log;
}

export interface DaemonFlags {
  readonly listen?: readonly string[];
  readonly claim?: true;
}

/** `role` names its folder and log. */
export async function openSubnetDaemon(
  context: Context,
  stack: AsyncDisposableStack,
  wish: {
    readonly role: 'miner' | 'validator';
    readonly session: SubnetSession;
    readonly subnet: number;
  } & DaemonFlags,
): Promise<SubnetDaemon> {
  const { role, session, subnet } = wish;
  const history = await session.history(subnet);
  const mechanisms = await mechanismsOf(history.picture, mechanismFilesOf(context));
  const wallet = session.wallet();
  const folder = join(session.network.home.folder, `${role}s`, `${wallet.name}-${subnet}`);
  const log = daemonLog(context, role, folder);
  const key = await wallet.unlock();
  const writer = await openSubnetWriter(context, stack, session);
  const store = stack.use(openStore(join(folder, `${role}.db`)));
  const peer = stack.use(await connectPeer({ ...context, log }, session.network, key, wish.listen));
  return { session, history, mechanisms, key, writer, peer, store, log };
}

export interface EarningsDeps {
  readonly session: SubnetSession;
  readonly subnet: number;
  readonly account: Address;
  /** Undefined: rewards are only told of. */
  readonly writer: SubnetWriter | undefined;
}

/** Tells of each epoch that is posted, what it brought, and claims it; nothing where none is new. */
export function watchEarnings(context: Context, { session, subnet, account, writer }: EarningsDeps) {
  let told = -1;
  let earned: bigint | undefined;
  return async (): Promise<void> => {
    const state = await session.reads.subnetOf(subnet);
    const newest = (state?.nextEpoch ?? 0) - 1;
    if (newest <= told) return;
    const history = await session.history(subnet);
    const posted = lastPostOf(history.picture);
    const claimable = await claimableIn(session.reads, history, { account });
    const total = claimable?.earned ?? 0n;
    const brought = total - (earned ?? total);
    const line = {
      event: 'posted',
      epoch: posted?.epoch ?? newest,
      block: posted?.block ?? 0,
      earned: brought,
      total,
    };
    context.output.item(
      line,
      () => `epoch ${line.epoch} is posted: earned ${soukText(brought)}, ${soukText(total)} in all`,
    );
    told = newest;
    earned = total;
    if (writer === undefined || claimable === undefined || claimable.amount === 0n) return;
    const { tx } = await writer.claim(subnet, account, claimable.earned, claimable.proof);
    const claimed = { event: 'claimed', epoch: line.epoch, amount: claimable.amount, tx };
    context.output.item(claimed, () => `claimed ${soukText(claimable.amount)}`);
  };
}

type Troubles = Readonly<Record<string, string>>;

/** Says what is in the way, where it is not what it was. */
export function tellTroubles(context: Context, before: Troubles, troubles: Troubles): void {
  if (JSON.stringify(before) === JSON.stringify(troubles)) return;
  const parts = Object.entries(troubles).map(([part, detail]) => `${part}: ${detail}`);
  const { item, paint } = context.output;
  item({ event: 'troubles', troubles }, () =>
    parts.length === 0
      ? paint('green', 'all is well again')
      : `${paint('red', 'trouble')}  ${parts.join('; ')}`,
  );
}

/** Runs `look` every second until Ctrl-C; what fails is said once and tried again. */
export async function untilStopped(context: Context, log: Log, look: () => Promise<void>): Promise<void> {
  let last = '';
  while (!context.signal.aborted) {
    try {
      await look();
      last = '';
    } catch (error) {
      const reason = (error as Error).message;
      if (reason !== last) context.output.warn(reason);
      last = reason;
      log.warn('could not look at the subnet', { error });
    }
    await Promise.race([
      context.clock.sleep(lookEveryMs, context.signal).catch(() => undefined),
      aborted(context.signal),
    ]);
  }
  context.output.note('stopping');
}

const lookEveryMs = 1_000;

// As `souk provide` does: people see lines, the log goes beside the state.
function daemonLog(context: Context, role: string, folder: string): Log {
  if (context.flags.debug) return context.log;
  return context.output.isJson
    ? createLog(role, { level: 'info' })
    : createLog(role, { level: 'info', file: join(folder, `${role}.log`) });
}
