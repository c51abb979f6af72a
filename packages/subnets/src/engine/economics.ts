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
