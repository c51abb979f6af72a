/**
 * @souk/tenant: the buying side as a library: order, collect and rank bids, accept, wait until the workload is ready,
 * use it, watch it, close it. Runs in a browser too. It must never ask the wallet for more than one signature per
 * lease, never keep a manifest or the wallet's key, and never be able to pay twice for one name. The CLI, the console
 * and the rooms above construct it with `createTenant` and drive it.
 */
export type {
  OfferRefusal,
  OfferSeen,
  OperatorDeclines,
  RankedBid,
  Reliability,
  VerifiedBid,
} from './bids/offer.ts';
export type { Counterfactual } from './bids/counterfactuals.ts';
export {
  type DeclineGroup,
  explainOrder,
  type Explanation,
  type NoBidReason,
  noBidReasons,
} from './bids/explain.ts';
export { askedOf, type KnownProvider, knownProviders } from './bids/known.ts';
export { rankBids, type RankingPolicy } from './bids/rank.ts';
export { type Relaxation, relaxAll } from './bids/relax.ts';
export {
  describeReliability,
  type LeaseEnding,
  type LeaseOutcome,
  minimumFeesOf,
  outcomesOf,
  recordOf,
} from './bids/record.ts';
export { type TenantConfig, tenantConfigSchema } from './config.ts';
export {
  type AcceptedBid,
  type Deployment,
  type DeploymentGroup,
  deploymentNameSchema,
  deploymentSchema,
  type DeploymentStatus,
  deploymentStatus,
  type DeploymentStore,
  type GroupPhase,
  type LeaseReceipt,
  type PastLease,
  type Place,
} from './deployment.ts';
export {
  type Diagnosis,
  diagnose,
  type Evidence,
  type Facts,
  type Verdict,
  worstOf,
} from './doctor/diagnose.ts';
export { createTenant } from './tenant.ts';
export { checkRights } from './watch/standby.ts';
export type {
  HeldSnapshot,
  SavedVolumes,
  SnapshotChoice,
  SnapshotsTaken,
  VolumeOptions,
  VolumeView,
} from './volumes/shape.ts';
export type {
  ApplyOptions,
  PlannedGroup,
  PlannedUpdate,
  UpdateFailure,
  UpdateResult,
  UpdateStep,
  Updating,
} from './updates/shape.ts';
export { type KeptGroup, type KeptWish, keptWishSchema, type WishStore } from './wish.ts';
export { keepWish } from './orders/keep.ts';
export type {
  Auction,
  Auctions,
  Delegation,
  DeploymentView,
  ExecOptions,
  ExecSession,
  ForwardedConnection,
  ForwardOptions,
  GroupChoice,
  GroupStatus,
  LogsOptions,
  NotMovedReason,
  Opening,
  OpeningFailure,
  OpeningResult,
  OpeningStep,
  OrderWish,
  Tenant,
  TenantDeps,
  TenantWriter,
  WaitForBids,
  WatchNews,
  WorkloadGroup,
} from './types.ts';
