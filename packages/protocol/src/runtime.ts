/**
 * What a workload file says beyond the manifest about how one placement group is to be kept running: health, restart,
 * secrets, snapshots, log forwarding. Goes only to the chosen provider, beside the manifest; never to gossip or chain.
 */
import { z } from 'zod';
import { type Hex, hash32Schema, hexSchema } from './hex.ts';

const serviceName = z.string().min(1).max(63);
const seconds = z.number().int().min(1).max(3600);

const probeTiming = {
  intervalSeconds: seconds.default(5),
  timeoutSeconds: seconds.default(3),
  /** This many failures in a row make a service unhealthy. */
  failures: z.number().int().min(1).max(100).default(3),
};

/** How to tell that a service works: an answer below 400, a connection, or a command that exits with 0. */
export const healthProbeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('http'),
    port: z.number().int().min(1).max(65_535),
    path: z.string().startsWith('/').max(512),
    ...probeTiming,
  }),
  z.strictObject({ kind: z.literal('tcp'), port: z.number().int().min(1).max(65_535), ...probeTiming }),
  z.strictObject({
    kind: z.literal('exec'),
    command: z.array(z.string().max(4096)).min(1).max(64),
    ...probeTiming,
  }),
]);
export type HealthProbe = z.output<typeof healthProbeSchema>;

/** `always`: whenever it ends. `on-failure`: unless it ends with 0. `never`: once ended, it stays ended. */
export const restartPolicies = ['always', 'on-failure', 'never'] as const;
export type RestartPolicy = (typeof restartPolicies)[number];

/** Bytes that only the holder of one private key can read: ECDH on secp256k1, HKDF, AES-256-GCM. */
export const sealedSchema = z.strictObject({
  /** Compressed public key, made for this message alone. */
  ephemeral: hexSchema(33),
  nonce: hexSchema(12),
  bytes: z
    .string()
    .max(2 * 256 * 1024 + 2)
    .regex(/^0x([0-9a-f]{2})*$/)
    .transform((text) => text as Hex),
});
export type Sealed = z.output<typeof sealedSchema>;

/** What a service is given that must never be on a disk, in a log or on a command line: by env name, by file path (base64). */
export const serviceSecretsSchema = z.strictObject({
  env: z.record(z.string().max(128), z.string().max(65_536)),
  files: z.record(z.string().startsWith('/').max(512), z.string().max(131_072)),
});
export type ServiceSecrets = z.output<typeof serviceSecretsSchema>;

/** What is inside `Runtime.secrets`, as JSON. `snapshotKey` encrypts this deployment's snapshots wherever they lie. */
export const groupSecretsSchema = z.strictObject({
  services: z.record(serviceName, serviceSecretsSchema),
  snapshotKey: hash32Schema.nullable(),
});
export type GroupSecrets = z.output<typeof groupSecretsSchema>;

const peersSchema = z.array(z.string().max(256)).min(1).max(8);

/** Where a service's log lines go besides the provider's own ring. */
export const logForwardSchema = z.strictObject({
  kind: z.enum(['otlp', 'loki']),
  url: z.url({ protocol: /^https?$/ }).max(512),
  headers: z.record(z.string().max(64), z.string().max(1024)).default({}),
});
export type LogForward = z.output<typeof logForwardSchema>;

export const snapshotPlanSchema = z.strictObject({
  everySeconds: z.number().int().min(10).max(604_800),
  /** Snapshots kept per volume. */
  keep: z.number().int().min(1).max(100),
  /** Peers that snapshots are pushed to, by multiaddrs. */
  holders: z.array(peersSchema).max(8),
});
export type SnapshotPlan = z.output<typeof snapshotPlanSchema>;

/** One volume's state to start from. `root` names the snapshot; it is fetched from whichever holder has it. */
export const restoreSchema = z.strictObject({
  service: serviceName,
  replica: z.number().int().min(0).max(999),
  volume: z.string().max(128),
  root: hash32Schema,
  holders: z.array(peersSchema).min(1).max(8),
});
export type Restore = z.output<typeof restoreSchema>;

export const runtimeSchema = z.strictObject({
  /** Stays the same over all leases of one deployment; null where nothing needs it. */
  deployment: hash32Schema.nullable().default(null),
  health: z.record(serviceName, healthProbeSchema).default({}),
  restart: z.record(serviceName, z.enum(restartPolicies)).default({}),
  /** From SIGTERM to SIGKILL. */
  stopGraceSeconds: z.number().int().min(0).max(600).default(10),
  secrets: sealedSchema.nullable().default(null),
  logForward: z.array(logForwardSchema).max(4).default([]),
  snapshots: snapshotPlanSchema.nullable().default(null),
  restore: z.array(restoreSchema).max(64).default([]),
});
export type Runtime = z.output<typeof runtimeSchema>;

/** What a group without any wish of its own gets. */
export const plainRuntime: Runtime = runtimeSchema.parse({});
