/**
 * Bittensor's formulas around its epochs, bit for bit: stake with root's, an epoch's emission by shares, block emission, prices,
 * splits. The simulator sets its rules beside ours; conformance checks every one. Amounts are its smallest unit.
 */
import type { Consensus } from './epoch.ts';
import { sumOf } from './fixed.ts';
import { saturate128, wideDiv, wideOne } from './wide.ts';

const maxU64 = (1n << 64n) - 1n;

/** alpha + root · taoWeight/(2^64 − 1), as I64F64. */
export function stakeWithRoot(alpha: bigint, root: bigint, taoWeight: bigint): bigint {
  const weight = ((taoWeight << 32n) / maxU64) << 32n;
  return saturate128(saturate128(alpha << 64n) + saturate128((saturate128(root << 64n) * weight) >> 64n));
}

export interface EmissionSplit {
  readonly server: readonly bigint[];
  readonly validator: readonly bigint[];
  readonly combined: readonly bigint[];
}

/** By share of incentive and dividends; by stake where nobody earned either. All floors. */
export function splitEmission(
  { incentive, dividends, stake, activeStake }: Consensus,
  emission: bigint,
): EmissionSplit {
  const incentives = toBigInts(incentive);
  const earned = toBigInts(dividends).map((dividend, uid) => dividend + (incentives[uid] ?? 0n));
  const total = earned.reduce((sum, value) => sum + value, 0n);
  const pay = (shares: readonly bigint[]) => shares.map((share) => (share * emission) / wideOne);
  if (total === 0n) {
    const byStake = pay(toBigInts(sumOf(activeStake) === 0 ? stake : activeStake));
    return { server: pay(incentives), validator: byStake, combined: byStake };
  }
  const share = (values: readonly bigint[]) => pay(values.map((value) => wideDiv(value, total)));
  return { server: share(incentives), validator: share(toBigInts(dividends)), combined: share(earned) };
}

function toBigInts(values: Float64Array): readonly bigint[] {
  return Array.from(values, (value) => BigInt(value));
}

const u16 = 65_535n;
const totalSupply = 21_000_000_000_000_000n;
const fullBlockEmission = 1_000_000_000n;

/** Halved each time that half of what was left is out. */
export function blockEmission(issuance: bigint): bigint {
  if (issuance >= totalSupply) return 0n;
  const left = wideOne - (issuance << 32n) / totalSupply;
  let inverse = (1n << 64n) / left;
  let emission = fullBlockEmission;
  while (inverse >= 2n * wideOne) {
    inverse = (inverse >> 1n) + (inverse & 1n);
    emission /= 2n;
  }
  return emission;
}

interface Limits {
  readonly min: bigint;
  readonly max: bigint;
}

/** f of 2^32 such that f^halfLife is one half. */
export function burnDecayFactor(halfLifeBlocks: bigint): bigint {
  if (halfLifeBlocks === 0n) return wideOne;
  let low = 0n;
  let high = wideOne;
  while (low + 1n < high) {
    const middle = (low + high) >> 1n;
    if (powQ32(middle, halfLifeBlocks) > wideOne / 2n) high = middle;
    else low = middle;
  }
  return low;
}

function powQ32(base: bigint, exponent: bigint): bigint {
  let result = wideOne;
  let factor = base;
  for (let power = exponent; power > 0n; power >>= 1n) {
    if (power & 1n) result = (result * factor) >> 32n;
    factor = (factor * factor) >> 32n;
  }
  return result;
}

/** Price of a registration one block later. */
export function decayBurn(burn: bigint, factor: bigint, limits: Limits): bigint {
  return within((burn * factor) >> 32n, limits);
}

/** Price after a registration; `multiplier` as U64F64. */
export function burnBump(burn: bigint, multiplier: bigint, limits: Limits): bigint {
  return within((burn * multiplier) >> 64n, limits);
}

function within(value: bigint, { min, max }: Limits): bigint {
  if (value < min) return min;
  return value > max ? max : value;
}

/** Evenly where no split is set; what is left over goes to the first. */
export function splitMechanisms(
  amount: bigint,
  mechanisms: number,
  split: readonly bigint[],
): readonly bigint[] {
  const even = amount / BigInt(Math.max(1, mechanisms));
  const parts = Array.from({ length: mechanisms }, (_, mechanism) =>
    split.length === 0 ? even : (amount * (split[mechanism] ?? 0n)) / u16,
  );
  const rest = amount - parts.reduce((sum, part) => sum + part, 0n);
  return parts.map((part, mechanism) => (mechanism === 0 && rest > 0n ? part + rest : part));
}

/** Moving average of a token's price, capped at 1: the slower, the younger the subnet. Price as U64F64, the rest I96F32. */
export function priceAverage(
  before: bigint,
  price: bigint,
  {
    alpha,
    blocks,
    halvingBlocks,
  }: { readonly alpha: bigint; readonly blocks: bigint; readonly halvingBlocks: bigint },
): bigint {
  const one = 1n << 64n;
  const age = blocks + halvingBlocks === 0n ? 0n : (blocks << 64n) / (blocks + halvingBlocks);
  const speed = ((alpha << 32n) * age) >> 64n;
  const capped = price > one ? one : price;
  return (((speed * capped) >> 64n) + (((one - speed) * (before << 32n)) >> 64n)) >> 32n;
}

/** Of all stake, what root's weighs; U96F32. */
export function rootProportion(rootTao: bigint, taoWeight: bigint, alphaIssuance: bigint): bigint {
  const weighed = rootTao * ((taoWeight << 32n) / maxU64);
  const all = weighed + (alphaIssuance << 32n);
  return all === 0n ? 0n : (weighed << 32n) / all;
}

export interface BlockTerms {
  readonly taoIn: bigint;
  readonly alphaIn: bigint;
  readonly excessTao: bigint;
  readonly alphaOut: bigint;
  readonly ownerCut: bigint;
  readonly miners: bigint;
  readonly validators: bigint;
  readonly root: bigint;
}

/** What a block puts into a subnet's pool and out to its people. Price and proportion as U96F32, the cut as u16. */
export function subnetBlockTerms(given: {
  readonly taoEmission: bigint;
  readonly price: bigint;
  readonly alphaEmission: bigint;
  readonly rootProportion: bigint;
  readonly ownerCut: bigint;
}): BlockTerms {
  const tao = given.taoEmission << 32n;
  const alphaOut = given.alphaEmission << 32n;
  const wished = given.price === 0n ? 0n : (tao << 32n) / given.price;
  const most = (given.rootProportion * alphaOut) >> 32n;
  const alphaIn = wished > most ? most : wished;
  const taoIn = wished > most ? (alphaIn * given.price) >> 32n : tao;
  const ownerCut = (alphaOut * ((given.ownerCut << 32n) / u16)) >> 32n;
  const rest = alphaOut - ownerCut;
  const miners = rest >> 1n;
  const root = ((given.rootProportion * rest) >> 32n) >> 1n;
  const floor = (value: bigint) => value >> 32n;
  return {
    taoIn: floor(taoIn),
    alphaIn: floor(alphaIn),
    excessTao: floor(tao > taoIn ? tao - taoIn : 0n),
    alphaOut: given.alphaEmission,
    ownerCut: floor(ownerCut),
    miners: floor(miners),
    validators: floor(rest - miners - root),
    root: floor(root),
  };
}

/** Each subnet's share as U64F64, by price and by what its miners do not burn, with what a block brings it. */
export function subnetShares(
  prices: readonly bigint[],
  burned: readonly bigint[],
  {
    isEnabled,
    blockEmission: emission,
  }: { readonly isEnabled: readonly boolean[]; readonly blockEmission: bigint },
): readonly (readonly [share: bigint, emission: bigint])[] {
  const byPrice = sharesOf(prices.map((price) => price << 32n));
  const kept = byPrice.map((share, index) => {
    const unburned = burned[index]! > wideOne ? 0n : wideOne - burned[index]!;
    return (share * unburned) >> 32n;
  });
  const shares = sumAll(kept) === 0n ? byPrice : sharesOf(kept);
  const counted = shares.map((share, index) => (isEnabled[index] ? share : 0n));
  const final = isEnabled.every(Boolean) ? shares : sharesOf(counted);
  return final.map((share) => [share, (share * emission) >> 64n] as const);
}

function sharesOf(values: readonly bigint[]): readonly bigint[] {
  const sum = sumAll(values);
  return values.map((value) => (sum === 0n ? 0n : (value << 64n) / sum));
}

function sumAll(values: readonly bigint[]): bigint {
  return values.reduce((sum, value) => sum + value, 0n);
}

/** e^(−blocks/tau) as U64F64; no less than e^−40. */
export function lockDecay(blocks: bigint, tau: bigint): bigint {
  const exact = tau === 0n ? 40n << 64n : (blocks << 64n) / tau;
  const size = exact > 40n << 64n ? 40n << 64n : exact;
  if (size === 0n) return 1n << 64n;
  let sum = size + (1n << 64n);
  let term = size;
  for (let i = 2n; i < 64n; i += 1n) {
    term = ((term * size) >> 64n) / i;
    sum += term;
  }
  return (1n << 128n) / sum;
}

/** Price of a subnet: twice the last, falling in a straight line over the interval, which shrinks as emission halves. */
export function lockCost(given: {
  readonly lastLock: bigint;
  readonly minLock: bigint;
  readonly lastLockBlock: bigint;
  readonly block: bigint;
  readonly interval: bigint;
  readonly blockEmission: bigint;
}): bigint {
  const { lastLock, minLock, lastLockBlock, block } = given;
  const interval = (given.interval * ((given.blockEmission << 64n) / fullBlockEmission)) >> 64n;
  const fall =
    interval === 0n ? 0n : (lastLock / interval) * (block > lastLockBlock ? block - lastLockBlock : 0n);
  const cost = lastLock * (lastLockBlock === 0n ? 1n : 2n) - fall;
  return cost < minLock ? minLock : cost;
}
