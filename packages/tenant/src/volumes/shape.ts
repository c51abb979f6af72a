/** The shape of volumes and their snapshots as a tenant sees them. */
import type { Head, Hex, LeaseId, Restore, Snapshot } from '@souk/protocol';

export type HolderAddress = readonly string[];

/** One whole snapshot, and who has it. */
export interface HeldSnapshot extends Head {
  readonly holders: readonly HolderAddress[];
}

/** A persistent volume of one replica. */
export interface VolumeView {
  readonly group: string;
  readonly lease: LeaseId;
  readonly service: string;
  readonly replica: number;
  readonly volume: string;
  /** As asked for. */
  readonly bytes: number;
  /** Seconds between snapshots; null where none were asked for. */
  readonly everySeconds: number | null;
  /** The latest, as the provider says, or as it was last seen. */
  readonly snapshot: Snapshot | null;
  /** All that holders have, newest first; asked for with `isThorough` only. */
  readonly held: readonly HeldSnapshot[];
}

export interface SnapshotsTaken {
  readonly snapshots: readonly Snapshot[];
  /** What is not saved, or not all of it, and why. */
  readonly troubles: readonly string[];
}

/** `group` names that of a deployment that has several. */
export interface VolumeOptions {
  readonly group?: string;
  readonly signal?: AbortSignal;
  /** What is going on, for a person who waits. */
  readonly onProgress?: (text: string) => void;
}

/** Which snapshots: of one root, else the newest of every volume. */
export interface SnapshotChoice extends VolumeOptions {
  readonly root?: Hex;
}

/** All that reading snapshots without a provider takes. `agentKey` may read from the holders on behalf of `lease`. */
export interface SavedVolumes {
  readonly deployment: Hex;
  readonly lease: LeaseId;
  readonly agentKey: Hex;
  readonly snapshotKey: Hex;
  readonly restores: readonly Restore[];
}
