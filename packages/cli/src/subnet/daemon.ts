/**
 * What `souk mine` and `souk validate` have in common: a key, its operator, a peer, a log, lines about what goes on and what
 * was earned. Both end with Ctrl-C; all that matters is on chain or in their folder.
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

export interface PostsDeps {
  readonly session: SubnetSession;
  readonly subnet: number;
  readonly account: Address;
}

/** Tells of each epoch that is posted, and of what was claimed for the account; a few reads, nothing is computed. */
export function watchPosts(context: Context, { session, subnet, account }: PostsDeps) {
  const { reads } = session;
  let told: number | undefined;
  let claimedBefore: bigint | undefined;
  return async (): Promise<void> => {
    const [state, claimed] = await Promise.all([reads.subnetOf(subnet), reads.claimedOf(subnet, account)]);
    const newest = (state?.nextEpoch ?? 0) - 1;
    if (newest > (told ?? -1)) {
      context.output.item({ event: 'posted', subnet, epoch: newest }, () => `epoch ${newest} is posted`);
    }
    told = newest;
    const earned = claimed - (claimedBefore ?? claimed);
    if (earned > 0n) {
      context.output.item(
        { event: 'earned', subnet, amount: earned, total: claimed },
        () => `earned ${soukText(earned)}, claimed; ${soukText(claimed)} in all`,
      );
    }
    claimedBefore = claimed;
  };
}

/** Claims for the account whenever an epoch was posted. It computes epochs for that, as anyone must who claims. */
export function keepClaiming({ session, subnet, account }: PostsDeps, writer: SubnetWriter) {
  let done = -1;
  return async (): Promise<void> => {
    const state = await session.reads.subnetOf(subnet);
    const newest = (state?.nextEpoch ?? 0) - 1;
    if (newest <= done) return;
    const claimable = await claimableIn(session.reads, await session.history(subnet), { account });
    if (claimable !== undefined && claimable.amount > 0n) {
      await writer.claim(subnet, account, claimable.earned, claimable.proof);
    }
    done = newest;
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
