import { describe, expect, it } from 'vitest';
import { type Order, type Requirements, zeroAddress, zeroHash } from '@souk/protocol';
import { providerConfigSchema } from '../config.ts';
import { capacityOf } from '../inventory/capacity.ts';
import type { GpuDevice } from '../inventory/machine.ts';
import { defaultPrices, parsePriceList } from '../pricing/price-list.ts';
import { evaluate, type MachineState } from './evaluate.ts';

const token = '0x00000000000000000000000000000000000000a3';
const config = providerConfigSchema.parse({
  cpuCores: 4,
  memoryGib: 4,
  storageGib: 10,
  attributes: { region: 'eu' },
  auditors: ['audrey'],
});
const gpus: readonly GpuDevice[] = [
  { id: '0', vendor: 'nvidia', model: 'a100', ram: '80Gi' },
  { id: '1', vendor: 'nvidia', model: 'h100', ram: '80Gi' },
];
const capacity = capacityOf({ cores: 4, memoryBytes: 0n, storageBytes: 0n, gpus, arch: 'amd64' }, config);
const state: MachineState = {
  capacity,
  free: capacity.total,
  freeGpus: gpus,
  openBids: { ofTenant: 0, all: 0 },
  leases: 0,
  notServing: undefined,
};
const prices = { ...parsePriceList(defaultPrices, 6), minimumCharge: 5n };
const terms = { tokens: [token], rate: 100n, prices };

const order: Order = {
  tenant: zeroAddress,
  agent: zeroAddress,
  watcher: zeroAddress,
  token,
  manifest: zeroHash,
  requirements: zeroHash,
  maxRate: 100n,
  deposit: 1000n,
  clawbackWindow: 3600,
  startWindow: 3600,
  expiresAt: 0,
  counter: 0n,
  salt: zeroHash,
};

function requirements(
  patch: Partial<Requirements> = {},
  unit: Partial<Requirements['units'][number]['resources']> = {},
): Requirements {
  const resources = {
    cpuMilli: 1000,
    memoryBytes: 1n << 30n,
    storage: [],
    gpu: { units: 0, alternatives: [] },
    cpuAttributes: {},
    ...unit,
  };
  return {
    group: 'g',
    units: [{ service: 'web', count: 1, resources }],
    endpoints: [],
    attributes: {},
    signedBy: { allOf: [], anyOf: [] },
    reclamationSeconds: 0,
    ...patch,
  };
}

const reasons = (...args: [Partial<Order>, Requirements, Partial<MachineState>?]) => {
  const result = evaluate({ ...order, ...args[0] }, args[1], { ...state, ...args[2] }, terms, config);
  return result.ok ? [] : result.declines.map(({ reason }) => reason);
};

describe('evaluating an order', () => {
  it('takes what fits exactly, at the limits', () => {
    const whole = requirements({}, { cpuMilli: 4000, memoryBytes: 4n << 30n });
    expect(evaluate(order, whole, state, terms, config)).toMatchObject({
      ok: true,
      rate: 100n,
      minimumCharge: 5n,
    });
    expect(reasons({ deposit: 5n }, whole)).toEqual([]);
  });

  it.each<[string, Partial<Order>, Requirements, Partial<MachineState>, string]>([
    ['one thousandth of a core too much', {}, requirements({}, { cpuMilli: 4001 }), {}, 'no-capacity'],
    ['a byte too much', {}, requirements({}, { memoryBytes: (4n << 30n) + 1n }), {}, 'no-capacity'],
    [
      'an attribute with another value',
      {},
      requirements({ attributes: { region: 'us' } }),
      {},
      'attribute-missing',
    ],
    [
      'an attribute named as Object’s own',
      {},
      requirements({ attributes: { constructor: 'x' } }),
      {},
      'attribute-missing',
    ],
    [
      'another processor',
      {},
      requirements({}, { cpuAttributes: { arch: 'arm64' } }),
      {},
      'attribute-missing',
    ],
    ['more notice than is given', {}, requirements({ reclamationSeconds: 301 }), {}, 'notice-too-long'],
    ['another region', {}, requirements({ regions: ['us', 'asia'] }), {}, 'region-mismatch'],
    [
      'an auditor too many',
      {},
      requirements({ signedBy: { allOf: ['audrey', 'bob'], anyOf: [] } }),
      {},
      'not-audited',
    ],
    [
      'none of the auditors',
      {},
      requirements({ signedBy: { allOf: [], anyOf: ['bob'] } }),
      {},
      'not-audited',
    ],
    [
      'an unknown storage class',
      {},
      requirements({}, { storage: [{ name: 'a', bytes: 1n, class: 'x', persistent: true }] }),
      {},
      'storage-class-missing',
    ],
    [
      'an address of its own',
      {},
      requirements({ endpoints: [{ kind: 'ip', service: 'web' }] }),
      {},
      'endpoint-unsupported',
    ],
    ['a ceiling below the price', { maxRate: 99n }, requirements(), {}, 'price-below-ours'],
    ['a deposit below the minimum charge', { deposit: 4n }, requirements(), {}, 'deposit-too-small'],
    ['another token', { token: zeroAddress }, requirements(), {}, 'token-not-accepted'],
    ['a long clawback window', { clawbackWindow: 3601 }, requirements(), {}, 'window-too-long'],
    ['a long start window', { startWindow: 3601 }, requirements(), {}, 'window-too-long'],
    [
      'too many bids of this tenant',
      {},
      requirements(),
      { openBids: { ofTenant: 64, all: 64 } },
      'too-many-orders',
    ],
    ['too many leases', {}, requirements(), { leases: 200 }, 'not-serving'],
    ['an ill provider', {}, requirements(), { notServing: 'driver gone' }, 'not-serving'],
  ])('declines %s', (_name, patch, wish, machine, reason) => {
    expect(reasons(patch, wish, machine)).toEqual([reason]);
  });

  it('gives every reason at once', () => {
    const wish = requirements(
      { attributes: { region: 'us' }, endpoints: [{ kind: 'ip', service: 'web' }] },
      { cpuMilli: 9000, memoryBytes: 1n << 40n },
    );
    expect(reasons({ maxRate: 1n, deposit: 0n }, wish)).toEqual([
      'no-capacity',
      'no-capacity',
      'attribute-missing',
      'endpoint-unsupported',
      'price-below-ours',
      'deposit-too-small',
    ]);
  });

  it('hands out the very GPUs that are wished, the pickiest wish first', () => {
    const any = { units: 1, alternatives: [{ vendor: 'nvidia' }] };
    const a100 = { units: 1, alternatives: [{ vendor: 'nvidia', model: 'a100' }] };
    const units = [any, a100].map((gpu, index) => ({
      service: `s${index}`,
      count: 1,
      resources: { ...requirements().units[0]!.resources, gpu },
    }));
    const result = evaluate(order, requirements({ units }), state, terms, config);
    expect(result.ok && result.claim.gpuIds).toEqual(['0', '1']);
    const h200 = { units: 1, alternatives: [{ vendor: 'nvidia', model: 'h200' }] };
    expect(reasons({}, requirements({}, { gpu: h200 }))).toEqual(['gpu-mismatch']);
    expect(reasons({}, requirements({}, { gpu: { ...any, units: 3 } }))).toEqual(['no-capacity']);
  });
});
