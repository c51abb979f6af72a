/** What providers publish of themselves: as a watch has kept it, or by listening for a while. */
import { type CapacitySummary, createKey } from '@souk/protocol';
import { InvalidArgumentError } from 'commander';
import { followCapacity, readCapacity } from './capacity-book.ts';
import type { Context } from './context.ts';
import { runTasks } from './progress.ts';
import { type ChainSession, connectPeer } from './session.ts';

export interface Heard {
  readonly summaries: readonly CapacitySummary[];
  /** Peers at the end of listening; undefined where what a watch has kept was enough. */
  readonly peers: number | undefined;
}

/** Providers speak up once a minute. */
const defaultWaitMs = 65_000;
/** With somebody heard, others of the same round follow within this. */
const settleMs = 6_000;

/** With `waitMs` listens for exactly that long; without, takes what is kept, or listens until somebody was heard. */
export async function hearCapacity(
  context: Context,
  stack: AsyncDisposableStack,
  options: { readonly session: ChainSession; readonly waitMs?: number | undefined },
): Promise<Heard> {
  const { session, waitMs } = options;
  const kept = waitMs === undefined ? readCapacity(session.network.home, context.clock.now()) : [];
  if (kept.length > 0) return { summaries: kept, peers: undefined };
  const peer = stack.use(await connectPeer(context, session.network, createKey()));
  let summaries: readonly CapacitySummary[] = [];
  const stop = new AbortController();
  await runTasks(context.output, [
    {
      title: 'listening for providers',
      run: async (view) => {
        await followCapacity(peer, session.chain, {
          now: () => context.clock.now(),
          onHeard: (book) => {
            summaries = book.list();
            view.now(`${summaries.length} heard`);
            if (waitMs === undefined) setTimeout(() => stop.abort(), settleMs).unref();
          },
        });
        const signal = AbortSignal.any([stop.signal, context.signal]);
        await context.clock.sleep(waitMs ?? defaultWaitMs, signal).catch(() => undefined);
        return true;
      },
    },
  ]);
  return { summaries, peers: peer.connectedPeers().length };
}

/** For the flag `--wait`. */
export function parseWait(text: string): number {
  const ms = Number(text);
  if (Number.isInteger(ms) && ms >= 1 && ms <= 600_000) return ms;
  throw new InvalidArgumentError('give milliseconds, from 1 to 600000');
}
