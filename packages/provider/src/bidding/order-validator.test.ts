import { describe, expect, it } from 'vitest';
import type { ChainReads } from '@souk/chain';
import { createTestClock } from '@souk/chain/testing';
import {
  type Address,
  createKey,
  hashRequirements,
  isSignedBySigner,
  type Order,
  type OrderEnvelope,
  type Requirements,
  zeroAddress,
  zeroHash,
} from '@souk/protocol';
import { createOrderCheck, createOrderValidator } from './order-validator.ts';

const domain = { chainId: 1, market: zeroAddress };
const clock = createTestClock(1_000_000_000_000);
const now = 1_000_000_000;
const tenant = createKey();
const agent = createKey();
const author = { address: agent.address, peerId: '16Agent' };
const requirements: Requirements = {
  group: 'g',
  units: [
    {
      service: 'web',
      count: 1,
      resources: {
        cpuMilli: 1,
        memoryBytes: 1n,
        storage: [],
        gpu: { units: 0, alternatives: [] },
        cpuAttributes: {},
      },
    },
  ],
  endpoints: [],
  attributes: {},
  signedBy: { allOf: [], anyOf: [] },
  reclamationSeconds: 0,
};

async function envelope(
  patch: Partial<Order> = {},
  more: Partial<OrderEnvelope> = {},
  key = tenant,
): Promise<OrderEnvelope> {
  const order: Order = {
    tenant: tenant.address,
    agent: agent.address,
    watcher: zeroAddress,
    token: zeroAddress,
    manifest: zeroHash,
    requirements: hashRequirements(requirements),
    maxRate: 10n,
    deposit: 10n,
    clawbackWindow: 1,
    startWindow: 1,
    expiresAt: now + 60,
    counter: 3n,
    salt: zeroHash,
    ...patch,
  };
  const signed = await key.sign(domain, 'Order', order);
  return { order: { ...signed }, requirements, replyTo: ['/memory/1/p2p/16Agent'], ...more };
}

function chain(patch: { balance?: bigint; fails?: boolean } = {}) {
  const reads: Address[] = [];
  const port: Pick<ChainReads, 'balanceOf' | 'counterOf' | 'isSignatureValid'> = {
    balanceOf: async (account) => {
      reads.push(account);
      if (patch.fails) throw new Error('gone');
      return patch.balance ?? 10n;
    },
    counterOf: async () => 3n,
    isSignatureValid: async (name, signed) => isSignedBySigner(domain, name, signed),
  };
  return { port, reads };
}

const verdict = async (order: OrderEnvelope, patch: Parameters<typeof chain>[0] = {}, from = author) => {
  const result = await createOrderCheck({ chain: chain(patch).port, clock })(order, from);
  return result.ok ? 'ok' : `${result.isHostile ? 'hostile' : 'unlucky'}: ${result.reason}`;
};

describe('an order', () => {
  it('that is signed, funded and fresh is passed on', async () => {
    expect(await verdict(await envelope())).toBe('ok');
    expect(await verdict(await envelope({ expiresAt: now + 1 }))).toBe('ok');
  });

  it.each<[string, () => Promise<string>, string]>([
    ['expired', async () => verdict(await envelope({ expiresAt: now })), 'unlucky: expired'],
    [
      'for ever',
      async () => verdict(await envelope({ expiresAt: now + 10 ** 7 })),
      'hostile: expires-too-late',
    ],
    [
      'signed by another',
      async () => verdict(await envelope({}, {}, createKey())),
      'hostile: signature-wrong',
    ],
    [
      'of another tenant than its signer',
      async () => verdict(await envelope({ tenant: agent.address })),
      'hostile: signature-wrong',
    ],
    [
      'sent by a third',
      async () => verdict(await envelope(), {}, { address: createKey().address, peerId: '16Agent' }),
      'hostile: reply-mismatch',
    ],
    [
      'with replies to a third',
      async () => verdict(await envelope({}, { replyTo: ['/memory/1/p2p/16Other'] })),
      'hostile: reply-mismatch',
    ],
    [
      'with other requirements',
      async () => verdict(await envelope({}, { requirements: { ...requirements, group: 'h' } })),
      'hostile: requirements-mismatch',
    ],
    ['that pays nothing', async () => verdict(await envelope({ maxRate: 0n })), 'hostile: no-rate'],
    ['cancelled since', async () => verdict(await envelope({ counter: 2n })), 'unlucky: order-cancelled'],
    [
      'a unit short of money',
      async () => verdict(await envelope({ deposit: 11n })),
      'unlucky: balance-too-small',
    ],
    [
      'while the chain is silent',
      async () => verdict(await envelope(), { fails: true }),
      'unlucky: chain-unreachable',
    ],
  ])('%s is not', async (_name, judge, expected) => {
    expect(await judge()).toBe(expected);
  });

  it('changed after signing is hostile', async () => {
    const order = await envelope();
    const dearer = { ...order, order: { ...order.order, message: { ...order.order.message, maxRate: 11n } } };
    expect(await verdict(dearer)).toBe('hostile: signature-wrong');
  });

  it('costs one read of the chain a second for each tenant, however many come', async () => {
    const { port, reads } = chain();
    const check = createOrderValidator({ chain: port, clock });
    const orders = await Promise.all(
      Array.from({ length: 50 }, (_, n) => envelope({ maxRate: BigInt(n + 1) })),
    );
    const verdicts = await Promise.all(orders.map((order) => check(order, author)));
    expect(new Set(verdicts)).toEqual(new Set(['accept']));
    expect(reads).toHaveLength(1);
    await clock.advance(1000);
    await check(await envelope(), author).catch(() => undefined);
    expect(reads).toHaveLength(2);
  });

  it('over its tenant’s rate is ignored, and a forged one does not count', async () => {
    const { port } = chain();
    const check = createOrderValidator({ chain: port, clock }, { ordersPerMinutePerTenant: 2 });
    const fresh = (n: number, key = tenant) =>
      envelope({ maxRate: BigInt(n), expiresAt: now + 600 }, {}, key);
    for (let n = 1; n < 5; n += 1) expect(await check(await fresh(n, createKey()), author)).toBe('reject');
    expect(await check(await fresh(1), author)).toBe('accept');
    expect(await check(await fresh(2), author)).toBe('accept');
    expect(await check(await fresh(3), author)).toBe('ignore');
    await clock.advance(60_000);
    expect(await check(await fresh(3), author)).toBe('accept');
  });
});
