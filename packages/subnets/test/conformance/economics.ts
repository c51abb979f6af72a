/** `economics-v1`: Bittensor's formulas around its epochs. */
import {
  blockEmission,
  burnBump,
  burnDecayFactor,
  decayBurn,
  lockCost,
  lockDecay,
  priceAverage,
  rootProportion,
  splitMechanisms,
  subnetBlockTerms,
  subnetShares,
} from '../../src/engine/economics.ts';
import { big, firstDifference } from './compare.ts';
import type { Fields } from './epoch-record.ts';
import type { Report } from './report.ts';

interface Entry extends Fields {
  readonly in: Fields;
}

export function checkEconomics(
  { groups }: { readonly groups: Readonly<Record<string, readonly Entry[]>> },
  report: Report,
): void {
  for (const [name, entries] of Object.entries(groups)) {
    for (const [index, entry] of entries.entries()) {
      report.check(`${name} ${index}`, () => compareEntry(name, entry));
    }
  }
}

function compareEntry(name: string, { in: given, ...recorded }: Entry) {
  const [[out, expected] = ['out', undefined]] = Object.entries(recorded);
  const compute = formulas[name];
  if (!compute) throw new Error(`group ${name} is not known`);
  const got = compute(given, (expected ?? {}) as Fields);
  if (!isRecord(expected)) {
    const difference = firstDifference(expected, got);
    return difference && { key: out, ...difference };
  }
  for (const [key, value] of Object.entries(expected)) {
    if (key === 'series_rule') continue;
    const difference = firstDifference(value, (got as Fields)[key]);
    if (difference) return { key, ...difference };
  }
  return undefined;
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function list(value: unknown): readonly bigint[] {
  return (value as readonly unknown[]).map(big);
}

/** Every block's price; by another rule, those that are to be found in their order. */
function decaySeries(given: Fields, expected: Fields) {
  const factor = burnDecayFactor(big(given.half_life_blocks));
  const limits = { min: big(given.min), max: big(given.max) };
  const all: bigint[] = [];
  let burn = big(given.burn);
  for (let block = 0; block < Number(given.blocks); block += 1) {
    burn = decayBurn(burn, factor, limits);
    all.push(burn);
  }
  return { factor_q32: factor, series: byRule(String(expected.series_rule), all, list(expected.series)) };
}

function byRule(rule: string, all: readonly bigint[], expected: readonly bigint[]): readonly bigint[] {
  if (rule === 'every block') return all;
  let from = 0;
  return expected.map((price) => {
    const found = all.indexOf(price, from);
    from = found < 0 ? from : found + 1;
    return all[found < 0 ? from : found] ?? -1n;
  });
}

const formulas: Readonly<Record<string, (given: Fields, expected: Fields) => unknown>> = {
  block_emission: ({ total_issuance }) => blockEmission(big(total_issuance)),
  registration_price_decay: decaySeries,
  registration_price_bump: ({ burn, mult_u64f64_bits, min, max }) =>
    burnBump(big(burn), big(mult_u64f64_bits), { min: big(min), max: big(max) }),
  mechanism_split: ({ alpha, mechanisms, split_u16 }) =>
    splitMechanisms(big(alpha), Number(mechanisms), list(split_u16)),
  subnet_price_ema: (given) =>
    priceAverage(big(given.prev_ema_i96f32_bits), big(given.spot_u64f64_bits), {
      alpha: big(given.moving_alpha_i96f32_bits),
      blocks: big(given.blocks_since_start),
      halvingBlocks: big(given.halving_blocks),
    }),
  root_proportion: ({ root_tao, tao_weight_u64, alpha_issuance }) =>
    rootProportion(big(root_tao), big(tao_weight_u64), big(alpha_issuance)),
  subnet_block_terms: (given) => {
    const terms = subnetBlockTerms({
      taoEmission: big(given.tao_emission),
      price: big(given.price_u96f32_bits),
      alphaEmission: big(given.alpha_emission),
      rootProportion: big(given.root_proportion_u96f32_bits),
      ownerCut: given.owner_cut_enabled ? big(given.owner_cut_u16) : 0n,
    });
    return {
      tao_in: terms.taoIn,
      alpha_in: terms.alphaIn,
      excess_tao_for_chain_buy: terms.excessTao,
      alpha_out: terms.alphaOut,
      owner_cut: terms.ownerCut,
      miner_alpha: terms.miners,
      validator_alpha: terms.validators,
      root_alpha: terms.root,
    };
  },
  subnet_emission_shares: (given) =>
    subnetShares(list(given.price_ema_i96f32_bits), list(given.miner_burned_u96f32_bits), {
      isEnabled: list(given.enabled).map((flag) => flag !== 0n),
      blockEmission: big(given.block_emission),
    }),
  lock_decay_exp: ({ blocks, tau }) => lockDecay(big(blocks), big(tau)),
  subnet_lock_cost: (given) =>
    lockCost({
      lastLock: big(given.last_lock),
      minLock: big(given.min_lock),
      lastLockBlock: big(given.last_lock_block),
      block: big(given.current_block),
      interval: big(given.interval),
      blockEmission: big(given.block_emission),
    }),
};
