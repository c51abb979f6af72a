/** Operators' records, read from the chain a part at a time and kept for a while. */
import type { ChainReads } from '@souk/chain';
import { type Address, type Clock, type Log, toFault } from '@souk/protocol';
import type { Reliability } from './offer.ts';
import { continueRecord, emptyRecord, type RunningRecord } from './record.ts';

export interface ReliabilityReader {
  /** What is known of each operator within `waitMs`; those that can't be read in time are left out. */
  read(operators: readonly Address[], waitMs: number): Promise<ReadonlyMap<Address, Reliability>>;
  /** Start reading, so that it is there when asked for. */
  prefetch(operator: Address): void;
}

interface Entry {
  readonly running: RunningRecord;
  readonly nextBlock: number;
  readonly readAt: number;
}

const maxOperators = 1024;

export function createReliabilityReader(
  deps: { readonly chain: ChainReads; readonly clock: Clock; readonly log: Log },
  options: { readonly cacheMs: number; readonly minimumFees: bigint },
): ReliabilityReader {
  const entries = new Map<Address, Entry>();
  const running = new Map<Address, Promise<void>>();

  async function refresh(operator: Address): Promise<void> {
    const entry = entries.get(operator);
    if (entry && deps.clock.now() - entry.readAt < options.cacheMs) return;
    const from = entry?.nextBlock ?? deps.chain.network.fromBlock;
    const head = await deps.chain.head();
    const events = await deps.chain.eventsSince(from, { operator });
    // Events past `head` are read again next time, so they are left for then.
    const settled = events.filter((event) => event.block <= head.number);
    entries.delete(operator);
    entries.set(operator, {
      running: continueRecord(entry?.running ?? emptyRecord, settled, options.minimumFees),
      nextBlock: head.number + 1,
      readAt: deps.clock.now(),
    });
    const oldest = entries.keys().next().value;
    if (entries.size > maxOperators && oldest !== undefined) entries.delete(oldest);
  }

  function start(operator: Address): Promise<void> {
    const current = running.get(operator);
    if (current) return current;
    const work = refresh(operator)
      .catch((error: unknown) => {
        const { code } = toFault(error, 'tenant.record-unreadable', 'chain');
        deps.log.warn('operator record not readable', { operator, code });
      })
      .finally(() => running.delete(operator));
    running.set(operator, work);
    return work;
  }

  return {
    prefetch: (operator) => void start(operator),
    read: async (operators, waitMs) => {
      const over = new AbortController();
      const late = deps.clock.sleep(waitMs, over.signal).catch(() => undefined);
      await Promise.race([Promise.all(operators.map(start)), late]);
      over.abort(new Error('read'));
      const known = operators.flatMap((operator) => {
        const entry = entries.get(operator);
        return entry ? [[operator, entry.running.record] as const] : [];
      });
      return new Map(known);
    },
  };
}
