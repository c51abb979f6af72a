/** What the driver and a replica's supervisor tell each other, as files in the replica's folder. Types only. */

/** `plan.json`, written by the driver before the supervisor starts. */
export interface ReplicaPlan {
  readonly lease: string;
  readonly service: string;
  readonly replica: number;
  /** Of what is wanted; another hash makes another replica. */
  readonly hash: string;
  readonly folder: string;
  readonly rootfs: string;
  readonly command: readonly string[];
  readonly env: readonly string[];
  readonly workingDir: string;
  readonly hostname: string;
  /** Inside the sandbox. */
  readonly uid: number;
  readonly gid: number;
  readonly isolation: Isolation | null;
  readonly mounts: readonly PlannedMount[];
  /** Ports that may be dialled, each at its socket; `inside` is where the workload listens. */
  readonly ports: readonly { readonly port: number; readonly inside: number; readonly socket: string }[];
  readonly links: readonly PlannedLink[];
  readonly limits: {
    readonly cpuMilli: number;
    readonly memoryBytes: number;
    readonly diskBytes: number;
    readonly pids: number;
  };
  readonly cgroup: PlannedCgroup | null;
  /** Of one of the two log files. */
  readonly logFileBytes: number;
  readonly stopGraceMs: number;
  readonly restart: 'always' | 'on-failure' | 'never';
}

export interface Isolation {
  readonly bwrap: string;
  /** Set where the supervisor is root: who the workload is on the host. */
  readonly hostUser: { readonly uid: number; readonly gid: number } | null;
  /** `copy`: the kernel lets us mount no overlay. */
  readonly root: 'overlay' | 'copy';
  /** A seccomp program. */
  readonly filter: string | null;
  readonly hasInternet: boolean;
  /** Networks that the workload must not reach even though it has internet. */
  readonly blockedNetworks: readonly string[];
}

export interface PlannedMount {
  readonly path: string;
  /** Null: in memory. */
  readonly source: string | null;
  readonly bytes: number;
  readonly isReadOnly: boolean;
  /** Counts against the disk limit of the replica; otherwise against its own size. */
  readonly isEphemeral: boolean;
}

/** Another service, as a replica finds it: connections to `address:inside` go to the sockets of its replicas. */
export interface PlannedLink {
  readonly name: string;
  readonly port: number;
  readonly address: string;
  readonly inside: number;
  /** Sockets of the target's replicas are `<folder>/<prefix>.<replica>.<port>`. */
  readonly sockets: { readonly folder: string; readonly prefix: string; readonly port: number };
}

/** Files of the replica's cgroups. */
export interface PlannedCgroup {
  /** A process that writes 0 here is in. */
  readonly join: readonly string[];
  readonly memoryUsage: string;
  /** Holds a line `oom_kill N`. */
  readonly oomEvents: string;
  readonly cpuUsage: { readonly file: string; readonly unit: 'nanoseconds' | 'usage_usec' };
}

/** `state.json`, written by the supervisor at every change. */
export interface ReplicaState {
  readonly supervisor: ProcessId;
  /** The bubblewrap that holds the supervisor's namespaces and ends just after it; null where there is none. */
  readonly holder: ProcessId | null;
  /** `stopped` is written by the driver, when it has ended the supervisor. */
  readonly state: 'starting' | 'running' | 'exited' | 'stopped';
  /** It has ended, and its restart policy leaves it so; the supervisor has ended too. */
  readonly isFinal: boolean;
  readonly restarts: number;
  readonly lastExit: string | null;
  /** The sandbox's first process, or the workload itself. */
  readonly child: number | null;
}

/** Handed to the supervisor on `secretsFd` and held in memory: never in a file. Files in base64, by path. */
export interface ReplicaSecrets {
  readonly env: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
}

/** A pid alone is reused; with its start time and boot it is not. */
export interface ProcessId {
  readonly pid: number;
  readonly startTime: string;
  readonly bootId: string;
}

/** `usage.json`, written by the supervisor every few seconds. */
export interface ReplicaTraffic {
  readonly cpuSeconds: number;
  readonly memoryBytes: number;
  readonly networkRxBytes: number;
  readonly networkTxBytes: number;
  readonly diskBytes: number;
}
