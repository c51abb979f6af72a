/**
 * @souk/protocol: the nouns of the market and their rules. Pure: no I/O, no clock, no Node; runs in a browser.
 * Everything that crosses between machines is defined here and parsed here. Every other room calls it; it calls none.
 */
export { type ComposeImport, type ComposeOptions, importCompose, isComposeFile } from './compose/import.ts';
export {
  capacitySchema,
  type CapacitySummary,
  factsOf,
  summariseCapacity,
  type SummaryHead,
} from './capacity.ts';
export { type Decline, type DeclineReason, declineSchema, describeDecline } from './decline.ts';
export { type Blame, Fault, type FaultCode, type FaultOptions, toFault } from './fault.ts';
export {
  type Address,
  addressSchema,
  asAddress,
  hash32Schema,
  type Hex,
  hexSchema,
  isAddress,
  isSameAddress,
  type LeaseId,
  signatureSchema,
  uintSchema,
  unixSecondsSchema,
  zeroAddress,
  zeroHash,
} from './hex.ts';
export { canonicalJson, encodeJson, type Json } from './json.ts';
export {
  addressOfPublicKeyBytes,
  createKey,
  isSignedBySigner,
  type LocalKey,
  localKey,
  recoverSigner,
  type Signer,
} from './keys.ts';
export {
  hashManifest,
  type Manifest,
  type ManifestExpose,
  type ManifestGroup,
  manifestGroupSchema,
  type ManifestResources,
  type ManifestService,
} from './manifest.ts';
export {
  fit,
  type GpuKind,
  isGpuWished,
  type MarketWish,
  type OrderTerms,
  pickGpus,
  type ProviderFacts,
  type TakenTerms,
} from './market-fit.ts';
export {
  type Acceptance,
  type Amendment,
  type Bid,
  type Close,
  digestOf,
  domainSeparator,
  type Head,
  hashMessage,
  leaseIdOf,
  type MarketDomain,
  type MessageName,
  type Messages,
  messageTypes,
  type Order,
  orderSchema,
  type Ready,
  type Signed,
  signedAcceptanceSchema,
  signedAmendmentSchema,
  signedBidSchema,
  signedCloseSchema,
  signedHeadSchema,
  signedOrderSchema,
  signedReadySchema,
} from './messages.ts';
export {
  collectableAt,
  formatAmount,
  fundedUntil,
  hoursPerMonth,
  secondsPerHour,
  type LeaseMeter,
  owedAt,
  parseAmount,
  pausedRateOf,
} from './money.ts';
export { type PriceList, priceListSchema, priceOf, priceScale, samplePriceOf } from './prices.ts';
export {
  endpointKinds,
  hashRequirements,
  manifestMatchesRequirements,
  type PlacementWish,
  type Requirements,
  requirementsOfManifest,
  requirementsSchema,
  totalResources,
} from './requirements.ts';
export {
  addResources,
  type GpuWish,
  noResources,
  type ResourceName,
  type Resources,
  type ResourceUnit,
  type Shortage,
  shortages,
  type StorageWish,
  subtractResources,
  totalOfUnit,
} from './resources.ts';
export {
  type GroupSecrets,
  groupSecretsSchema,
  type HealthProbe,
  healthProbeSchema,
  type LogForward,
  logForwardSchema,
  plainRuntime,
  type Restore,
  restoreSchema,
  type RestartPolicy,
  restartPolicies,
  type Runtime,
  runtimeSchema,
  type Sealed,
  sealedSchema,
  type ServiceSecrets,
  type SnapshotPlan,
} from './runtime.ts';
export { publicKeyOfSigner, seal, unseal } from './sealed.ts';
export {
  type HolderAnswer,
  holderAnswerSchema,
  type HolderRefusal,
  type HolderRefused,
  leaseSnapshotProtocol,
  maxBlobBytes,
  maxBlobNames,
  maxSnapshotBlobs,
  snapshotGetProtocol,
  snapshotHasProtocol,
  snapshotHeadProtocol,
  snapshotHeadsProtocol,
  snapshotPutProtocol,
} from './snapshots.ts';
export { isInMerkleTree, type MerkleTree, merkleTree } from './merkle.ts';
export {
  defaultSubnetParams,
  type SubnetParam,
  type SubnetParamName,
  subnetParams,
  type SubnetParams,
} from './subnet-params.ts';
export { hashText, keccak } from './hash.ts';
export {
  type GroupEntry,
  groupEntrySchema,
  maxEvidenceBytes,
  maxTasksPerEpoch,
  type Opening,
  openingSchema,
  scoreSchema,
} from './subnet-evidence.ts';
export {
  type CommitParts,
  hashCommit,
  hashPermits,
  hashPrunable,
  hashReward,
  hashWeights,
} from './subnet-hashes.ts';
export {
  attestationsTopic,
  maxTaskBytes,
  signedEpochAttestationSchema,
  signedSubnetResponseSchema,
  signedSubnetTaskSchema,
  subnetTaskProtocol,
  type TaskRefusal,
} from './subnet-wire.ts';
export {
  decodeWeights,
  encodeWeights,
  type EpochAttestation,
  epochAttestationSchema,
  epochNumberSchema,
  fullWeight,
  registrationIdSchema,
  subnetIdSchema,
  type SubnetResponse,
  type SubnetTask,
  type Weight,
} from './subnets.ts';
export {
  acceptProtocol,
  type AcceptRequest,
  bidProtocol,
  capacityTopic,
  eventsProtocol,
  execProtocol,
  forwardProtocol,
  type GossipTopic,
  type ImageBlob,
  imageBlobSchema,
  imageProtocol,
  type LeaseEvent,
  leaseEventSchema,
  type LeasePhase,
  type LeaseRefusal,
  type LeaseStatus,
  type LogLine,
  logLineSchema,
  logsProtocol,
  type Offer,
  type OrderEnvelope,
  ordersTopic,
  type Refused,
  type ServiceStatus,
  signedProtocol,
  type Snapshot,
  snapshotSchema,
  statusProtocol,
  type StreamAnswer,
  streamAnswerSchema,
  type StreamProtocol,
  type UnaryProtocol,
  updateProtocol,
  type UpdateStatus,
  updateStrategies,
  type UpdateStrategy,
} from './wire.ts';
export type { GroupSpec } from './sdl/group-spec.ts';
export { formatSdlIssue, type SdlIssue } from './sdl/issue.ts';
export { type CeilingPerHour, ceilingPerHour, sdlBlockSeconds, type ServiceCeiling } from './sdl/pricing.ts';
export {
  readSdl,
  type ReadSdlOptions,
  type SdlCheck,
  sdlCheckJson,
  type SdlResult,
  type Workload,
  type WorkloadGroup,
} from './sdl/read.ts';
export { workloadJsonSchema } from './sdl/json-schema.ts';
export { runtimeOf } from './sdl/runtime-of.ts';
export type { SecretWish, SnapshotWish, UpdateWish, XSouk } from './sdl/x-souk.ts';
export { type Clock, type Log, silentLog, systemClock } from './ports.ts';
