/** Maps that need the engine only, beside figures of others (their sources: docs/subnets-report.md). */
import { bittensor, souk } from '../../src/engine/rules.ts';
import { utilityNeeded } from '../../src/simulator/cabal-map.ts';
import { meanCopier } from '../../src/simulator/copier-map.ts';
import { bittensorSettings, engineSettings, type Settings } from '../../src/simulator/settings.ts';
import { churns } from './live.ts';

export const lags = [0, 1, 2, 4] as const;
const seeds = [1, 2, 3, 4];

interface CopierSetting {
  readonly name: string;
  readonly settings: Settings;
  /** By churn, then by lag. */
  readonly studied?: Readonly<Record<number, readonly number[]>>;
}

const copierSettings: readonly CopierSetting[] = [
  {
    name: 'Yuma3, β = 1',
    settings: bittensorSettings,
    studied: {
      0: [1.06, 1.04, 1.04, 1.04],
      0.02: [1.06, 1.02, 1.01, 0.98],
      0.1: [1.06, 0.96, 0.89, 0.8],
      0.3: [1.06, 0.84, 0.72, 0.59],
    },
  },
  {
    name: 'liquid, β = 1',
    settings: { bondsPenalty: 65_535n, isLiquidAlpha: 1n },
    studied: { 0.02: [1.06, 1.02, 1.01, 1.0], 0.1: [1.06, 0.97, 0.92, 0.84] },
  },
  { name: 'liquid, β = ½', settings: { bondsPenalty: 32_767n, isLiquidAlpha: 1n } },
  {
    name: 'liquid, β = 0',
    settings: { bondsPenalty: 0n, isLiquidAlpha: 1n },
    studied: { 0.02: [1.0, 0.99, 0.99, 0.98] },
  },
  { name: 'Yuma3, β = 0', settings: { bondsPenalty: 0n, isLiquidAlpha: 0n } },
];

/** Nothing has to be shown. */
export function copierRows() {
  return copierSettings.flatMap(({ name, settings, studied }) =>
    churns.map((churn) => ({
      name,
      churn,
      ratios: lags.map((lag) => meanCopier({ churn, lag, settings, asksEvidence: false }, seeds).ratio),
      studied: studied?.[churn],
    })),
  );
}

/** Bonds' speed: what a copier of one epoch ago gets, and how even honest validators are. */
export function bondRows() {
  const kinds: readonly (readonly [string, Settings])[] = [
    ['moving average 0.5', { isLiquidAlpha: 0n, bondsMovingAverage: 500_000n }],
    ['moving average 0.9', { isLiquidAlpha: 0n, bondsMovingAverage: 900_000n }],
    ['moving average 0.975', { isLiquidAlpha: 0n, bondsMovingAverage: 975_000n }],
    ['liquid 0.1 … 0.3', { isLiquidAlpha: 1n, alphaLow: 6_554n, alphaHigh: 19_660n }],
    ['liquid 0.4 … 0.6', { isLiquidAlpha: 1n, alphaLow: 26_214n, alphaHigh: 39_321n }],
    ['liquid 0.7 … 0.9', { isLiquidAlpha: 1n, alphaLow: 45_875n, alphaHigh: 58_982n }],
    ['liquid 0.9 … 0.98', { isLiquidAlpha: 1n, alphaLow: 58_982n, alphaHigh: 64_224n }],
    ['original rule', { isYuma3: 0n, isLiquidAlpha: 0n }],
  ];
  return kinds.map(([name, settings]) => {
    const at = (churn: number, lag: number) =>
      meanCopier(
        { churn, lag, settings: { bondsPenalty: 0n, ...settings }, asksEvidence: false },
        seeds.slice(0, 2),
      );
    return {
      name,
      still: at(0.02, 1).ratio,
      moving: at(0.1, 1).ratio,
      quick: at(0.3, 4).ratio,
      spread: at(0.1, 1).spread,
    };
  });
}

const honestStakes = [0.4, 0.51, 0.55, 0.6, 0.7] as const;
const subjectivities = [0, 0.2, 0.4] as const;

interface CabalSetting {
  readonly name: string;
  readonly settings: Settings;
  /** At 60 % of stake, by subjectivity. */
  readonly published?: readonly (number | undefined)[];
}

const original: Settings = { isYuma3: 0n, isLiquidAlpha: 0n, kappa: 32_767n };
const cabalSettings: readonly CabalSetting[] = [
  { name: 'Yuma, β = 1', settings: { ...original, bondsPenalty: 65_535n }, published: [0.6, 0.67, 0.73] },
  {
    name: 'Yuma, β = ½',
    settings: { ...original, bondsPenalty: 32_767n },
    published: [undefined, undefined, 0.76],
  },
  {
    name: 'Yuma, β = 0',
    settings: { ...original, bondsPenalty: 0n },
    published: [undefined, undefined, 0.78],
  },
  { name: 'Souk’s defaults', settings: {} },
  { name: 'Souk, β = 1', settings: { bondsPenalty: 65_535n } },
  { name: 'Souk, κ = 0.4', settings: { kappa: 26_214n } },
  { name: 'Souk, κ = 0.6', settings: { kappa: 39_321n } },
];

/** Utility that honest miners need for the honest side to keep its share of stake. */
export function cabalRows() {
  return cabalSettings.flatMap(({ name, settings, published }) =>
    honestStakes.map((honestStake) => ({
      name,
      honestStake,
      needed: subjectivities.map((subjectivity) => {
        const rules =
          settings.isYuma3 === 0n ? { ...bittensor, masksSlots: false, permits: 'now' as const } : souk;
        return utilityNeeded({ seed: 1, params: engineSettings(settings, rules), honestStake, subjectivity });
      }),
      published: honestStake === 0.6 ? published : undefined,
    })),
  );
}
