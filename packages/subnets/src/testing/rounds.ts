/** The fake chain's rules of epochs: windows, commits, reveals, openings, posts, claims, slashing (docs/decisions/0006). */
import type { SubnetWriter } from '@souk/chain';
import {
  type Address,
  digestOf,
  type EpochAttestation,
  hashCommit,
  hashPermits,
  hashPrunable,
  hashReward,
  hashWeights,
  type Hex,
  isInMerkleTree,
  type MarketDomain,
  maxEvidenceBytes,
  recoverSigner,
  type Signed,
} from '@souk/protocol';
import { blocksOf } from '../epochs/blocks.ts';
import {
  type Call,
  demand,
  type FakeSubnet,
  type Ledger,
  operatorByHotKey,
  stakeIn,
  subnetIn,
} from './ledger.ts';

const slashedShare = 10n;

type Reveal = Parameters<SubnetWriter['reveal']>[2];
type Post = Parameters<SubnetWriter['postEpoch']>[0];

const keyOf = (epoch: number, operator: Address) => `${epoch} ${operator}`;

export function emittedBefore(ledger: Ledger, id: number, block: number): bigint {
  const subnet = ledger.subnets.get(id);
  if (subnet === undefined) return 0n;
  return ledger.options.emission * BigInt(Math.max(0, block - subnet.startBlock));
}

export function commit(ledger: Ledger, call: Call, id: number, epoch: number, hash: Hex): void {
  const subnet = subnetIn(ledger, id);
  const operator = operatorByHotKey(ledger, call.from);
  const { start, end } = blocksOf(subnet, epoch);
  demand(call.block >= start && call.block < end, 'WindowClosed');
  subnet.commits.set(keyOf(epoch, operator), hash);
  call.emit({ kind: 'committed', subnet: id, epoch, operator, commit: hash });
}

export function reveal(ledger: Ledger, call: Call, id: number, epoch: number, given: Reveal): void {
  const subnet = subnetIn(ledger, id);
  const operator = operatorByHotKey(ledger, call.from);
  const { end, beacon } = blocksOf(subnet, epoch);
  const { salt, version, logRoot, weights } = given;
  demand(call.block >= end && call.block < beacon, 'WindowClosed');
  demand(!subnet.revealed.has(keyOf(epoch, operator)), 'RevealedAlready');
  const weightsHash = hashWeights(version, weights);
  const expected = hashCommit({ subnet: id, epoch, operator, salt, weightsHash, logRoot });
  demand(subnet.commits.get(keyOf(epoch, operator)) === expected, 'CommitMismatch');
  subnet.revealed.add(keyOf(epoch, operator));
  call.emit({ kind: 'revealed', subnet: id, epoch, operator, version, logRoot, weights });
}

export function open(ledger: Ledger, call: Call, id: number, epoch: number, evidence: Hex): void {
  const subnet = subnetIn(ledger, id);
  const operator = operatorByHotKey(ledger, call.from);
  const { beacon, snapshot } = blocksOf(subnet, epoch);
  demand(call.block > beacon && call.block < snapshot, 'WindowClosed');
  demand(evidence.length <= 2 + 2 * maxEvidenceBytes, 'EvidenceTooLarge');
  demand(subnet.revealed.has(keyOf(epoch, operator)), 'NotRevealed');
  call.emit({ kind: 'opened', subnet: id, epoch, operator, evidence });
}

export function postEpoch(ledger: Ledger, call: Call, domain: MarketDomain, post: Post): void {
  const { attestation, validators, prunable } = post;
  const { subnet: id, epoch } = attestation;
  const subnet = subnetIn(ledger, id);
  const { end, snapshot } = blocksOf(subnet, epoch);
  demand(epoch === subnet.nextEpoch, 'EpochOutOfOrder');
  demand(call.block > snapshot, 'TooEarly');
  demand(attestation.snapshotBlock === call.blockHash(snapshot), 'OtherChain');
  demand(attestation.total >= subnet.total, 'TotalFalls');
  demand(attestation.total <= emittedBefore(ledger, id, end), 'BudgetExceeded');
  demand(attestation.validators === hashPermits(validators), 'WrongList');
  demand(attestation.prunable === hashPrunable(prunable), 'WrongList');
  const weighed = weigh(ledger, subnet, call, domain, post);
  demand(weighed.signed * 3n >= weighed.all * 2n && weighed.signed > 0n, 'QuorumMissing');

  subnet.posted = { attestation, permits: validators, prunable };
  subnet.postedAt = call.block;
  subnet.nextEpoch = epoch + 1;
  subnet.total = attestation.total;
  subnet.rewardRoot = attestation.rewardRoot;
  call.emit({ kind: 'epoch-posted', subnet: id, epoch, attestation, validators, prunable });
}

/** By the posted list, or, where no list is given and none counts any more, by the pools as they stand. */
function weigh(ledger: Ledger, subnet: FakeSubnet, call: Call, domain: MarketDomain, post: Post) {
  const { attestation, signatures, current } = post;
  const isByPools = current.length === 0;
  const { snapshot } = blocksOf(subnet, subnet.nextEpoch);
  const patientUntil = Math.max(subnet.postedAt, snapshot) + ledger.options.quorumPatience;
  const isNobodyListed = subnet.posted === undefined || subnet.posted.permits.length === 0;
  if (isByPools) demand(isNobodyListed || call.block > patientUntil, 'PermitsStillCount');
  else demand(hashPermits(current) === subnet.posted?.attestation.validators, 'ListDiffers');
  const stakes = new Map(current.map(({ operator, stake }) => [operator, stake]));
  const digest = digestOf(domain, 'EpochAttestation', attestation);
  const all = isByPools ? stakeIn(subnet) : sum(stakes.values());
  const signers = new Set(
    signatures.map(({ message, signature }) => {
      demand(digestOf(domain, 'EpochAttestation', message) === digest, 'OtherMessage');
      return operatorByHotKey(ledger, signerOf(domain, { message, signature }));
    }),
  );
  demand(isByPools || [...signers].every((operator) => stakes.has(operator)), 'NotPermitted');
  const stakeOf = (operator: Address) =>
    (isByPools ? subnet.pools.get(operator)?.stake : stakes.get(operator)) ?? 0n;
  return { signed: sum([...signers].map(stakeOf)), all };
}

function sum(amounts: Iterable<bigint>): bigint {
  return [...amounts].reduce((total, amount) => total + amount, 0n);
}

function signerOf(
  domain: MarketDomain,
  signed: { readonly message: EpochAttestation; readonly signature: Hex },
): Address {
  const signer = recoverSigner(domain, 'EpochAttestation', signed);
  demand(signer !== undefined, 'SignatureWrong');
  return signer;
}

export interface Claim {
  readonly account: Address;
  readonly cumulative: bigint;
  readonly proof: readonly Hex[];
}

export function claim(ledger: Ledger, call: Call, id: number, { account, cumulative, proof }: Claim): void {
  const subnet = ledger.subnets.get(id);
  demand(subnet !== undefined, 'SubnetUnknown');
  demand(isInMerkleTree(subnet.rewardRoot, hashReward(account, cumulative), proof), 'ProofWrong');
  const amount = cumulative - (subnet.claimed.get(account) ?? 0n);
  demand(amount > 0n, 'NothingToClaim');
  subnet.claimed.set(account, cumulative);
  ledger.souk.set(account, (ledger.souk.get(account) ?? 0n) + amount);
  call.emit({ kind: 'claimed', subnet: id, account, amount });
}

export function slash(
  ledger: Ledger,
  call: Call,
  domain: MarketDomain,
  pair: readonly [Signed<EpochAttestation>, Signed<EpochAttestation>],
): void {
  const [a, b] = pair;
  const isSame = (['subnet', 'epoch', 'engine', 'snapshotBlock'] as const).every(
    (field) => a.message[field] === b.message[field],
  );
  demand(
    isSame &&
      digestOf(domain, 'EpochAttestation', a.message) !== digestOf(domain, 'EpochAttestation', b.message),
    'NoConflict',
  );
  const signer = signerOf(domain, a);
  demand(signer === signerOf(domain, b), 'NoConflict');
  const operator = operatorByHotKey(ledger, signer);
  const pool = subnetIn(ledger, a.message.subnet).pools.get(operator);
  demand(pool !== undefined, 'StakeTooSmall');
  const amount = pool.stake / slashedShare;
  pool.stake -= amount;
  const { subnet } = a.message;
  call.emit({ kind: 'pool-slashed', subnet, operator, amount, poolStake: pool.stake });
}
