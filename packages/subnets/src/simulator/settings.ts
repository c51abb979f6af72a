/** A subnet's parameters as the engine takes them, for sweeps that need no mechanism and no chain. */
import { defaultSubnetParams, type SubnetParamName } from '@souk/protocol';
import type { EngineParams } from '../engine/epoch.ts';
import { type Rules, souk } from '../engine/rules.ts';

export type Settings = Partial<Record<SubnetParamName, bigint>>;

/** Bittensor's defaults for a new subnet, where they differ from ours. */
export const bittensorSettings: Settings = { bondsPenalty: 65_535n, isLiquidAlpha: 0n };

export function engineSettings(settings: Settings, rules: Rules = souk): EngineParams {
  const params = { ...defaultSubnetParams, ...settings };
  const liquid = {
    low: Number(params.alphaLow),
    high: Number(params.alphaHigh),
    steepness: Number(params.alphaSteepness),
  };
  return {
    rules,
    kappa: Number(params.kappa),
    bondsPenalty: Number(params.bondsPenalty),
    bondsMovingAverage: Number(params.bondsMovingAverage),
    isYuma3: params.isYuma3 !== 0n,
    liquidAlpha: params.isLiquidAlpha === 0n ? undefined : liquid,
    maxValidators: Number(params.maxValidators),
    minStake: 0n,
    activityCutoff: Number(params.activityEpochs),
  };
}
