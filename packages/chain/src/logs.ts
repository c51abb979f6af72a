/** Logs of contracts, as many blocks at once as the node gives; and where an event stands. */
import { type Address, Fault, type Hex } from '@souk/protocol';
import { numberToHex } from 'viem';
import type { EventPosition } from './chain.ts';
import { isOutage, isTooLarge, type Rpc, rpcFault } from './rpc.ts';

/** A log as nodes send it. */
export interface RawLog {
  readonly topics: readonly Hex[];
  readonly data: Hex;
  readonly address: Hex;
  readonly blockNumber: Hex | null;
  readonly blockHash: Hex | null;
  readonly transactionHash: Hex | null;
  readonly logIndex: Hex | null;
}

export type BlockRange = { readonly from: number; readonly to: number } | { readonly hash: Hex };

export interface LogWish {
  readonly address: Address | readonly Address[];
  /** By place; several at one place are alternatives. */
  readonly topics: readonly (Hex | readonly Hex[])[];
}

/** Throws `chain.range-too-large` where the node refuses so many blocks or events at once. */
export async function fetchLogs(rpc: Rpc, range: BlockRange, wish: LogWish): Promise<readonly RawLog[]> {
  const blocks =
    'hash' in range
      ? { blockHash: range.hash }
      : { fromBlock: numberToHex(range.from), toBlock: numberToHex(range.to) };
  const request = { address: wish.address as Address, topics: wish.topics as Hex[][], ...blocks };
  try {
    return await rpc.client.request({ method: 'eth_getLogs', params: [request] });
  } catch (error) {
    if ('hash' in range && !isOutage(error)) throw movedFault(error);
    if (!('hash' in range) && range.to > range.from && isTooLarge(error)) throw tooLargeFault(range, error);
    throw rpcFault(rpc, error);
  }
}

/** What `read` gives of a range, halved as often as the node needs. */
export async function inParts<T>(
  from: number,
  to: number,
  read: (range: { readonly from: number; readonly to: number }) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  if (from > to) return [];
  try {
    return await read({ from, to });
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'chain.range-too-large') throw error;
    const middle = Math.floor((from + to) / 2);
    const first = await inParts(from, middle, read);
    return [...first, ...(await inParts(middle + 1, to, read))];
  }
}

export function positionOf(log: RawLog): EventPosition {
  return { block: Number(log.blockNumber), logIndex: Number(log.logIndex), tx: log.transactionHash ?? '0x' };
}

export function byPosition(a: EventPosition, b: EventPosition): number {
  return a.block - b.block || a.logIndex - b.logIndex;
}

export function lower(address: string): Address {
  return address.toLowerCase() as Address;
}

function movedFault(cause: unknown): Fault {
  const message = 'the node does not have the block that it called its head';
  return new Fault('chain.block-moved', message, { blame: 'chain', retry: true, cause });
}

function tooLargeFault(range: { readonly from: number; readonly to: number }, cause: unknown): Fault {
  return new Fault(
    'chain.range-too-large',
    `the node refused the events of blocks ${range.from} to ${range.to}`,
    {
      blame: 'chain',
      retry: true,
      data: range,
      cause,
    },
  );
}
