/** Subnets on a real chain: one whole epoch from founding to claim, and what the adapter makes of it. */
import {
  createKey,
  defaultSubnetParams,
  domainSeparator,
  encodeWeights,
  type EpochAttestation,
  hashCommit,
  hashPermits,
  hashPrunable,
  hashReward,
  hashWeights,
  type Hex,
  type LocalKey,
  merkleTree,
  type Signed,
  silentLog,
  subnetParams,
  systemClock,
  zeroHash,
} from '@souk/protocol';
import { createPublicClient, domainSeparator as viemDomainSeparator, http } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { epochsAbi } from '../src/abi/epochs.ts';
import { subnetsAbi } from '../src/abi/subnets.ts';
import {
  connectChain,
  startSubnetWriter,
  startWriter,
  type SubnetEvent,
  type SubnetReads,
  type SubnetWriter,
} from '../src/index.ts';
import { startTestChain, type TestChain } from './fixture.ts';

const souk = 10n ** 18n;
const tempo = 30;
const third = tempo / 3;

let test: TestChain;
let reads: SubnetReads;

beforeAll(async () => {
  test = await startTestChain();
  reads = test.chain.subnets;
});
afterAll(() => test[Symbol.asyncDispose]());

async function mineTo(block: number): Promise<void> {
  const { number } = await reads.head();
  if (number > block) throw new Error(`block ${block} is past: the chain is at ${number}`);
  if (number < block) await test.rpc('anvil_mine', `0x${(block - number).toString(16)}`);
}

/** A key that is its own operator and hot key, with SOUK in its wallet. */
async function participant(): Promise<{ readonly key: LocalKey; readonly subnets: SubnetWriter }> {
  const key = await test.operator();
  await test.faucet.subnets.transferSouk(key.address, 1_000n * souk);
  return { key, subnets: test.writer(key).subnets };
}

async function found(): Promise<number> {
  const maxPrice = await reads.creationPrice();
  const { subnet } = await test.faucet.subnets.create({ tempo, maxPrice, identity: 'a test' });
  return subnet;
}

const ofKind =
  <K extends SubnetEvent['kind']>(kind: K) =>
  (event: SubnetEvent): event is Extract<SubnetEvent, { readonly kind: K }> =>
    event.kind === kind;

async function eventsOf(subnet: number): Promise<readonly SubnetEvent[]> {
  const { number } = await reads.head();
  return reads.events({ from: test.network.fromBlock, to: number, subnet });
}

describe('a subnet', () => {
  it('goes from its founding to a claim', async () => {
    const subnet = await found();
    const [miner, ...validators] = await Promise.all([1, 2, 3, 4].map(participant));
    if (miner === undefined) throw new Error('no miner');
    const price = await reads.registrationPrice(subnet);
    const { registration } = await miner.subnets.register(subnet, price);
    await miner.subnets.serve(subnet, registration, '/ip4/127.0.0.1/tcp/1', 8);
    for (const { key, subnets } of validators) await subnets.stake(subnet, key.address, 100n * souk);
    const before = await reads.subnetOf(subnet);
    expect(before).toMatchObject({
      owner: test.faucet.address,
      tempo,
      miners: 1,
      stake: 300n * souk,
      isDissolved: false,
      nextEpoch: 0,
      total: 0n,
      rewardRoot: zeroHash,
    });
    const start = before?.startBlock ?? 0;
    const end = start + tempo;

    const weights = [encodeWeights([{ registration, weight: 7 }])];
    const secret = { salt: zeroHash, version: 1, logRoot: `0x${'11'.repeat(32)}` as Hex, weights };
    const weightsHash = hashWeights(1, weights);
    for (const { key, subnets } of validators) {
      const { salt, logRoot } = secret;
      const parts = { subnet, epoch: 0, operator: key.address, salt, weightsHash, logRoot };
      await subnets.commit(subnet, 0, hashCommit(parts));
    }
    await mineTo(end);
    for (const { subnets } of validators) await subnets.reveal(subnet, 0, secret);
    await mineTo(end + third + 1);
    for (const { subnets } of validators) await subnets.open(subnet, 0, '0xabcd');
    const snapshot = end + 2 * third;
    await mineTo(snapshot + 1);

    const accrued = await reads.accruedAt(subnet, end);
    expect(accrued).toBeGreaterThan(souk);
    const rewards = [miner, ...validators].map(({ key }, index) => ({
      account: key.address,
      cumulative: (accrued * BigInt(index + 1)) / 10n,
    }));
    const tree = merkleTree(rewards.map(({ account, cumulative }) => hashReward(account, cumulative)));
    const permits = validators
      .map(({ key }) => ({ operator: key.address, stake: 100n * souk }))
      .toSorted((a, b) => (a.operator < b.operator ? -1 : 1));
    const attestation: EpochAttestation = {
      subnet,
      epoch: 0,
      engine: 1,
      snapshotBlock: (await reads.blockHash(snapshot)) ?? zeroHash,
      inputs: zeroHash,
      outputs: zeroHash,
      rewardRoot: tree.root,
      total: accrued,
      validators: hashPermits(permits),
      prunable: hashPrunable([registration]),
    };
    const sign = (key: LocalKey): Promise<Signed<EpochAttestation>> =>
      key.sign(reads.domain, 'EpochAttestation', attestation);
    const signatures = await Promise.all(validators.map(({ key }) => sign(key)));
    const post = { attestation, current: [], validators: permits, prunable: [registration] };
    await expect(
      miner.subnets.postEpoch({ ...post, signatures: signatures.slice(1, 2) }),
    ).rejects.toMatchObject({ code: 'chain.reverted', data: { error: 'QuorumTooSmall' } });
    await miner.subnets.postEpoch({ ...post, signatures });
    expect(await reads.subnetOf(subnet)).toMatchObject({
      nextEpoch: 1,
      total: accrued,
      rewardRoot: tree.root,
    });

    for (const [index, { account, cumulative }] of rewards.entries()) {
      const had = await reads.soukBalanceOf(account);
      await test.faucet.subnets.claim(subnet, account, cumulative, tree.proof(index));
      expect((await reads.soukBalanceOf(account)) - had).toBe(cumulative);
      expect(await reads.claimedOf(subnet, account)).toBe(cumulative);
    }
    const again = test.faucet.subnets.claim(
      subnet,
      rewards[0]!.account,
      rewards[0]!.cumulative,
      tree.proof(0),
    );
    await expect(again).rejects.toMatchObject({ data: { error: 'NothingToClaim' } });

    const events = await eventsOf(subnet);
    expect(events.filter(ofKind('epoch-posted'))).toMatchObject([
      { subnet, epoch: 0, attestation, validators: permits, prunable: [registration] },
    ]);
    expect(events.filter(ofKind('revealed'))).toMatchObject(
      validators.map(({ key }) => ({
        subnet,
        epoch: 0,
        operator: key.address,
        version: 1,
        logRoot: secret.logRoot,
        weights,
      })),
    );
    expect(events.filter(ofKind('opened')).map(({ evidence }) => evidence)).toEqual(
      validators.map(() => '0xabcd'),
    );
    expect(events.filter(ofKind('claimed'))).toHaveLength(4);
    expect(events.filter(ofKind('committed'))).toHaveLength(3);
    expect(events.filter(ofKind('served'))).toMatchObject([
      { registration, endpoints: '/ip4/127.0.0.1/tcp/1', units: 8 },
    ]);
    expect(events.filter(ofKind('registered'))).toMatchObject([
      { registration, operator: miner.key.address, collateral: 10n * souk },
    ]);
    expect(events.filter(ofKind('hot-key')).map(({ operator }) => operator)).toEqual(
      expect.arrayContaining([miner, ...validators].map(({ key }) => key.address)),
    );
  });

  it('names its events for every step of stake, owner and miner', async () => {
    const subnet = await found();
    const [validator, other, delegator] = await Promise.all([1, 2, 3].map(participant));
    if (!validator || !other || !delegator) throw new Error('not enough of them');
    const { faucet } = test;
    const [mine, theirs] = [validator.key.address, other.key.address];
    await faucet.subnets.setParam(subnet, 'maxMiners', 1n);
    await faucet.subnets.setIdentity(subnet, 'renamed');
    await validator.subnets.stake(subnet, mine, 10n * souk);
    await validator.subnets.setTake(subnet, 6_554);
    await validator.subnets.setChildren(subnet, [{ operator: theirs, proportion: 2 ** 31 }]);
    await delegator.subnets.stake(subnet, mine, 4n * souk);
    await delegator.subnets.transferStake(subnet, mine, theirs, souk);
    await delegator.subnets.moveStake({ subnet, operator: mine }, { subnet, operator: theirs }, souk);
    await delegator.subnets.unstake(subnet, mine, souk);
    const [pending] = await reads.unbondingOf(subnet, mine, delegator.key.address);
    expect(pending?.amount).toBe(souk);
    await test.pass(61);
    await delegator.subnets.finishUnstake(subnet, mine);
    expect(await reads.unbondingOf(subnet, mine, delegator.key.address)).toEqual([]);
    expect(await reads.stakeOf(subnet, mine, delegator.key.address)).toBe(souk);
    const { registration } = await other.subnets.register(subnet, 2n * souk);
    await other.subnets.deregister(subnet, registration);
    await test.pass(61);
    await other.subnets.withdrawCollateral(subnet, registration);
    await validator.subnets.unstake(subnet, mine, 10n * souk);
    await faucet.subnets.setOwner(subnet, mine);
    await validator.subnets.dissolve(subnet);
    await validator.subnets.finishUnstake(subnet, mine);
    await delegator.subnets.unstake(subnet, mine, souk);

    const events = await eventsOf(subnet);
    const fromEpoch = 1;
    expect(events.filter(ofKind('param-set'))).toMatchObject([
      { subnet, name: 'maxMiners', value: 1n, fromEpoch },
    ]);
    expect(events.filter(ofKind('identity-set')).map(({ identity }) => identity)).toEqual([
      'a test',
      'renamed',
    ]);
    expect(events.filter(ofKind('take-set'))).toMatchObject([{ operator: mine, take: 6_554 }]);
    expect(events.filter(ofKind('children-set'))).toMatchObject([
      { operator: mine, children: [{ operator: theirs, proportion: 2 ** 31 }], fromEpoch: 2 },
    ]);
    const stakes = events.filter(ofKind('stake-changed'));
    expect(
      stakes.map(({ operator, shares, poolStake }) => [operator, shares / souk, poolStake / souk]),
    ).toEqual([
      [mine, 10n, 10n],
      [mine, 4n, 14n],
      [mine, 3n, 14n],
      [mine, 1n, 14n],
      [mine, 2n, 13n],
      [theirs, 1n, 1n],
      [mine, 1n, 12n],
      [mine, 0n, 2n],
      [mine, 0n, 1n],
    ]);
    expect(events.filter(ofKind('deregistered'))).toMatchObject([
      { registration, operator: theirs, why: 'left' },
    ]);
    expect(events.filter(ofKind('owner-changed'))).toMatchObject([{ owner: mine }]);
    expect(events.filter(ofKind('dissolved'))).toHaveLength(1);
    expect(await reads.subnetOf(subnet)).toMatchObject({ owner: mine, isDissolved: true, stake: 2n * souk });
    expect(events).toEqual(events.toSorted((a, b) => a.block - b.block || a.logIndex - b.logIndex));
    const { number } = await reads.head();
    const ofAll = await reads.events({ from: test.network.fromBlock, to: number });
    expect(ofAll.filter((event) => event.kind === 'hot-key' || event.subnet === subnet)).toEqual(events);
    expect(ofAll.length).toBeGreaterThan(events.length);
  });

  it('that never was is undefined, and so is a block that is not there', async () => {
    expect(await reads.subnetOf(4_000)).toBeUndefined();
    const { number } = await reads.head();
    expect(await reads.blockHash(number + 100)).toBeUndefined();
    expect(await reads.blockHash(number)).toMatch(/^0x[0-9a-f]{64}$/);
  });

  it('refuses a registration above the limit, with both prices', async () => {
    const subnet = await found();
    const { subnets } = await participant();
    const refused = subnets.register(subnet, souk / 2n);
    await expect(refused).rejects.toMatchObject({
      code: 'chain.reverted',
      data: { error: 'PriceAboveLimit', args: { limit: souk / 2n } },
      remedy: expect.any(String),
    });
  });

  it('slashes a validator that signs two outcomes, even after it changed its key', async () => {
    const subnet = await found();
    const { key, subnets } = await participant();
    await subnets.stake(subnet, key.address, 100n * souk);
    const state = await reads.subnetOf(subnet);
    const snapshot = (state?.startBlock ?? 0) + tempo + 2 * third;
    await mineTo(snapshot + 1);
    const attestation = {
      subnet,
      epoch: 0,
      engine: 1,
      snapshotBlock: (await reads.blockHash(snapshot)) ?? zeroHash,
      inputs: zeroHash,
      outputs: zeroHash,
      rewardRoot: zeroHash,
      total: 0n,
      validators: zeroHash,
      prunable: zeroHash,
    };
    const a = await key.sign(reads.domain, 'EpochAttestation', attestation);
    const b = await key.sign(reads.domain, 'EpochAttestation', { ...attestation, total: 1n });
    await test.writer(key).rotateHotKey(createKey().address);
    await expect(test.faucet.subnets.slash(a, a)).rejects.toMatchObject({ data: { error: 'NoConflict' } });
    await test.faucet.subnets.slash(a, b);
    const events = await eventsOf(subnet);
    expect(events.filter(ofKind('pool-slashed'))).toMatchObject([
      { operator: key.address, amount: 10n * souk, poolStake: 90n * souk },
    ]);
    await expect(test.faucet.subnets.slash(a, b)).rejects.toMatchObject({
      data: { error: 'SlashedAlready' },
    });
    const nobody = await createKey().sign(reads.domain, 'EpochAttestation', attestation);
    await expect(test.faucet.subnets.slash(nobody, nobody)).rejects.toMatchObject({
      code: 'chain.no-operator',
    });
  });
});

describe('the network of subnets', () => {
  it('has the parameters of the protocol, with the same bounds and defaults', async () => {
    const client = createPublicClient({ transport: http(test.local.rpcUrl) });
    const contract = { address: test.network.subnets!.subnets, abi: subnetsAbi } as const;
    const [minimum, maximum, standard] = await client.readContract({
      ...contract,
      functionName: 'paramTable',
    });
    const table = minimum.map((min, key) => ({ min, max: maximum[key], default: standard[key] }));
    expect(table).toEqual(
      subnetParams.map((param) => ({ min: param.min, max: param.max, default: param.default })),
    );
    const subnet = await found();
    expect((await reads.subnetOf(subnet))?.params).toEqual(defaultSubnetParams);
  });

  it('emits by schedule, under its cap', async () => {
    const { perBlock, minted, cap } = await reads.schedule();
    expect(perBlock).toBe(souk);
    expect(cap).toBe(21_000_000n * souk);
    expect(minted).toBeLessThan(perBlock * BigInt((await reads.head()).number));
  });

  it('signs under the domain that the contract names', async () => {
    const client = createPublicClient({ transport: http(test.local.rpcUrl) });
    const { epochs } = test.network.subnets!;
    const [, name, version, chainId, verifyingContract] = await client.readContract({
      address: epochs,
      abi: epochsAbi,
      functionName: 'eip712Domain',
    });
    const domain = { name, version, chainId: Number(chainId), verifyingContract };
    expect(domainSeparator(reads.domain)).toBe(viemDomainSeparator({ domain }));
  });

  it('may have none: reading and writing say so', async () => {
    const { subnets: _, ...network } = test.network;
    await using chain = connectChain({ log: silentLog, clock: systemClock }, { network });
    await using writer = startWriter({ chain, key: createKey(), log: silentLog });
    await chain.check();
    expect(() => chain.subnets).toThrow(expect.objectContaining({ code: 'chain.no-subnets' }));
    expect(() => writer.subnets).toThrow(expect.objectContaining({ code: 'chain.no-subnets' }));
    expect(() => startSubnetWriter({ chain, key: createKey(), log: silentLog })).toThrow(
      expect.objectContaining({ code: 'chain.no-subnets' }),
    );
  });

  it('is refused where the book names other contracts', async () => {
    const { network } = test;
    const subnets = { ...network.subnets!, stakes: network.market };
    await using chain = connectChain(
      { log: silentLog, clock: systemClock },
      { network: { ...network, subnets } },
    );
    await expect(chain.check()).rejects.toMatchObject({ code: 'chain.wrong-network' });
  });

  it('can be written by a process that does nothing else', async () => {
    const { key } = await participant();
    await using writer = startSubnetWriter({ chain: test.chain, key, log: silentLog }, { pollMs: 20 });
    const had = await reads.soukBalanceOf(test.faucet.address);
    await writer.transferSouk(test.faucet.address, souk);
    expect((await reads.soukBalanceOf(test.faucet.address)) - had).toBe(souk);
  });
});
