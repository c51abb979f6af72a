/**
 * Attestations heard from permit holders, and what they say together. Validated before they are passed on: known holder,
 * right subnet and epoch, one for each holder, epoch and snapshot. Two that contradict each other are kept: they cost
 * their signer stake. Bounded by holders, epochs and snapshots, whatever is sent.
 */
import type { GossipVerdict } from '@souk/net';
import {
  type Address,
  type Clock,
  type EpochAttestation,
  hashMessage,
  type Hex,
  isSignedBySigner,
  type MarketDomain,
} from '@souk/protocol';
import { epochAt } from '../epochs/blocks.ts';
import type { SubnetView } from '../book/view.ts';
import { createPassOn, type SignedAttestation } from './attestation-relay.ts';

export interface AttestationsDeps {
  readonly domain: MarketDomain;
  readonly subnet: number;
  readonly clock: Clock;
  view(): SubnetView;
  head(): number;
  onConflict(operator: Address, pair: readonly [SignedAttestation, SignedAttestation]): void;
}

export interface AttestationsOptions {
  readonly maxUnpostedEpochs: number;
  /** An attestation heard before is passed on again after this long: for whoever came late. */
  readonly repeatMs: number;
}

export interface Attestations {
  validate(signed: SignedAttestation): GossipVerdict;
  /** One's own. */
  add(operator: Address, signed: SignedAttestation): void;
  /** Signed of exactly this, by operator. */
  signedOf(attestation: EpochAttestation): ReadonlyMap<Address, SignedAttestation>;
  /** What each operator said of an epoch, latest snapshot last. */
  saidOf(epoch: number): ReadonlyMap<Address, readonly SignedAttestation[]>;
  /** Epochs before this one are posted. */
  forgetBefore(epoch: number): void;
}

/** A reorganisation lets an honest holder sign again; nothing reorganises so often. */
const maxSnapshots = 3;

interface Heard {
  readonly signed: SignedAttestation;
  passedAt: number;
}

export function createAttestations(deps: AttestationsDeps, options: AttestationsOptions): Attestations {
  const { domain, subnet, clock } = deps;
  const heard = new Map<number, Map<Address, Heard[]>>();
  const conflicts = new Set<string>();
  const passOn = createPassOn(deps);

  function validate(signed: SignedAttestation): GossipVerdict {
    const view = deps.view();
    const operator = view.operatorOfHotKey(signed.signer);
    if (operator === undefined) return 'ignore';
    if (signed.message.subnet !== subnet) return passOn(signed);
    if (!isTimely(signed.message.epoch, view) || !mayAttest(view, operator)) return 'ignore';
    return take(operator, signed);
  }

  function take(operator: Address, signed: SignedAttestation): GossipVerdict {
    const { epoch } = signed.message;
    const known = heard.get(epoch)?.get(operator) ?? [];
    const same = known.find((one) => isSameQuestion(one.signed, signed));
    if (same && hashOf(same.signed) === hashOf(signed)) {
      if (clock.now() - same.passedAt < options.repeatMs) return 'ignore';
      same.passedAt = clock.now();
      return 'accept';
    }
    const isNoted = conflicts.has(`${epoch} ${operator}`);
    if (isNoted || known.length >= maxSnapshots) return 'ignore';
    if (!isSignedBySigner(domain, 'EpochAttestation', signed)) return 'reject';
    if (same) {
      conflicts.add(`${epoch} ${operator}`);
      deps.onConflict(operator, [same.signed, signed]);
      return 'accept';
    }
    keep(operator, signed);
    return 'accept';
  }

  function keep(operator: Address, signed: SignedAttestation): void {
    const { epoch } = signed.message;
    const ofEpoch = heard.get(epoch) ?? new Map<Address, Heard[]>();
    const known = ofEpoch.get(operator) ?? [];
    if (known.some((one) => hashOf(one.signed) === hashOf(signed))) return;
    heard.set(epoch, ofEpoch.set(operator, [...known, { signed, passedAt: clock.now() }]));
  }

  function isTimely(epoch: number, view: SubnetView): boolean {
    const next = (view.lastPost?.epoch ?? -1) + 1;
    return (
      epoch >= next && epoch <= epochAt(view.tempo, deps.head()) && epoch < next + options.maxUnpostedEpochs
    );
  }

  return {
    validate,
    add: keep,
    signedOf: (attestation) => {
      const hash = hashMessage('EpochAttestation', attestation);
      const found = [...(heard.get(attestation.epoch) ?? [])].flatMap(([operator, known]) => {
        const one = known.find(({ signed }) => hashOf(signed) === hash);
        return one ? [[operator, one.signed] as const] : [];
      });
      return new Map(found);
    },
    saidOf: (epoch) =>
      new Map(
        [...(heard.get(epoch) ?? [])].map(([operator, known]) => [
          operator,
          known.map(({ signed }) => signed),
        ]),
      ),
    forgetBefore: (epoch) => {
      for (const known of heard.keys()) if (known < epoch) heard.delete(known);
      for (const key of conflicts) if (Number(key.split(' ')[0]) < epoch) conflicts.delete(key);
    },
  };
}

/** Whether what this operator signs can count: it is on the posted list, or has stake. */
export function mayAttest(view: SubnetView, operator: Address): boolean {
  const isListed = view.lastPost?.validators.some((permit) => permit.operator === operator) === true;
  return isListed || (view.pools.get(operator) ?? 0n) > 0n;
}

function isSameQuestion(a: SignedAttestation, b: SignedAttestation): boolean {
  return a.message.engine === b.message.engine && a.message.snapshotBlock === b.message.snapshotBlock;
}

function hashOf({ message }: SignedAttestation): Hex {
  return hashMessage('EpochAttestation', message);
}

/** In the order in which one follows from the other: the first that differs is where to look. */
const fields = [
  'engine',
  'snapshotBlock',
  'inputs',
  'outputs',
  'rewardRoot',
  'total',
  'validators',
  'prunable',
] as const satisfies readonly (keyof EpochAttestation)[];
export type AttestedField = (typeof fields)[number];

/** Undefined where both say the same. */
export function differingField(a: EpochAttestation, b: EpochAttestation): AttestedField | undefined {
  return fields.find((field) => a[field] !== b[field]);
}
