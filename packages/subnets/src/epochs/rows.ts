/** What validators handed in for an epoch within its windows, and whether they showed it to be earned. */
import type { SubnetEvent } from '@souk/chain';
import { type Address, decodeWeights, type Hex, type SubnetParams, type Weight } from '@souk/protocol';
import { hotKeysWithin, type Holdings, unitsBefore } from './holdings.ts';
import type { EpochBlocks, EvidenceVerdict, JudgeEvidence } from './epoch.ts';

type Revealed = SubnetEvent & { readonly kind: 'revealed' };
type Opened = SubnetEvent & { readonly kind: 'opened' };

export interface HandedIn {
  readonly revealed: ReadonlyMap<Address, Revealed>;
  readonly opened: ReadonlyMap<Address, Opened>;
}

/** Reveals and openings by the epoch that they are for; events in order. */
export function handedInByEpoch(
  events: readonly SubnetEvent[],
): ReadonlyMap<number, readonly (Revealed | Opened)[]> {
  const found = new Map<number, (Revealed | Opened)[]>();
  for (const event of events) {
    if (event.kind !== 'revealed' && event.kind !== 'opened') continue;
    const list = found.get(event.epoch);
    if (list) list.push(event);
    else found.set(event.epoch, [event]);
  }
  return found;
}

/** The last of each within its window. */
export function handedIn(events: readonly (Revealed | Opened)[] = [], blocks: EpochBlocks): HandedIn {
  const revealed = new Map<Address, Revealed>();
  const opened = new Map<Address, Opened>();
  for (const event of events) {
    const { block, operator } = event;
    if (event.kind === 'revealed' && block >= blocks.end && block < blocks.beacon)
      revealed.set(operator, event);
    if (event.kind === 'opened' && block > blocks.beacon && block < blocks.snapshot)
      opened.set(operator, event);
  }
  return { revealed, opened };
}

/** A validator's rows as they count. */
export interface Row {
  readonly operator: Address;
  readonly verdict: EvidenceVerdict;
  /** By mechanism; nothing where the verdict does not pass. */
  readonly weights: readonly (readonly Weight[])[];
}

export function hasPassed(verdict: EvidenceVerdict): boolean {
  return verdict === 'shown' || verdict === 'no-weights';
}

export interface Hearing {
  readonly subnet: number;
  readonly epoch: number;
  readonly blocks: EpochBlocks;
  readonly holdings: Holdings;
  readonly params: SubnetParams;
  readonly beacon: Hex;
  readonly now: HandedIn;
  /** Of the epoch before. */
  readonly before: HandedIn;
  readonly judge: JudgeEvidence;
}

/** Weights for unknown registrations, and for the validator's own, are nothing. */
export function rowOf(operator: Address, hearing: Hearing): Row {
  const revealed = hearing.now.revealed.get(operator);
  const read = revealed ? readWeights(revealed, hearing.params) : { verdict: 'not-revealed' as const };
  if ('verdict' in read) return { operator, verdict: read.verdict, weights: [] };
  const verdict = judgeRow(operator, read.weights, hearing);
  const { registrations } = hearing.holdings;
  const weights = read.weights.map((row) =>
    row.filter(({ registration }) => {
      const holder = registrations.get(registration)?.operator;
      return holder !== undefined && holder !== operator;
    }),
  );
  return { operator, verdict, weights: hasPassed(verdict) ? weights : [] };
}

type Read = { readonly weights: readonly (readonly Weight[])[] } | { readonly verdict: EvidenceVerdict };

function readWeights({ weights, version }: Revealed, params: SubnetParams): Read {
  if (BigInt(version) < params.minVersion) return { verdict: 'version-too-old' };
  if (BigInt(weights.length) > params.mechanismCount) return { verdict: 'malformed-weights' };
  const rows = weights.map(decodeWeights);
  if (!rows.every((row) => row !== undefined)) return { verdict: 'malformed-weights' };
  return rows.every((row) => row.length === 0) ? { verdict: 'no-weights' } : { weights: rows };
}

function judgeRow(
  operator: Address,
  rows: readonly (readonly Weight[])[],
  hearing: Hearing,
): EvidenceVerdict {
  const { subnet, epoch, blocks, holdings, params, beacon, now, before, judge } = hearing;
  const revealed = now.revealed.get(operator)!;
  const opened = now.opened.get(operator);
  if (!opened) return 'not-opened';
  return judge({
    subnet,
    epoch,
    validator: operator,
    logRoot: revealed.logRoot,
    weights: revealed.weights,
    before: weightsBefore(before.revealed.get(operator)) ?? rows.map(() => '0x' as const),
    evidence: opened.evidence,
    beacon,
    draws: Number(params.evidenceDraws),
    wasHotKeyOf: (who, key) =>
      hotKeysWithin(holdings, who, { from: blocks.start, to: blocks.end }).includes(key),
    operatorOf: (registration) => holdings.everRegistered.get(registration)?.operator,
    unitsOf: (registration) => {
      const registered = holdings.everRegistered.get(registration);
      return registered ? unitsBefore(registered.units, blocks.start) : 0;
    },
  });
}

/** Undefined where it revealed nothing, or not in the right form. */
function weightsBefore(revealed: Revealed | undefined): readonly Hex[] | undefined {
  return revealed?.weights.every((row) => decodeWeights(row) !== undefined) ? revealed.weights : undefined;
}
