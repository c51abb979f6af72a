/**
 * Sends the transactions of one key: nonces in the order of the calls, several in flight at once, fees raised on what
 * is stuck, each call resolved when mined. Before anything is paid for, the node's estimate has run the call, so that
 * what would revert is refused free of charge. Called by the writer only; it must be the only sender of its key in
 * this process, and it mends its nonce when another process used the key.
 *
 * A send costs: estimate (with the fee, when that is older than two seconds) → raw transaction → receipt.
 */
import { type Address, type Clock, Fault, type Hex, type LocalKey, type Log } from '@souk/protocol';
import { keccak256, numberToHex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import type { Receipt } from './chain.ts';
import type { ChainConfig } from './config.ts';
import type { RawLog } from './logs.ts';
import { bumpedFees, type Fees, feesFor } from './fees.ts';
import { createGate, createTurnstile } from './queue.ts';
import { revertFault } from './reverts.ts';
import { ask, detailsOf, revertIn, type Rpc, rpcFault } from './rpc.ts';
import { noGasFault, refusalOf, type SendRefusal, unconfirmedFault } from './send-errors.ts';

export interface Transaction {
  /** The writer's method, for faults and logs. */
  readonly call: string;
  readonly to?: Address;
  readonly data?: Hex;
  readonly value?: bigint;
  /** Gas that it may need above the estimate, because time passes until it is mined. */
  readonly spareGas?: bigint;
}

export interface Mined {
  readonly receipt: Receipt;
  readonly logs: readonly RawLog[];
  readonly contractAddress: Address | undefined;
}

export interface Sender extends AsyncDisposable {
  send(transaction: Transaction): Promise<Mined>;
  /** With nonces one after another, in this order, without waiting in between. None may need another to be mined. */
  sendAll(transactions: readonly Transaction[]): Promise<readonly Mined[]>;
}

export interface SenderDeps {
  readonly rpc: Rpc;
  readonly chainId: number;
  readonly key: LocalKey;
  readonly clock: Clock;
  readonly log: Log;
  readonly pollMs: number;
}

interface Head {
  readonly number: number;
  readonly timestamp: number;
  readonly baseFee: bigint;
  readonly transactions: readonly Hex[];
}

interface RawReceipt {
  readonly status: Hex;
  readonly blockNumber: Hex;
  readonly gasUsed: Hex;
  readonly transactionHash: Hex;
  readonly contractAddress: Hex | null;
  readonly logs: readonly RawLog[];
}

/** A transaction that the node has taken and that is not mined yet. */
interface Pending {
  readonly transaction: Transaction;
  readonly nonce: number;
  readonly gas: bigint;
  fees: Fees;
  /** One for every fee it was sent with. */
  readonly hashes: Hex[];
  lastSentAt: number;
  readonly deadlineMs: number;
  readonly outcome: PromiseWithResolvers<RawReceipt | 'replaced'>;
}

const freshHeadMs = 2000;
const freshTipMs = 30_000;
/** How often a send starts again after its nonce was used by someone else. */
const maxRestarts = 5;
const maxSubmits = 8;

export function startSender(deps: SenderDeps, config: ChainConfig): Sender {
  const { rpc, chainId, key, clock, log, pollMs } = deps;
  const account = privateKeyToAccount(key.privateKey);
  const stop = new AbortController();
  const gate = createGate(config.maxInFlight);
  const inOrder = createTurnstile();
  const pending = new Map<number, Pending>();
  let nextNonce: number | undefined;
  let highest = 0;
  let head: { readonly at: number; readonly block: Promise<Head> } | undefined;
  let tip: { readonly at: number; readonly wei: Promise<bigint> } | undefined;
  let watching: Promise<void> | undefined;

  async function send(transaction: Transaction): Promise<Mined> {
    for (let restarts = 0; restarts <= maxRestarts; restarts += 1) {
      stop.signal.throwIfAborted();
      const [gas, fees] = await Promise.all([estimate(transaction), currentFees()]);
      const sent = await inOrder(() => submit(transaction, gas, fees));
      const outcome = await sent.outcome.promise;
      if (outcome !== 'replaced') return finish(sent, outcome);
      log.warn('a transaction was replaced by another of the same key', { call: transaction.call });
    }
    throw unconfirmedFault(
      transaction.call,
      [],
      'other transactions of this key took its place again and again',
    );
  }

  async function sendAll(transactions: readonly Transaction[]): Promise<readonly Mined[]> {
    stop.signal.throwIfAborted();
    const [gas, fees] = await Promise.all([Promise.all(transactions.map(estimate)), currentFees()]);
    const all = await inOrder(async () => {
      const sent: Pending[] = [];
      for (const [index, transaction] of transactions.entries()) {
        sent.push(await submit(transaction, gas[index] ?? 0n, fees));
      }
      return sent;
    });
    return Promise.all(
      all.map(async (sent) => {
        const outcome = await sent.outcome.promise;
        if (outcome !== 'replaced') return finish(sent, outcome);
        throw unconfirmedFault(sent.transaction.call, sent.hashes, 'another of this key took its place');
      }),
    );
  }

  /** Runs the call on the node: its gas, or why it would revert. */
  async function estimate(transaction: Transaction): Promise<bigint> {
    try {
      const params = [callOf(transaction), 'latest'] as [ReturnType<typeof callOf>, 'latest'];
      const gas = BigInt(await rpc.client.request({ method: 'eth_estimateGas', params }));
      return (gas * BigInt(100 + config.gasMarginPercent)) / 100n + (transaction.spareGas ?? 0n);
    } catch (error) {
      throw refusalFault(transaction, error);
    }
  }

  function refusalFault(transaction: Transaction, error: unknown): Fault {
    const revert = revertIn(error);
    if (revert !== undefined) return revertFault(transaction.call, revert, error);
    if (refusalOf(error) === 'no-gas-money') return noGasFault(transaction.call, key.address, error);
    return rpcFault(rpc, error);
  }

  async function currentFees(): Promise<Fees> {
    const [{ baseFee }, priorityFee] = await Promise.all([recentHead(), currentTip()]);
    return feesFor(baseFee, priorityFee, config);
  }

  function recentHead(): Promise<Head> {
    if (head === undefined || clock.now() - head.at > freshHeadMs) void readHead().catch(() => undefined);
    return (head as NonNullable<typeof head>).block;
  }

  function readHead(): Promise<Head> {
    const block = ask(rpc, async (client): Promise<Head> => {
      const latest = await client.getBlock({ blockTag: 'latest' });
      const { timestamp, baseFeePerGas, transactions } = latest;
      const number = Number(latest.number);
      // A chain that has lost blocks may have lost our transactions: the nonce is asked for again.
      if (number < highest) nextNonce = undefined;
      highest = number;
      return {
        number: Number(number),
        timestamp: Number(timestamp),
        baseFee: baseFeePerGas ?? 0n,
        transactions,
      };
    });
    head = { at: clock.now(), block };
    block.catch(() => (head = undefined));
    return block;
  }

  function currentTip(): Promise<bigint> {
    if (config.priorityFeeWei !== undefined) return Promise.resolve(config.priorityFeeWei);
    if (tip === undefined || clock.now() - tip.at > freshTipMs) {
      const wei = ask(rpc, (client) => client.estimateMaxPriorityFeePerGas());
      tip = { at: clock.now(), wei };
      wei.catch(() => (tip = undefined));
    }
    return tip.wei;
  }

  // --- handing in ---------------------------------------------------------------------------------------------------

  /** Runs one at a time, so that nonces reach the node in order. */
  async function submit(transaction: Transaction, gas: bigint, firstFees: Fees): Promise<Pending> {
    let fees = firstFees;
    for (let tries = 0; tries < maxSubmits; tries += 1) {
      stop.signal.throwIfAborted();
      const nonce = nextNonce ?? (await readNonce());
      const { hash, refusal, error, isRepeated } = await handIn({ transaction, nonce, gas, fees });
      const isTaken = refusal === undefined || (isRepeated && (await isOurs(hash, refusal)));
      if (isTaken) return track({ transaction, nonce, gas, fees, hash });
      if (refusal === 'no-gas-money') throw noGasFault(transaction.call, key.address, error);
      if (refusal === 'other') throw refusalFault(transaction, error);
      nextNonce = undefined;
      head = undefined;
      if (refusal === 'fee-too-low') fees = await currentFees();
      if (tries > 0) await clock.sleep(pollMs * (tries + 1), stop.signal);
    }
    throw unconfirmedFault(transaction.call, [], 'the node did not take it');
  }

  /** Sending the same bytes again is harmless, so an answer that got lost is asked for again. */
  async function handIn(draft: Draft): Promise<HandIn> {
    const raw = await sign(draft);
    const hash = keccak256(raw);
    for (let tries = 0; ; tries += 1) {
      try {
        await rpc.client.request({ method: 'eth_sendRawTransaction', params: [raw] }, { retryCount: 0 });
        return { hash, isRepeated: tries > 0 };
      } catch (error) {
        const refusal = refusalOf(error);
        if (refusal !== 'outage') return { hash, refusal, error, isRepeated: tries > 0 };
        if (tries >= maxSubmits) {
          nextNonce = undefined;
          throw rpcFault(rpc, error);
        }
        await clock.sleep(pollMs * (tries + 1), stop.signal);
      }
    }
  }

  /** A second try is refused where the first has arrived. On a first try, another process has sent the same bytes. */
  async function isOurs(hash: Hex, refusal: SendRefusal): Promise<boolean> {
    if (refusal === 'known') return true;
    return refusal === 'nonce-too-low' && (await receiptOf(hash)) !== undefined;
  }

  function sign({ transaction, nonce, gas, fees }: Draft): Promise<Hex> {
    const { to, data, value = 0n } = transaction;
    const body = { chainId, nonce, gas, value, ...fees, type: 'eip1559' as const };
    return account.signTransaction({ ...body, ...(to && { to }), ...(data && { data }) });
  }

  function track(draft: Draft & { readonly hash: Hex }): Pending {
    const { transaction, nonce, gas, fees, hash } = draft;
    nextNonce = nonce + 1;
    const sent: Pending = {
      transaction,
      nonce,
      gas,
      fees,
      hashes: [hash],
      lastSentAt: -1,
      deadlineMs: clock.now() + config.receiptTimeoutMs,
      outcome: Promise.withResolvers(),
    };
    pending.set(nonce, sent);
    log.debug('transaction sent', { call: transaction.call, nonce, tx: hash });
    watching ??= watch();
    return sent;
  }

  /** The first nonce that neither the node nor we have in use. */
  async function readNonce(): Promise<number> {
    const count = await ask(rpc, (client) =>
      client.getTransactionCount({ address: key.address, blockTag: 'pending' }),
    );
    return Math.max(count, ...[...pending.keys()].map((nonce) => nonce + 1));
  }

  // --- waiting ------------------------------------------------------------------------------------------------------

  /** Runs while anything is pending: looks at every new block, then at what is not mined yet. */
  async function watch(): Promise<void> {
    let seen = -1;
    while (pending.size > 0 && !stop.signal.aborted) {
      try {
        const block = await readHead();
        const isNext = block.number === seen + 1;
        await Promise.all([...pending.values()].map((sent) => look(sent, block, isNext)));
        seen = block.number;
      } catch (error) {
        log.debug('no news of pending transactions', { error: detailsOf(error) });
      }
      if (pending.size > 0) await clock.sleep(pollMs, stop.signal).catch(() => undefined);
    }
    // In the same turn as the look at `pending`, so that a send that comes now starts a new watch.
    watching = undefined;
  }

  /** In a block that follows the last one seen, only what the block names can have been mined. */
  async function look(sent: Pending, block: Head, isNext: boolean): Promise<void> {
    if (sent.lastSentAt < 0) sent.lastSentAt = block.number;
    const age = block.number - sent.lastSentAt;
    const isNamed = sent.hashes.some((hash) => block.transactions.includes(hash));
    const isOverdue = age >= config.bumpAfterBlocks;
    if (isNamed || !isNext || isOverdue) {
      const receipt = await anyReceipt(sent.hashes);
      if (receipt !== undefined) return settle(sent, receipt);
    }
    if (clock.now() > sent.deadlineMs) return giveUp(sent);
    if (isOverdue) await hurry(sent, block);
  }

  /** Not mined for a while: replaced by another, dropped by the node, or too cheap. */
  async function hurry(sent: Pending, block: Head): Promise<void> {
    sent.lastSentAt = block.number;
    const mined = await ask(rpc, (client) =>
      client.getTransactionCount({ address: key.address, blockTag: 'latest' }),
    );
    if (mined > sent.nonce) {
      const receipt = await anyReceipt(sent.hashes);
      return settle(sent, receipt ?? 'replaced');
    }
    const { transaction, nonce, gas } = sent;
    const fresh = await currentFees().catch(() => sent.fees);
    const fees = bumpedFees(sent.fees, fresh, config) ?? sent.fees;
    const { hash, refusal } = await handIn({ transaction, nonce, gas, fees });
    log.info('transaction sent again', { call: transaction.call, nonce, tx: hash, refusal });
    if (refusal !== undefined && refusal !== 'known') return;
    sent.fees = fees;
    if (!sent.hashes.includes(hash)) sent.hashes.push(hash);
  }

  function settle(sent: Pending, outcome: RawReceipt | 'replaced'): void {
    pending.delete(sent.nonce);
    sent.outcome.resolve(outcome);
  }

  function giveUp(sent: Pending): void {
    pending.delete(sent.nonce);
    nextNonce = undefined;
    sent.outcome.reject(unconfirmedFault(sent.transaction.call, sent.hashes, 'it was not mined in time'));
  }

  async function anyReceipt(hashes: readonly Hex[]): Promise<RawReceipt | undefined> {
    const receipts = await Promise.all(hashes.map(receiptOf));
    return receipts.find((receipt) => receipt !== undefined);
  }

  async function receiptOf(hash: Hex): Promise<RawReceipt | undefined> {
    const found = await ask(rpc, (client) =>
      client.request({ method: 'eth_getTransactionReceipt', params: [hash] }),
    );
    return found === null || found.blockNumber === null ? undefined : (found as RawReceipt);
  }

  async function finish({ transaction, gas }: Pending, receipt: RawReceipt): Promise<Mined> {
    const block = Number(receipt.blockNumber);
    const gasUsed = BigInt(receipt.gasUsed);
    if (receipt.status !== '0x1')
      throw await explainRevert(transaction, { receipt, isOutOfGas: gasUsed >= gas });
    const timestamp = await timestampOf(block);
    return {
      receipt: { tx: receipt.transactionHash, block, timestamp, gasUsed },
      logs: receipt.logs,
      contractAddress: receipt.contractAddress ?? undefined,
    };
  }

  async function timestampOf(block: number): Promise<number> {
    const recent = await head?.block.catch(() => undefined);
    if (recent?.number === block) return recent.timestamp;
    const found = await ask(rpc, (client) => client.getBlock({ blockNumber: BigInt(block) }));
    return Number(found.timestamp);
  }

  /** Mined but reverted: the state changed between estimate and block. Run again now, it tells why. */
  async function explainRevert(
    transaction: Transaction,
    { receipt, isOutOfGas }: { readonly receipt: RawReceipt; readonly isOutOfGas: boolean },
  ): Promise<Fault> {
    try {
      await rpc.client.request({ method: 'eth_call', params: [callOf(transaction), 'latest'] });
    } catch (error) {
      return refusalFault(transaction, error);
    }
    const error = isOutOfGas ? 'OutOfGas' : 'Unknown';
    return revertFault(transaction.call, { error, args: { tx: receipt.transactionHash } });
  }

  function callOf({ to, data, value }: Transaction) {
    return {
      from: key.address,
      ...(to && { to }),
      ...(data && { data }),
      ...(value !== undefined && { value: numberToHex(value) }),
    };
  }

  return {
    send: (transaction) => gate(() => send(transaction)),
    sendAll: (transactions) => gate(() => sendAll(transactions)),
    [Symbol.asyncDispose]: async () => {
      const closed = new Fault('chain.closed', 'the writer was stopped before the transaction was mined', {
        blame: 'self',
        retry: true,
      });
      stop.abort(closed);
      for (const sent of pending.values()) sent.outcome.reject(closed);
      pending.clear();
      await watching;
    },
  };
}

interface Draft {
  readonly transaction: Transaction;
  readonly nonce: number;
  readonly gas: bigint;
  readonly fees: Fees;
}

interface HandIn {
  readonly hash: Hex;
  readonly refusal?: SendRefusal;
  readonly error?: unknown;
  /** An earlier try got no answer: the node may have these very bytes from us. */
  readonly isRepeated: boolean;
}
