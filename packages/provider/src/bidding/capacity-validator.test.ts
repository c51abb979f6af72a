import { describe, expect, it } from 'vitest';
import { createTestClock } from '@souk/chain/testing';
import { type Address, createKey, summariseCapacity, zeroAddress } from '@souk/protocol';
import { providerConfigSchema } from '../config.ts';
import { capacityOf } from '../inventory/capacity.ts';
import { defaultPrices, parsePriceList } from '../pricing/price-list.ts';
import { createCapacityValidator } from './capacity-validator.ts';
import { providerFacts } from './evaluate.ts';

const [operator, hotKey, stranger] = [createKey().address, createKey().address, createKey().address];
const capacity = capacityOf(
  { cores: 1, memoryBytes: 0n, storageBytes: 0n, gpus: [], arch: 'amd64' },
  providerConfigSchema.parse({}),
);
const facts = providerFacts(
  { capacity, free: capacity.total, freeGpus: [], leases: 0, notServing: undefined },
  { tokens: [zeroAddress], prices: parsePriceList(defaultPrices, 6) },
  providerConfigSchema.parse({}),
);

describe('a capacity summary', () => {
  it('is passed on from its operator’s hot key alone, while it is fresh', async () => {
    const clock = createTestClock();
    const reads: Address[] = [];
    let isReachable = false;
    const activeHotKey = async (asked: Address) => {
      reads.push(asked);
      if (!isReachable) throw new Error('gone');
      return asked === operator ? hotKey : undefined;
    };
    const validate = createCapacityValidator({ chain: { activeHotKey }, clock });
    const judge = (author: Address, of: Address = operator, age = 0) => {
      const at = Math.floor(clock.now() / 1000) - age;
      const summary = summariseCapacity(
        { operator: of, peer: [], at, driver: 'mock', isScripted: false },
        facts,
      );
      return validate(summary, { address: author, peerId: 'p' });
    };
    expect(await judge(hotKey)).toBe('ignore');
    isReachable = true;
    expect(await judge(hotKey)).toBe('accept');
    expect(await judge(stranger)).toBe('ignore');
    expect(await judge(stranger, stranger)).toBe('ignore');
    expect(await judge(hotKey, operator, 301)).toBe('ignore');
    expect(await judge(hotKey, operator, -301)).toBe('ignore');
    expect(reads).toEqual([operator, operator, stranger]);
  });
});
