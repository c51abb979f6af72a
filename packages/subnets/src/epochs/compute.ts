/**
 * An epoch from the chain's events: the one door to it. Pure: the same inputs give the same result on every machine, in
 * whatever order the events come. It asks nobody, stores nothing, and knows of mechanisms only what the judge of evidence says.
 */
import type { EpochFacts, EpochInputs, EpochResult, JudgeEvidence } from './epoch.ts';

/** Throws where the inputs contradict each other: another epoch before, events of which the subnet's making is missing. */
export function computeEpoch(inputs: EpochInputs, judge: JudgeEvidence): EpochResult {
  const { epoch, facts } = inputs;
  const [result] = computeEpochs({ ...inputs, from: epoch, facts: [facts] }, judge);
  return result!;
}

export interface EpochsInputs extends Omit<EpochInputs, 'epoch' | 'blocks' | 'facts'> {
  /** The first one to compute. */
  readonly from: number;
  /** Of that epoch and of those after it. */
  readonly facts: readonly EpochFacts[];
}

/** Several epochs in a row, for the cost of reading the events once. */
export function computeEpochs(_inputs: EpochsInputs, _judge: JudgeEvidence): readonly EpochResult[] {
  throw new RangeError('not there yet');
}
