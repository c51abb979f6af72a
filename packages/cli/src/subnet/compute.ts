/** Epochs as this machine computes them: the engine, with the mechanisms' own judges of evidence. */
import type { SubnetReads } from '@souk/chain';
import { computeEpochs, type EpochResult, type EpochsInputs, judgeEvidence } from '@souk/subnets';
import { cliConfigSchema, readSettings } from '../config.ts';
import type { Context } from '../context.ts';
import { mechanismsOf } from './mechanisms.ts';
import type { SubnetPicture } from './state.ts';

export function computeWith(context: Context, reads: SubnetReads) {
  const files = mechanismFilesOf(context);
  return async (inputs: EpochsInputs, picture: SubnetPicture): Promise<readonly EpochResult[]> =>
    computeEpochs(inputs, judgeEvidence(await mechanismsOf(picture, files), reads.domain));
}

/** Of the settings. */
export function mechanismFilesOf(context: Context): readonly string[] {
  return readSettings(context, { cli: cliConfigSchema }).cli.mechanisms;
}
