/** Transactions of a validator, each at most once at a time and at most once a block: what is still wanted is sent again. */
import { type Log, toFault } from '@souk/protocol';
import type { ValidatorMetrics } from '../metrics.ts';

export const transactionKinds = ['commit', 'reveal', 'open', 'post', 'claim', 'slash'] as const;
export type TransactionKind = (typeof transactionKinds)[number];

/** After so many blocks a transaction of which nothing is heard is taken for lost. */
const lostAfterBlocks = 12;

export interface Sender {
  /** Does not wait. `key` tells transactions of one kind apart. */
  send(kind: TransactionKind, key: string, work: () => Promise<unknown>): void;
  /** The latest block. */
  see(head: number): void;
  troubles(): Readonly<Partial<Record<TransactionKind, string>>>;
}

export function createSender({
  log,
  metrics,
}: {
  readonly log: Log;
  readonly metrics: ValidatorMetrics;
}): Sender {
  const pending = new Map<string, number>();
  const tried = new Map<string, number>();
  const troubles = new Map<TransactionKind, { readonly text: string; readonly block: number }>();
  let head = 0;

  async function run(kind: TransactionKind, name: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
      metrics.transactions.inc({ kind, result: 'mined' });
      troubles.delete(kind);
    } catch (error) {
      const fault = toFault(error, 'subnets.transaction-failed', 'chain');
      metrics.transactions.inc({ kind, result: 'failed' });
      troubles.set(kind, { text: fault.message, block: head });
      log.warn('transaction failed', { kind, code: fault.code, error });
    } finally {
      pending.delete(name);
    }
  }

  return {
    send: (kind, key, work) => {
      const name = `${kind} ${key}`;
      const sentAt = pending.get(name);
      const isUnderWay = sentAt !== undefined && head - sentAt < lostAfterBlocks;
      if (isUnderWay || tried.get(name) === head) return;
      pending.set(name, head);
      for (const [old, block] of tried) if (block < head) tried.delete(old);
      tried.set(name, head);
      void run(kind, name, work);
    },
    see: (block) => {
      head = block;
    },
    troubles: () => {
      const recent = [...troubles].filter(([, { block }]) => head - block < lostAfterBlocks);
      return Object.fromEntries(recent.map(([kind, { text }]) => [kind, text]));
    },
  };
}
