import type { SubnetEvent } from '@souk/chain';
import { defaultSubnetParams, encodeWeights } from '@souk/protocol';
import { describe, expect, it } from 'vitest';
import { weightsIn } from './metagraph.ts';
import { pruningOf } from './pruning.ts';
import { livingOf, paramsIn, pendingIn, pictureOf, type SubnetPicture, stakeIn } from './state.ts';

const owner = '0x00000000000000000000000000000000000000aa';
const other = '0x00000000000000000000000000000000000000bb';
const hash = `0x${'11'.repeat(32)}` as const;
const attestation = {
  subnet: 1,
  epoch: 0,
  engine: 1,
  snapshotBlock: hash,
  inputs: hash,
  outputs: hash,
  rewardRoot: hash,
  total: 5n,
  validators: hash,
  prunable: hash,
};

const made = [
  { kind: 'subnet-created', subnet: 1, owner, startBlock: 100, tempo: 12, price: 1n },
  { kind: 'identity-set', subnet: 1, identity: '{"name":"one\\u001b[31m","mechanisms":["echo"]}' },
] as const;

type Bare<E> = E extends SubnetEvent ? Omit<E, 'block' | 'logIndex' | 'tx'> : never;

/** One a block, from 100 on. */
function pictured(...events: readonly Bare<SubnetEvent>[]): SubnetPicture {
  const placed = [...made, ...events].map(
    (event, index) => ({ ...event, block: 100 + index, logIndex: 0, tx: hash }) as SubnetEvent,
  );
  return pictureOf(1, placed)!;
}

const registered = (registration: number, operator: typeof owner | typeof other) =>
  ({ kind: 'registered', subnet: 1, registration, operator, price: 1n, collateral: 10n }) as const;

describe('a subnet as its events tell it', () => {
  it('is none without its creation', () => {
    expect(pictureOf(1, [])).toBeUndefined();
  });

  it('has a name that is safe to print, and none where its text is no identity of ours', () => {
    expect(pictured().identity).toEqual({ name: 'one', mechanisms: ['echo'] });
    expect(pictured({ kind: 'identity-set', subnet: 1, identity: '{"name":3}' }).identity).toBeUndefined();
    expect(pictured({ kind: 'identity-set', subnet: 1, identity: 'a market' }).identityText).toBe('a market');
  });

  it('has parameters from the epoch on that they are set for', () => {
    const picture = pictured(
      { kind: 'param-set', subnet: 1, name: 'maxMiners', value: 7n, fromEpoch: 1 },
      { kind: 'param-set', subnet: 1, name: 'maxMiners', value: 8n, fromEpoch: 3 },
      { kind: 'param-set', subnet: 2, name: 'kappa', value: 1n, fromEpoch: 0 },
    );
    expect(paramsIn(picture, 0)).toEqual(defaultSubnetParams);
    expect(paramsIn(picture, 2).maxMiners).toBe(7n);
    expect(paramsIn(picture, 3).maxMiners).toBe(8n);
    expect(pendingIn(picture, 2)).toMatchObject([{ name: 'maxMiners', value: 8n, fromEpoch: 3 }]);
    expect(pendingIn(picture, 3)).toEqual([]);
  });

  it('has places with who holds them, where they are reached, and how they ended', () => {
    const picture = pictured(
      registered(1, owner),
      registered(2, other),
      { kind: 'served', subnet: 1, registration: 2, endpoints: '/ip4/1.2.3.4/tcp/5', units: 3 },
      { kind: 'deregistered', subnet: 1, registration: 1, operator: owner, why: 'pruned' },
    );
    expect(livingOf(picture)).toMatchObject([
      { registration: 2, operator: other, units: 3, registeredAt: 103 },
    ]);
    expect(picture.registrations.get(1)?.ended).toEqual({ block: 105, why: 'pruned' });
  });

  it('shares pools as the contract does, rounded down', () => {
    const staked = { kind: 'stake-changed', subnet: 1, operator: owner } as const;
    const picture = pictured(
      { ...staked, delegator: owner, shares: 2n, poolStake: 2n, poolShares: 2n },
      { ...staked, delegator: other, shares: 1n, poolStake: 3n, poolShares: 3n },
      { kind: 'pool-slashed', subnet: 1, operator: owner, amount: 1n, poolStake: 2n },
    );
    const pool = picture.pools.get(owner)!;
    expect([stakeIn(pool, owner), stakeIn(pool, other)]).toEqual([1n, 0n]);
  });

  it('says who revealed which weights, and takes none that are not well formed', () => {
    const row = encodeWeights([
      { registration: 1, weight: 1 },
      { registration: 2, weight: 3 },
    ]);
    const revealed = { kind: 'revealed', subnet: 1, epoch: 4, version: 1, logRoot: hash } as const;
    const picture = pictured(
      { ...revealed, operator: owner, weights: [row] },
      { ...revealed, operator: other, weights: ['0x00'] },
    );
    expect(weightsIn(picture, 4)).toMatchObject([
      {
        validator: owner,
        weights: [
          { registration: 1, share: 0.25 },
          { registration: 2, share: 0.75 },
        ],
      },
      { validator: other, weights: [] },
    ]);
    expect(weightsIn(picture, 5)).toEqual([]);
  });

  it('tells who makes room next, without those that have gone since', () => {
    const picture = pictured(
      { kind: 'param-set', subnet: 1, name: 'maxMiners', value: 2n, fromEpoch: 0 },
      registered(1, owner),
      registered(2, other),
      { kind: 'epoch-posted', subnet: 1, epoch: 0, attestation, validators: [], prunable: [9, 2, 1] },
    );
    expect(pruningOf(picture, 120)).toMatchObject({
      slots: 2,
      free: 0,
      asOfEpoch: 0,
      order: [{ registration: 2 }, { registration: 1 }],
    });
  });
});
