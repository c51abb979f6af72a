/**
 * The port every driver implements and `conformance.ts` tests: run the workloads of leases on this machine, isolated.
 * A driver holds no truth about leases; it does what the reconciler says and reports what is. All calls are
 * idempotent. Workloads outlive the daemon's process: after a restart `list()` finds them again.
 */
import type { LeaseId, LogLine, ManifestService, RestartPolicy, ServiceSecrets } from '@souk/protocol';

export type DriverName = 'docker' | 'sandbox' | 'process' | 'mock';

/**
 * What to run for one lease: the group's services, each with an image that is on this machine. A service may be there
 * more than once, in different versions with different replicas: while it is being updated.
 */
export interface WorkloadSpec {
  readonly lease: LeaseId;
  readonly services: readonly ServiceSpec[];
  /** Set in every container beside the service's own env, e.g. SOUK_LEASE, SOUK_URL. */
  readonly env: Readonly<Record<string, string>>;
}

export interface ServiceSpec {
  readonly service: ManifestService;
  readonly image: LocalImage;
  /** Which replicas run this version; 0 to `count - 1` where it is left out. */
  readonly replicas?: readonly number[];
  /** Must reach the workload and no disk, log or command line. Needs `secretsVersion`. */
  readonly secrets?: ServiceSecrets;
  /** Says, without telling anything about them, when the secrets are others: a hash of their sealed form. */
  readonly secretsVersion?: string;
  /** From SIGTERM to SIGKILL; the driver's own where it is left out. */
  readonly stopGraceSeconds?: number;
  /** `always` where it is left out. */
  readonly restart?: RestartPolicy;
}

/** An image that `ensureImage` has put in place. `digest` identifies the exact bytes. */
export interface LocalImage {
  readonly reference: string;
  readonly digest: string;
}

export type ImageSource =
  /** Pull from a registry, with the manifest's credentials. */
  | {
      readonly kind: 'registry';
      readonly reference: string;
      readonly credentials?: ManifestService['credentials'];
    }
  /** A tar of an OCI layout or of `docker save`, already on this disk; its SHA-256 was checked to be `digest`. */
  | { readonly kind: 'archive'; readonly reference: string; readonly path: string; readonly digest: string };

export interface ReplicaStatus {
  readonly service: string;
  readonly replica: number;
  /** `exited`: it ended by itself, and is waiting to be started again where its restart policy says so. */
  readonly state: 'starting' | 'running' | 'exited' | 'stopped';
  readonly restarts: number;
  /** e.g. "exit code 1", "killed: out of memory". */
  readonly lastExit: string | null;
}

export interface WorkloadStatus {
  readonly lease: LeaseId;
  readonly replicas: readonly ReplicaStatus[];
}

/** A persistent volume as a folder of this machine. */
export interface VolumePlace {
  readonly service: string;
  readonly replica: number;
  readonly volume: string;
  readonly path: string;
  /** Its size as it was asked for. */
  readonly bytes: number;
  /** Whom the volume's files must belong to on this machine, so that the workload can use them; null: as they are. */
  readonly owner: { readonly uid: number; readonly gid: number } | null;
}

export interface ReplicaUsage {
  readonly service: string;
  readonly replica: number;
  readonly cpuSeconds: number;
  readonly memoryBytes: number;
  readonly networkRxBytes: number;
  readonly networkTxBytes: number;
  readonly diskBytes: number;
}

/** Where the host can connect to reach a replica's TCP port. */
export type DialTarget =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'unix'; readonly path: string };

export interface ExecOptions {
  readonly service: string;
  readonly replica: number;
  readonly command: readonly string[];
  readonly tty: { readonly cols: number; readonly rows: number } | null;
  readonly signal: AbortSignal;
}

export interface ExecSession {
  /** Chunks as they come; ends after the process has ended. */
  readonly output: AsyncIterable<{ readonly stream: 'stdout' | 'stderr'; readonly bytes: Uint8Array }>;
  write(bytes: Uint8Array): Promise<void>;
  endInput(): Promise<void>;
  resize(cols: number, rows: number): Promise<void>;
  /** Exit code; 128 + n for signal n. */
  readonly exit: Promise<number>;
}

export interface LogOptions {
  readonly service: string | null;
  readonly follow: boolean;
  /** At most the last `tail` lines of the past. */
  readonly tail: number;
  /** Unix milliseconds: lines of earlier seconds are not wanted, so that little of a long past is read. */
  readonly since?: number;
  readonly signal: AbortSignal;
}

export interface Driver extends AsyncDisposable {
  readonly name: DriverName;
  /** Shown on every status page where the driver isolates less than it should; empty where it does all. */
  readonly warnings: readonly string[];
  /** Throws a Fault `driver.unavailable` when the engine does not answer. */
  ping(): Promise<void>;
  /** Throws `driver.image-*` faults. `onProgress` gets 0–100, or null while unknown. */
  ensureImage(
    source: ImageSource,
    options: { readonly signal: AbortSignal; readonly onProgress?: (percent: number | null) => void },
  ): Promise<LocalImage>;
  hasImage(digest: string): Promise<LocalImage | undefined>;
  /**
   * Make what runs for this lease equal to `spec`: create what is missing, restart what has ended and may be restarted,
   * replace what has changed, end what is not wanted, leave the rest. Whatever ends gets SIGTERM, its grace, SIGKILL.
   * Persistent volumes belong to a service's replica and outlast every version of it, until `remove`.
   */
  apply(spec: WorkloadSpec, signal: AbortSignal): Promise<void>;
  /** End all processes of a lease; keep volumes, logs and images. `apply` starts them again. Nothing there is fine. */
  stop(lease: LeaseId): Promise<void>;
  /** Creates the persistent volumes of `spec` and starts nothing: for filling them first. */
  prepareVolumes(spec: WorkloadSpec): Promise<readonly VolumePlace[]>;
  /** All persistent volumes of a lease, of replicas that no longer run too. */
  volumes(lease: LeaseId): Promise<readonly VolumePlace[]>;
  /** Stop and remove all that belongs to a lease: containers, networks, volumes, sockets. Nothing there is fine. */
  remove(lease: LeaseId): Promise<void>;
  /** Everything of ours that exists on this machine, running or not. */
  list(): Promise<readonly WorkloadStatus[]>;
  usage(lease: LeaseId): Promise<readonly ReplicaUsage[]>;
  /** Throws `driver.not-running` where there is nothing to dial. */
  dial(lease: LeaseId, service: string, replica: number, port: number): Promise<DialTarget>;
  /** Kept by the driver across restarts of the workload, up to a bounded size. */
  logs(lease: LeaseId, options: LogOptions): AsyncIterable<LogLine>;
  exec(lease: LeaseId, options: ExecOptions): Promise<ExecSession>;
}
