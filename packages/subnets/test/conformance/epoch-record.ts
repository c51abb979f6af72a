/** An epoch in the words of the vectors: from their inputs to the engine, from its result to their outputs. */
import { liquidAlpha } from '../../src/engine/bonds.ts';
import { splitEmission, stakeWithRoot } from '../../src/engine/economics.ts';
import { type Consensus, epoch, type EngineParams, type Snapshot } from '../../src/engine/epoch.ts';
import { toU16 } from '../../src/engine/fixed.ts';
import { bittensor, bittensorDense } from '../../src/engine/rules.ts';
import { fromRows, rowOf, type SparseMatrix, type SparseRow, toRows } from '../../src/engine/sparse.ts';
import { big, small } from './compare.ts';

export type Fields = Readonly<Record<string, unknown>>;
export type Path = 'sparse' | 'dense';

export function recordOf(given: Fields, path: Path): Fields {
  const params = readParams(given, path);
  const result = epoch(readSnapshot(given, path), params);
  return { ...describeResult(result, params, path), ...describeEmission(given, result) };
}

function readParams(given: Fields, path: Path): EngineParams {
  return {
    rules: path === 'dense' ? bittensorDense : bittensor,
    kappa: small(given.kappa_u16),
    bondsPenalty: small(given.bonds_penalty_u16),
    bondsMovingAverage: small(given.bonds_moving_average),
    isYuma3: Boolean(given.yuma3),
    liquidAlpha: given.liquid_alpha
      ? {
          low: small(given.alpha_low_u16),
          high: small(given.alpha_high_u16),
          steepness: small(given.alpha_sigmoid_steepness),
        }
      : undefined,
    maxValidators: small(given.max_allowed_validators),
    minStake: big(given.stake_threshold) << 64n,
    activityCutoff: small(given.activity_cutoff_blocks),
  };
}

function readSnapshot(given: Fields, path: Path): Snapshot {
  const n = small(given.n);
  const list = (key: string) => given[key] as readonly unknown[];
  const commits = given.commit_blocks as readonly unknown[] | null | undefined;
  const taoWeight = big(given.tao_weight_u64);
  return {
    now: small(given.current_block),
    lastEpoch: small(given.last_tempo_block),
    registeredAt: list('block_at_registration').map(small),
    validators: Array.from({ length: n }, (_, uid) => ({
      stake: stakeWithRoot(big(list('alpha_stake')[uid]), big(list('root_stake')[uid]), taoWeight),
      lastUpdate: small(list('last_update')[uid]),
      hadPermit: big(list('validator_permits')[uid]) !== 0n,
      isOwner: given.owner_uid === uid,
      self: uid,
      ...(commits?.[uid] === undefined || commits[uid] === null ? {} : { commitBlock: small(commits[uid]) }),
    })),
    weights: readMatrix(given.weights_u16, n, path),
    bonds: readMatrix(given.prev_bonds_u16, n, path),
  };
}

function readMatrix(rows: unknown, n: number, path: Path): SparseMatrix {
  const entries = (rows as readonly (readonly (readonly [unknown, unknown])[])[]).map((row) =>
    row.map(([column, value]) => [small(column), small(value)] as const),
  );
  return fromRows(path === 'dense' ? entries.map((row) => fillRow(row, n)) : entries, n);
}

function fillRow(row: SparseRow, n: number): SparseRow {
  const dense = spread(row, n);
  return dense.map((value, column) => [column, value] as const);
}

function spread(row: SparseRow, n: number): number[] {
  const dense = Array.from({ length: n }, () => 0);
  for (const [column, value] of row) dense[column] = value;
  return dense;
}

function describeResult(result: Consensus, params: EngineParams, path: Path): Fields {
  const { bonds } = result;
  const matrix = (value: SparseMatrix) =>
    path === 'dense' ? toRows(value).map((row) => spread(row, value.width)) : toRows(value);
  const stored = toRows(result.stored);
  return {
    stake_norm: result.stake,
    active_stake: result.activeStake,
    weights_norm: matrix(result.weights),
    weights_clipped: matrix(result.clipped),
    rank_raw: result.rank,
    weights_for_bonds: matrix(result.bondWeights),
    prev_bonds_colnorm: matrix(bonds.before),
    bonds_delta_colnorm: bonds.bought && matrix(bonds.bought),
    ema_bonds: matrix(bonds.after),
    ema_bonds_colnorm: bonds.shares && matrix(bonds.shares),
    bond_yield: bonds.yields,
    liquid_alpha: describeLiquidAlpha(result, params),
    consensus: result.consensus,
    validator_trust: result.trust,
    incentive: result.incentive,
    dividends: result.dividends,
    stake_weight_u16: [...result.stake].map(toU16),
    consensus_u16: [...result.consensus].map(toU16),
    incentive_u16: [...result.incentive].map(toU16),
    dividends_u16: [...result.dividends].map(toU16),
    validator_trust_u16: [...result.trust].map(toU16),
    active: result.isActive,
    new_validator_permits: result.hasPermit,
    bonds_u16:
      path === 'dense'
        ? stored.map((row, uid) => (result.hasPermit[uid] ? fillRow(row, result.stored.width) : []))
        : stored,
  };
}

/** Speeds of all pairs, absent ones as zeros. */
function describeLiquidAlpha({ bondWeights, bonds, consensus }: Consensus, params: EngineParams): unknown {
  const liquid = params.liquidAlpha;
  if (!liquid) return undefined;
  return Array.from({ length: bondWeights.width }, (_, uid) => {
    const before = spread(rowOf(bonds.before, uid), bondWeights.width);
    return spread(rowOf(bondWeights, uid), bondWeights.width).map((weight, column) =>
      liquidAlpha(liquid, { weight, bond: before[column]!, consensus: consensus[column]! }),
    );
  });
}

function describeEmission(given: Fields, result: Consensus): Fields {
  const { server, validator, combined } = splitEmission(result, big(given.emission));
  return { server_emission: server, validator_emission: validator, combined_emission: combined };
}
