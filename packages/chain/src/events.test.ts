import { zeroHash } from '@souk/protocol';
import { encodeAbiParameters, encodeEventTopics, type Hex, toEventSelector } from 'viem';
import { describe, expect, it } from 'vitest';
import { marketAbi } from './abi/market.ts';
import { decodeEvent } from './events.ts';
import type { RawLog } from './logs.ts';
import { isWanted, ownersIn } from './filter.ts';

const lease = `0x${'ab'.repeat(32)}` as const;
const tenant = `0x${'1a'.repeat(20)}` as const;
const operator = `0x${'2b'.repeat(20)}` as const;

function log(topics: readonly Hex[], data: Hex): RawLog {
  return {
    topics,
    data,
    address: tenant,
    blockNumber: '0x10',
    blockHash: lease,
    transactionHash: lease,
    logIndex: '0x2',
  };
}

function closedLog(by: number): RawLog {
  const topics = encodeEventTopics({
    abi: marketAbi,
    eventName: 'LeaseClosed',
    args: { lease, tenant, operator },
  });
  const types = ['uint8', 'bool', 'uint40', 'uint96', 'uint96', 'uint96'].map((type) => ({ type }));
  return log(topics as Hex[], encodeAbiParameters(types, [by, true, 1000, 5n, 6n, 7n]));
}

describe('a log of the Market', () => {
  it('is decoded with its place, addresses in lower case', () => {
    expect(decodeEvent(closedLog(2))).toEqual({
      kind: 'lease-closed',
      block: 16,
      logIndex: 2,
      tx: lease,
      lease,
      tenant,
      operator,
      by: 'watcher',
      wasReady: true,
      effectiveAt: 1000,
      paid: 5n,
      refunded: 6n,
      clawedBack: 7n,
    });
  });

  it('that this room does not know is passed over', () => {
    expect(decodeEvent(log([toEventSelector('event Other(uint256)')], '0x'))).toBeUndefined();
    expect(decodeEvent(log([], '0x'))).toBeUndefined();
  });
});

describe('a filter', () => {
  const closed = decodeEvent(closedLog(0));
  if (closed === undefined) throw new Error('not decoded');
  const collected = { ...closed, kind: 'lease-collected' as const, amount: 1n };

  it('matches by the owners in the event, or by those that are known of its lease', () => {
    expect(isWanted(closed, { tenant }, ownersIn(closed))).toBe(true);
    expect(isWanted(closed, { operator: tenant }, ownersIn(closed))).toBe(false);
    expect(ownersIn(collected)).toBeUndefined();
    expect(isWanted(collected, { operator }, { tenant, operator })).toBe(true);
    expect(isWanted(collected, { operator }, undefined)).toBe(false);
  });

  it('asks for all that it names', () => {
    expect(isWanted(closed, { lease, tenant, operator }, { tenant, operator })).toBe(true);
    expect(isWanted(closed, { lease: zeroHash, tenant }, { tenant, operator })).toBe(false);
    expect(isWanted(closed, {}, undefined)).toBe(true);
  });
});
