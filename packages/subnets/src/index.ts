/**
 * @souk/subnets: markets paid by quality. A mechanism says what miners do and what it is worth; validators score, the
 * engine turns their weights into rewards, and whoever comes first posts what two thirds of the stake have signed. It
 * must never trust a peer's word for what the chain's events can say, nor compute an epoch from anything else. The cli
 * starts miners and validators; anybody may call the engine.
 */
export type {
  Limits,
  Mechanism,
  ObserveContext,
  RunContext,
  Scored,
  SeededRandom,
  TaskContext,
} from './mechanisms/mechanism.ts';
export type {
  BondRow,
  Carried,
  EpochBlocks,
  EpochFacts,
  EpochInputs,
  EpochResult,
  EvidenceCase,
  EvidenceVerdict,
  JudgeEvidence,
  MechanismResult,
  MinerResult,
  ValidatorResult,
} from './epochs/epoch.ts';
export { type Consensus, epoch, type EngineParams, type Snapshot } from './engine/epoch.ts';
export { souk as soukRules } from './engine/rules.ts';
export { fromRows } from './engine/sparse.ts';
export { computeEpoch, computeEpochs, type EpochsInputs } from './epochs/compute.ts';
export { engineVersion } from './epochs/inputs.ts';
export { decodeResult, encodeResult } from './epochs/encode.ts';
export {
  explainMiner,
  type MechanismExplanation,
  type Metagraph,
  metagraphOf,
  type MetagraphMiner,
  type MinerExplanation,
  type Vote,
} from './epochs/explain.ts';
export { attestationOf, claimOf, type RewardClaim } from './epochs/rewards.ts';
export { blocksOf, epochAt, type Tempo } from './epochs/blocks.ts';
export { defineMechanism, mechanismsNamed, versionOf } from './mechanisms/define.ts';
export { seededRandom } from './mechanisms/random.ts';
export { computeMechanism } from './mechanisms/compute.ts';
export { dataMechanism } from './mechanisms/data.ts';
export {
  type MinerConfig,
  minerConfigSchema,
  type ValidatorConfig,
  validatorConfigSchema,
} from './config.ts';
export { type Miner, type MinerDeps, type MinerStatus, startMiner } from './miner/miner.ts';
export type { PruningRisk } from './miner/pruning.ts';
export { judgeEvidence } from './validator/evidence/judge.ts';
export { createAttestationRelay, type RelayDeps } from './validator/attestation-relay.ts';
export type { AttestedField } from './validator/attestations.ts';
export type { Difference } from './validator/epochs.ts';
export type { EpochWindow, ValidatorStatus } from './validator/status.ts';
export { startValidator, type Validator, type ValidatorDeps } from './validator/validator.ts';
export { type Actor as SimulationActor, actors as simulationActors } from './simulator/cast.ts';
export { simulationDefaults, type SimulationOptions } from './simulator/options.ts';
export type { ActorReport, SimulationReport } from './simulator/report.ts';
export { simulate } from './simulator/simulate.ts';
