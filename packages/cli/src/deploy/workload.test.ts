import type { Network } from '@souk/chain';
import { readSdl, type Workload } from '@souk/protocol';
import { describe, expect, it } from 'vitest';
import type { ImageStore, StoredImage } from '../images.ts';
import { nameFor, wishFor, type WishInput } from './workload.ts';

const address = '0x5fbdb2315678afecb367f032d93f642f64180aa3';
const network: Network = {
  name: 'local',
  chainId: 31_337,
  rpcUrl: 'http://localhost',
  market: address,
  operators: address,
  token: { address, symbol: 'USD', decimals: 6 },
  fromBlock: 0,
  bootstrap: [],
  isLocal: true,
};
const stored: StoredImage = {
  reference: 'souk/hello:1',
  digest: `sha256:${'0'.repeat(64)}`,
  bytes: 3,
  addedAt: 0,
};
const images = {
  list: () => [stored, { ...stored, reference: 'other:1' }],
  check: ({ reference }: StoredImage) => expect(reference).toBe(stored.reference),
} as unknown as ImageStore;

function workload(price: string, extra = ''): Workload {
  const result = readSdl(`
version: "2.0"
services:
  web: { image: "souk/hello:1", expose: [{ port: 80, to: [{ global: true }] }] }
profiles:
  compute:
    web: { resources: { cpu: { units: 1 }, memory: { size: 1Gi }, storage: { size: 1Gi } } }
  placement:
    here: { pricing: { web: ${price} } }
deployment:
  web: { here: { profile: web, count: 1 } }
${extra}`);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.workload;
}

const wish = (input: Partial<WishInput> = {}) =>
  wishFor({
    name: 'app',
    workload: workload('{ denom: uact, amount: 100 }'),
    network,
    images,
    deposit: '5',
    ...input,
  });

describe('what is ordered', () => {
  it('has the file’s price as its ceiling: 100 uact a block of 6 s is 0.06 USD an hour', () => {
    expect(wish().maxRate('here')).toBe(60_000n);
    expect(wish({ maxPrice: '0.3' }).maxRate('here')).toBe(300_000n);
  });

  it('needs --max-price where the file’s price is in a token whose worth changes', () => {
    const volatile = workload('{ denom: uakt, amount: 100 }');
    expect(() => wish({ workload: volatile })).toThrow('uakt');
    expect(wish({ workload: volatile, maxPrice: '0.3' }).maxRate('here')).toBe(300_000n);
  });

  it('locks the deposit, but never more than the file’s maxTotal', () => {
    expect(wish().deposit('here')).toBe(5_000_000n);
    const capped = workload('{ denom: uact, amount: 100 }', 'x-souk: { maxTotal: 2.5 }');
    expect(wish({ workload: capped }).deposit('here')).toBe(2_500_000n);
  });

  it('hands over the kept images that the file names, and no others', () => {
    expect(wish().images).toEqual([{ image: 'souk/hello:1', digest: stored.digest, bytes: 3 }]);
  });
});

describe('a deployment without a name', () => {
  it.each([
    ['app.yaml', 'app'],
    ['/x/My App_2.yml', 'my-app-2'],
    ['/x/hello/deploy.yaml', 'hello'],
    ['/x/Hello World/sdl.yml', 'hello-world'],
    ['/x/---.yaml', 'app'],
    [`/x/${'a'.repeat(80)}.yaml`, 'a'.repeat(63)],
  ])('gets it from %s: %s', (file, name) => {
    expect(nameFor(file)).toBe(name);
  });
});
