import type { SubnetEvent } from '@souk/chain';
import { createTestClock } from '@souk/chain/testing';
import { createKey, type EpochAttestation, hashText, type LocalKey } from '@souk/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { newView } from '../book/view.ts';
import { evidenceDomain as domain } from '../testing/evidence.ts';
import { type Attestations, createAttestations, differingField } from './attestations.ts';
import { countQuorum, postingRank } from './quorum.ts';

const keys = [createKey(), createKey(), createKey()] as const;
const [a, b, c] = keys;
const stakes = [60n, 30n, 10n];

function viewOf(more: readonly SubnetEvent[] = []) {
  const draft = newView();
  const base = { subnet: 1, logIndex: 0, tx: '0x01', block: 1 } as const;
  draft.apply({ ...base, kind: 'subnet-created', owner: a.address, startBlock: 1, tempo: 30, price: 0n });
  for (const [index, { address }] of keys.entries()) {
    const poolStake = stakes[index]!;
    draft.apply({ ...base, kind: 'hot-key', operator: address, hotKey: address });
    draft.apply({
      ...base,
      kind: 'stake-changed',
      operator: address,
      delegator: address,
      shares: 1n,
      poolStake,
      poolShares: 1n,
    });
  }
  for (const event of more) draft.apply(event);
  return draft.view()!;
}

const attestation = (change: Partial<EpochAttestation> = {}): EpochAttestation => ({
  subnet: 1,
  epoch: 0,
  engine: 1,
  snapshotBlock: hashText('block'),
  inputs: hashText('in'),
  outputs: hashText('out'),
  rewardRoot: hashText('root'),
  total: 1n,
  validators: hashText('validators'),
  prunable: hashText('prunable'),
  ...change,
});
const sign = (key: LocalKey, change: Partial<EpochAttestation> = {}) =>
  key.sign(domain, 'EpochAttestation', attestation(change));

describe('attestations', () => {
  const clock = createTestClock();
  let conflicts: string[];
  let heard: Attestations;
  beforeEach(() => {
    conflicts = [];
    const onConflict = (operator: string) => void conflicts.push(operator);
    heard = createAttestations(
      { domain, subnet: 1, clock, view: () => viewOf(), head: () => 100, onConflict },
      { maxUnpostedEpochs: 16, repeatMs: 1_000 },
    );
  });

  it('of permit holders are passed on once, and again after a while for whoever came late', async () => {
    const signed = await sign(a);
    expect(heard.validate(signed)).toBe('accept');
    expect(heard.validate(signed)).toBe('ignore');
    await clock.advance(1_001);
    expect(heard.validate(signed)).toBe('accept');
    expect([...heard.signedOf(attestation()).keys()]).toEqual([a.address]);
  });

  it('of strangers, of other epochs, and forged ones are not', async () => {
    expect(heard.validate(await sign(createKey()))).toBe('ignore');
    expect(heard.validate(await sign(a, { epoch: 4 }))).toBe('ignore');
    expect(heard.validate({ ...(await sign(b)), signer: a.address })).toBe('reject');
    expect(heard.signedOf(attestation()).size).toBe(0);
  });

  it('of other subnets are passed on, where an operator signed them', async () => {
    expect(heard.validate(await sign(a, { subnet: 2, epoch: 99 }))).toBe('accept');
    expect(heard.validate(await sign(a, { subnet: 2, epoch: 99 }))).toBe('ignore');
    expect(heard.validate({ ...(await sign(b, { subnet: 2 })), signer: a.address })).toBe('reject');
  });

  it('that contradict each other are told once, and only the first counts', async () => {
    expect(heard.validate(await sign(a))).toBe('accept');
    expect(heard.validate(await sign(a, { outputs: hashText('other') }))).toBe('accept');
    expect(heard.validate(await sign(a, { outputs: hashText('third') }))).toBe('ignore');
    expect(conflicts).toEqual([a.address]);
    expect(heard.signedOf(attestation({ outputs: hashText('other') })).size).toBe(0);
  });

  it('may be given again after a reorganisation, a few times', async () => {
    const verdicts = [];
    for (const block of ['1', '2', '3', '4'])
      verdicts.push(heard.validate(await sign(a, { snapshotBlock: hashText(block) })));
    expect(verdicts).toEqual(['accept', 'accept', 'accept', 'ignore']);
    expect(conflicts).toEqual([]);
    heard.forgetBefore(1);
    expect(heard.saidOf(0).size).toBe(0);
  });

  it('differ first in the first field that differs', () => {
    expect(differingField(attestation(), attestation())).toBeUndefined();
    const other = attestation({ rewardRoot: hashText('x'), outputs: hashText('y') });
    expect(differingField(attestation(), other)).toBe('outputs');
  });
});

describe('a quorum', () => {
  const counting = { head: 100, snapshot: 51, quorumPatienceBlocks: 500 };
  const signedBy = async (...signers: readonly LocalKey[]) =>
    new Map(await Promise.all(signers.map(async (key) => [key.address, await sign(key)] as const)));
  const post = (block: number, listed: readonly LocalKey[]): SubnetEvent => ({
    kind: 'epoch-posted',
    subnet: 1,
    epoch: 0,
    block,
    logIndex: 0,
    tx: '0x01',
    attestation: attestation(),
    validators: listed.map(({ address }) => ({ operator: address, stake: 50n })),
    prunable: [],
  });

  it('is two thirds of all stake before the first post', async () => {
    const some = countQuorum(viewOf(), { ...counting, signed: await signedBy(a) });
    expect(some).toMatchObject({ isReached: false, signed: 60n, all: 100n });
    const enough = countQuorum(viewOf(), { ...counting, signed: await signedBy(a, c) });
    expect(enough).toMatchObject({ isReached: true, signed: 70n, current: [] });
    expect(enough.signatures).toHaveLength(2);
  });

  it('is two thirds of the posted list from then on, and whoever is not on it counts for nothing', async () => {
    const view = viewOf([post(90, [b, c])]);
    expect(countQuorum(view, { ...counting, signed: await signedBy(a, b) })).toMatchObject({
      isReached: false,
      signed: 50n,
      all: 100n,
    });
    const reached = countQuorum(view, { ...counting, signed: await signedBy(a, b, c) });
    expect(reached).toMatchObject({ isReached: true, signed: 100n });
    expect(reached.current.map(({ operator }) => operator)).toEqual([b.address, c.address]);
    expect(reached.signatures.map(({ signer }) => signer)).not.toContain(a.address);
  });

  it('is two thirds of all stake after a post that lists nobody: else no epoch would follow it', async () => {
    const view = viewOf([post(90, [])]);
    expect(countQuorum(view, { ...counting, signed: await signedBy(b) }).isReached).toBe(false);
    expect(countQuorum(view, { ...counting, signed: await signedBy(a, c) })).toMatchObject({
      isReached: true,
      all: 100n,
      current: [],
    });
  });

  it('is two thirds of all stake again where nobody posted for long', async () => {
    const view = viewOf([post(90, [createKey()])]);
    const signed = await signedBy(a, b);
    expect(countQuorum(view, { ...counting, signed }).isReached).toBe(false);
    expect(countQuorum(view, { ...counting, signed, head: 591 })).toMatchObject({
      isReached: true,
      current: [],
    });
  });

  it('gives everybody another turn to post', () => {
    const all = keys.map(({ address }) => address);
    for (const beacon of ['x', 'y', 'z']) {
      const ranks = all.map((one) => postingRank(hashText(beacon), all, one));
      expect(ranks.toSorted((x, y) => x - y)).toEqual([0, 1, 2]);
    }
    const first = new Set(
      Array.from({ length: 40 }, (_, at) =>
        all.find((one) => postingRank(hashText(`${at}`), all, one) === 0),
      ),
    );
    expect(first.size).toBe(3);
  });
});
