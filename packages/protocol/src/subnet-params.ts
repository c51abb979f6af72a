/**
 * A subnet's parameters: one table of names, bounds, defaults. The contract knows them by their place in this list and
 * holds the same bounds (a test compares); a change takes effect with the next epoch. Defaults are those that
 * docs/subnets-report.md justifies. Shares are u16 of 65535, amounts in SOUK's smallest unit.
 */
export interface SubnetParam {
  readonly name: string;
  readonly min: bigint;
  readonly max: bigint;
  readonly default: bigint;
  readonly about: string;
}

const souk = 10n ** 18n;

const table = [
  ['maxMiners', 1n, 4096n, 256n, 'slots for miners'],
  ['immunityBlocks', 0n, 10_000_000n, 5_000n, 'blocks for which a new registration is not pruned'],
  ['collateral', 0n, 10n ** 6n * souk, 10n * souk, 'locked by a registration, returned when it ends'],
  ['minPrice', 0n, 10n ** 6n * souk, souk / 100n, 'least price of a registration, which is burned'],
  ['maxPrice', souk / 1000n, 10n ** 9n * souk, 1_000n * souk, 'greatest price of a registration'],
  ['priceHalfLifeBlocks', 1n, 10_000_000n, 360n, 'blocks in which the price halves'],
  [
    'priceStepBps',
    10_000n,
    30_000n,
    12_600n,
    'price after a registration, in hundredths of a percent of the one before',
  ],
  ['isRegistrationOpen', 0n, 1n, 1n, 'whether new miners may register'],
  ['maxValidators', 1n, 64n, 64n, 'permits for validators'],
  ['minStake', 0n, 10n ** 9n * souk, souk, 'stake below which a validator counts for nothing'],
  [
    'activityEpochs',
    1n,
    1_000n,
    3n,
    'epochs after its last reveal for which a validator’s stake still counts',
  ],
  ['kappa', 1n, 65_535n, 32_767n, 'share of stake that agrees on a weight'],
  ['bondsPenalty', 0n, 65_535n, 0n, 'how far bonds follow the clipped weights'],
  ['bondsMovingAverage', 0n, 975_000n, 900_000n, 'millionths of a bond kept from one epoch to the next'],
  ['isYuma3', 0n, 1n, 1n, 'bonds per pair; 0 is the original rule'],
  ['isLiquidAlpha', 0n, 1n, 1n, 'bonds move faster where a weight differs from consensus'],
  ['alphaLow', 1_638n, 65_535n, 45_875n, 'slowest movement of a bond under liquid alpha'],
  ['alphaHigh', 1_638n, 65_535n, 58_982n, 'fastest movement of a bond under liquid alpha'],
  ['alphaSteepness', 1n, 32_767n, 1_000n, 'hundredths of the steepness between the two'],
  ['evidenceDraws', 1n, 16n, 4n, 'entries of its score log that a validator must open each epoch'],
  ['minVersion', 0n, 0xffff_ffffn, 0n, 'version of the mechanism below which weights do not count'],
  ['ownerCut', 0n, 11_796n, 11_796n, 'share of a budget that goes to the owner'],
  [
    'minersShare',
    0n,
    65_535n,
    32_767n,
    'share of the rest that goes to miners; the others are validators and their delegators',
  ],
  ['mechanismCount', 1n, 4n, 1n, 'mechanisms with weights of their own'],
  ['mechanismSplit1', 0n, 65_535n, 0n, 'share of mechanism 1; mechanism 0 has what the others leave'],
  ['mechanismSplit2', 0n, 65_535n, 0n, 'share of mechanism 2'],
  ['mechanismSplit3', 0n, 65_535n, 0n, 'share of mechanism 3'],
  ['serveIntervalBlocks', 0n, 100_000n, 5n, 'least blocks between two changes of a miner’s endpoints'],
  ['pruneEpochs', 1n, 64n, 4n, 'last epochs whose rewards decide who is pruned'],
] as const;

export type SubnetParamName = (typeof table)[number][0];
export type SubnetParams = Readonly<Record<SubnetParamName, bigint>>;

/** In the order of the contract's keys. */
export const subnetParams: readonly (SubnetParam & { readonly name: SubnetParamName })[] = table.map(
  ([name, min, max, standard, about]) => ({ name, min, max, default: standard, about }),
);

export const defaultSubnetParams = Object.fromEntries(
  subnetParams.map((param) => [param.name, param.default]),
) as SubnetParams;
