/** The shape of an update as its callers see it; nothing here runs. */
import type { LeaseId, LeaseRefusal, LeaseStatus, UpdateStrategy } from '@souk/protocol';
import type { DeploymentGroup } from '../deployment.ts';
import type { KeptGroup } from '../wish.ts';

/** What a deployment would become, priced. Nothing has happened yet. */
export interface PlannedUpdate {
  readonly name: string;
  /** Those that change; none where all runs as it is wished already. */
  readonly groups: readonly PlannedGroup[];
}

export interface PlannedGroup {
  readonly group: string;
  readonly lease: LeaseId;
  /** What runs; undefined where it was not kept. */
  readonly before: KeptGroup | undefined;
  readonly after: KeptGroup;
  /** Per hour, in the token's smallest unit. */
  readonly rate: { readonly before: bigint; readonly after: bigint };
  /** Those that the provider has room for now, the one it would take first. */
  readonly strategies: readonly UpdateStrategy[];
  /** The one that is taken unless another is asked for: the wish's own where it fits. */
  readonly strategy: UpdateStrategy;
  /** `agent`: it costs no more than before. `nobody`: it is under way, or done, already. */
  readonly signs: 'wallet' | 'agent' | 'nobody';
  /** Starts at once. */
  apply(options?: ApplyOptions): Updating;
}

export interface ApplyOptions {
  readonly strategy?: UpdateStrategy;
  /** For each step. */
  readonly healthySeconds?: number;
  readonly canaryReplicas?: number;
  readonly bakeSeconds?: number;
  /** Stops following; the provider goes on. */
  readonly signal?: AbortSignal;
}

export type UpdateStep =
  | { readonly step: 'asking'; readonly strategy: UpdateStrategy }
  | { readonly step: 'accepted' }
  | {
      readonly step: 'sending-image';
      readonly image: string;
      readonly sentBytes: number;
      readonly bytes: number;
    }
  | { readonly step: 'working'; readonly percent: number | null; readonly detail: string }
  | { readonly step: 'rolled-back'; readonly detail: string }
  | { readonly step: 'updated'; readonly rate: bigint; readonly urls: readonly string[] };

export type UpdateFailure =
  | LeaseRefusal
  /** Nothing of the lease has changed, and what ran before runs again. */
  | 'rolled-back'
  /** Nobody knows yet how it ended. */
  | 'unreachable'
  | 'upload-failed'
  | 'closed-meanwhile';

export type UpdateResult =
  | { readonly ok: true; readonly group: DeploymentGroup; readonly status: LeaseStatus }
  | { readonly ok: false; readonly reason: UpdateFailure; readonly detail: string };

export interface Updating {
  /** Everything so far, then live; ends when `result` is there. */
  steps(): AsyncIterable<UpdateStep>;
  readonly result: Promise<UpdateResult>;
}
