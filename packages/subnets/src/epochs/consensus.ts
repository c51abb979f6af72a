/** The engine over an epoch's rows: a consensus a mechanism, by operator and registration instead of by place. */
import type { Address, SubnetParams, Weight } from '@souk/protocol';
import { type Consensus, epoch as runEngine, type EngineParams, type Validator } from '../engine/epoch.ts';
import { souk } from '../engine/rules.ts';
import { fromRows, rowOf as matrixRow, type SparseMatrix, type SparseRow } from '../engine/sparse.ts';
import type { BondRow } from './epoch.ts';
import type { Backed } from './stakes.ts';
import { hasPassed, type Row } from './rows.ts';

/** 65535ths. */
export const wholeShare = 65_535;

export interface MechanismRun {
  /** Of 65535. */
  readonly share: number;
  readonly consensus: Consensus;
  readonly bonds: readonly BondRow[];
}

export interface Assembly {
  readonly epoch: number;
  readonly params: SubnetParams;
  /** Who has a permit, and what each handed in; the same order. */
  readonly validators: readonly Backed[];
  readonly rows: readonly Row[];
  /** Ascending. */
  readonly registrations: readonly number[];
  readonly lastShown: ReadonlyMap<Address, number>;
  /** By mechanism, of the epoch before. */
  readonly bonds: readonly (readonly BondRow[])[];
}

export function runMechanisms(assembly: Assembly): readonly MechanismRun[] {
  return mechanismShares(assembly.params).map((share, mechanism) => {
    const consensus = runEngine(snapshotOf(assembly, mechanism), engineParams(assembly.params));
    return { share, consensus, bonds: namedBonds(assembly, consensus.stored) };
  });
}

/** Later mechanisms have what the parameters say as far as it goes, the first one the rest. */
function mechanismShares(params: SubnetParams): readonly number[] {
  const wished = [params.mechanismSplit1, params.mechanismSplit2, params.mechanismSplit3];
  let left = wholeShare;
  const others = wished.slice(0, Number(params.mechanismCount) - 1).map((wish) => {
    const share = Math.min(Number(wish), left);
    left -= share;
    return share;
  });
  return [left, ...others];
}

function engineParams(params: SubnetParams): EngineParams {
  return {
    rules: souk,
    kappa: Number(params.kappa),
    bondsPenalty: Number(params.bondsPenalty),
    bondsMovingAverage: Number(params.bondsMovingAverage),
    isYuma3: params.isYuma3 !== 0n,
    liquidAlpha:
      params.isLiquidAlpha === 0n
        ? undefined
        : {
            low: Number(params.alphaLow),
            high: Number(params.alphaHigh),
            steepness: Number(params.alphaSteepness),
          },
    maxValidators: Number(params.maxValidators),
    minStake: params.minStake,
    activityCutoff: Number(params.activityEpochs),
  };
}

function snapshotOf(
  { epoch, validators, rows, registrations, lastShown, bonds }: Assembly,
  mechanism: number,
) {
  const places = new Map(registrations.map((registration, place) => [registration, place]));
  const before = new Map(bonds[mechanism]?.map((row) => [row.operator, row.bonds]));
  return {
    now: epoch,
    lastEpoch: epoch,
    registeredAt: registrations.map(() => 0),
    validators: validators.map(({ operator, stake }, index): Validator => ({
      stake,
      lastUpdate: lastShown.get(operator) ?? Number.NEGATIVE_INFINITY,
      hasEvidence: hasPassed(rows[index]!.verdict),
    })),
    weights: fromRows(
      rows.map((row) =>
        (row.weights[mechanism] ?? []).map(
          (weight) => [places.get(weight.registration)!, weight.weight] as const,
        ),
      ),
      registrations.length,
    ),
    bonds: fromRows(
      validators.map(({ operator }) => placeBonds(before.get(operator) ?? [], places)),
      registrations.length,
    ),
  };
}

/** Bonds to registrations that have ended are gone. */
function placeBonds(bonds: BondRow['bonds'], places: ReadonlyMap<number, number>): SparseRow {
  return bonds.flatMap(([registration, bond]) => {
    const place = places.get(registration);
    return place === undefined ? [] : [[place, bond] as const];
  });
}

function namedBonds({ validators, registrations }: Assembly, stored: SparseMatrix): readonly BondRow[] {
  return validators.flatMap(({ operator }, index) => {
    const bonds = matrixRow(stored, index).map(([place, bond]) => [registrations[place]!, bond] as const);
    return bonds.length === 0 ? [] : [{ operator, bonds }];
  });
}

/** Weights of a mechanism as they counted. */
export function countedRows(
  rows: readonly Row[],
  mechanism: number,
): readonly { readonly operator: Address; readonly weights: readonly Weight[] }[] {
  return rows.flatMap(({ operator, weights }) => {
    const row = weights[mechanism] ?? [];
    return row.length === 0 ? [] : [{ operator, weights: row }];
  });
}
