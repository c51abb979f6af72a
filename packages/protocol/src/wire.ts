/**
 * What peers say to each other, as schemas with limits: one record per protocol. The room net carries them, provider
 * and tenant speak them. Unknown fields are refused; sizes are checked before parsing.
 */
import { z } from 'zod';
import { capacityMaxBytes, capacitySchema } from './capacity.ts';
import { declineSchema } from './decline.ts';
import { addressSchema, hash32Schema, uintSchema, unixSecondsSchema } from './hex.ts';
import { manifestGroupSchema } from './manifest.ts';
import {
  signedAcceptanceSchema,
  signedAmendmentSchema,
  signedBidSchema,
  signedCloseSchema,
  signedOrderSchema,
  signedReadySchema,
} from './messages.ts';
import { requirementsSchema } from './requirements.ts';
import { runtimeSchema } from './runtime.ts';

/** A request–answer protocol. `name` is the libp2p protocol id's path, e.g. `souk/bid/1`. */
export interface UnaryProtocol<Q extends z.ZodType, A extends z.ZodType> {
  readonly kind: 'unary';
  readonly name: string;
  readonly request: Q;
  readonly answer: A;
  readonly maxRequestBytes: number;
  readonly maxAnswerBytes: number;
  /** Requests a peer may make per minute before it is refused and scored down. */
  readonly perMinute: number;
}

/** A protocol that opens with one message and then carries frames both ways until either side ends. */
export interface StreamProtocol<Q extends z.ZodType> {
  readonly kind: 'stream';
  readonly name: string;
  readonly open: Q;
  readonly maxOpenBytes: number;
  readonly maxFrameBytes: number;
  readonly perMinute: number;
}

/** A topic that everyone may hear. */
export interface GossipTopic<M extends z.ZodType> {
  readonly kind: 'gossip';
  readonly name: string;
  readonly message: M;
  readonly maxBytes: number;
}

const peerAddressSchema = z.string().max(256);
const serviceNameSchema = z.string().min(1).max(63);
const leaseSchema = hash32Schema;

// --- orders and bids --------------------------------------------------------------------------------------------------

/** An order as gossiped. `replyTo`: multiaddrs, with peer id, of the process that collects bids; its key is `order.agent`'s. */
export const orderEnvelopeSchema = z.strictObject({
  order: signedOrderSchema,
  requirements: requirementsSchema,
  replyTo: z.array(peerAddressSchema).min(1).max(8),
});
export type OrderEnvelope = z.output<typeof orderEnvelopeSchema>;

export const ordersTopic = {
  kind: 'gossip',
  name: 'souk/orders/1',
  message: orderEnvelopeSchema,
  maxBytes: 64 * 1024,
} as const satisfies GossipTopic<typeof orderEnvelopeSchema>;

export const capacityTopic = {
  kind: 'gossip',
  name: 'souk/capacity/1',
  message: capacitySchema,
  maxBytes: capacityMaxBytes,
} as const satisfies GossipTopic<typeof capacitySchema>;

/** Provider → tenant. `provider`: where the lease protocols of this provider are served. */
export const offerSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('bid'),
    bid: signedBidSchema,
    provider: z.array(peerAddressSchema).min(1).max(8),
    driver: z.string().max(16),
    attributes: z.record(z.string().max(64), z.string().max(256)),
  }),
  z.strictObject({
    kind: z.literal('decline'),
    order: hash32Schema,
    operator: addressSchema,
    declines: z.array(declineSchema).min(1).max(32),
  }),
]);
export type Offer = z.output<typeof offerSchema>;

/** The answer to an offer: `enough` asks for no more on this order. */
export const bidProtocol = {
  kind: 'unary',
  name: 'souk/bid/1',
  request: offerSchema,
  answer: z.strictObject({ status: z.enum(['noted', 'enough', 'unknown-order']) }),
  maxRequestBytes: 16 * 1024,
  maxAnswerBytes: 1024,
  perMinute: 600,
} as const;

// --- leases -----------------------------------------------------------------------------------------------------------

/** An image that the tenant holds and hands over: a tar of an OCI layout or `docker save`, by its SHA-256. */
export const imageBlobSchema = z.strictObject({
  image: z.string().max(512),
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  bytes: z.number().int().min(1),
});
export type ImageBlob = z.output<typeof imageBlobSchema>;

/** Tenant → chosen provider: the acceptance and the whole manifest. Answered as soon as the provider commits to opening. */
export const acceptRequestSchema = z.strictObject({
  order: signedOrderSchema,
  bid: signedBidSchema,
  acceptance: signedAcceptanceSchema,
  requirements: requirementsSchema,
  manifest: manifestGroupSchema,
  runtime: runtimeSchema.prefault({}),
  images: z.array(imageBlobSchema).max(16),
});
export type AcceptRequest = z.output<typeof acceptRequestSchema>;

/** Why the provider refuses an acceptance or a request on a lease. */
export const leaseRefusals = [
  'bid-unknown',
  'bid-expired',
  'signature-wrong',
  'manifest-mismatch',
  'requirements-mismatch',
  'image-mismatch',
  'image-missing',
  'image-unavailable',
  'secrets-unreadable',
  'lease-unknown',
  'not-yours',
  'service-unknown',
  'not-running',
  'open-failed',
  'amendment-stale',
  'update-running',
  'snapshot-unknown',
  'unsupported',
  'busy',
] as const;
export type LeaseRefusal = (typeof leaseRefusals)[number];
export const refusedSchema = z.strictObject({
  ok: z.literal(false),
  reason: z.enum(leaseRefusals),
  detail: z.string().max(1000),
});

const refusable = <T extends z.ZodType>(answer: T) => z.union([answer, refusedSchema]);

/** `wanted`: digests of the offered images that the provider lacks and now expects by `imageProtocol`. */
export const acceptProtocol = {
  kind: 'unary',
  name: 'souk/lease/accept/1',
  request: acceptRequestSchema,
  answer: z.union([
    z.strictObject({ ok: z.literal(true), lease: leaseSchema, wanted: z.array(z.string().max(80)).max(16) }),
    refusedSchema,
  ]),
  maxRequestBytes: 1024 * 1024,
  maxAnswerBytes: 16 * 1024,
  perMinute: 120,
} as const;

/**
 * A lease's life as the provider sees it. `running`: all replicas run, nobody has said yet that it works. `ready`: it
 * works. `crash-looping`: it starts and ends, again and again. `out-of-capacity`: this machine can't start it now.
 * `paused`: money is low; stopped, data kept. `reclaiming`: the provider gave notice.
 */
export const leasePhases = [
  'accepted',
  'opening',
  'pulling',
  'starting',
  'running',
  'ready',
  'unhealthy',
  'crash-looping',
  'out-of-capacity',
  'updating',
  'paused',
  'reclaiming',
  'failed',
  'closing',
  'closed',
] as const;
export type LeasePhase = (typeof leasePhases)[number];

export const serviceStatusSchema = z.strictObject({
  name: serviceNameSchema,
  wanted: z.number().int(),
  running: z.number().int(),
  restarts: z.number().int(),
  /** Reachable URLs, host names included. */
  urls: z.array(z.string().max(512)).max(64),
  /** Raw ports: `host:port → service port`. */
  ports: z
    .array(
      z.strictObject({
        host: z.string().max(255),
        externalPort: z.number().int(),
        port: z.number().int(),
        proto: z.enum(['TCP', 'UDP']),
      }),
    )
    .max(64),
  usage: z.strictObject({
    cpuSeconds: z.number(),
    memoryBytes: z.number(),
    networkRxBytes: z.number(),
    networkTxBytes: z.number(),
    diskBytes: z.number(),
  }),
  lastExit: z.string().max(500).nullable(),
  /** What its health probe says at the provider; null where it has none or was not probed yet. */
  health: z
    .strictObject({ isHealthy: z.boolean(), detail: z.string().max(500), at: unixSecondsSchema })
    .nullable(),
});
export type ServiceStatus = z.output<typeof serviceStatusSchema>;

export const updateStrategies = ['recreate', 'rolling', 'canary'] as const;
export type UpdateStrategy = (typeof updateStrategies)[number];

export const updateStatusSchema = z.strictObject({
  /** SHA-256 of the manifest that is being put in place, or was. */
  manifest: hash32Schema,
  state: z.enum(['applying', 'done', 'rolled-back']),
  strategy: z.enum(updateStrategies),
  detail: z.string().max(1000),
  at: unixSecondsSchema,
});
export type UpdateStatus = z.output<typeof updateStatusSchema>;

/** One snapshot of one volume, as it lies with holders. */
export const snapshotSchema = z.strictObject({
  service: serviceNameSchema,
  replica: z.number().int(),
  volume: z.string().max(128),
  root: hash32Schema,
  at: unixSecondsSchema,
  /** Of all the volume's files, and of what had to be sent because no holder had it. */
  bytes: z.number().int(),
  sentBytes: z.number().int(),
  /** Peer ids that have all of it. */
  holders: z.array(z.string().max(128)).max(8),
});
export type Snapshot = z.output<typeof snapshotSchema>;

export const leaseStatusSchema = z.strictObject({
  lease: leaseSchema,
  phase: z.enum(leasePhases),
  /** A sentence on what is happening or what went wrong. */
  detail: z.string().max(1000),
  progress: z.number().min(0).max(100).nullable(),
  since: unixSecondsSchema,
  openTx: hash32Schema.nullable(),
  driver: z.string().max(16),
  services: z.array(serviceStatusSchema).max(64),
  /** Shown wherever a status is shown, e.g. that the plain process driver isolates nothing. */
  warnings: z.array(z.string().max(300)).max(8),
  /** The latest update, if there was one. */
  update: updateStatusSchema.nullable(),
  /** When the workload is stopped for want of money, data kept; null where no pause was agreed. */
  pausesAt: unixSecondsSchema.nullable(),
  /** When the provider takes the capacity back; null without notice. */
  reclaimAt: unixSecondsSchema.nullable(),
  /** The latest of each volume. */
  snapshots: z.array(snapshotSchema).max(256),
});
export type LeaseStatus = z.output<typeof leaseStatusSchema>;

export const statusProtocol = {
  kind: 'unary',
  name: 'souk/lease/status/1',
  request: z.strictObject({ lease: leaseSchema }),
  answer: refusable(z.strictObject({ ok: z.literal(true), status: leaseStatusSchema })),
  maxRequestBytes: 1024,
  maxAnswerBytes: 256 * 1024,
  perMinute: 1200,
} as const;

/**
 * Change what runs. First a quote: what it would cost, and how it can be done now. Then the amendment co-signed by the
 * tenant's side; the provider brings it on chain once the new workload is healthy, and goes back to the old one where
 * that does not come about within `healthySeconds`.
 */
export const updateProtocol = {
  kind: 'unary',
  name: 'souk/lease/update/1',
  request: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('quote'), lease: leaseSchema, requirements: requirementsSchema }),
    z.strictObject({
      kind: z.literal('apply'),
      lease: leaseSchema,
      amendment: signedAmendmentSchema,
      requirements: requirementsSchema,
      manifest: manifestGroupSchema,
      runtime: runtimeSchema,
      images: z.array(imageBlobSchema).max(16),
      strategy: z.enum(updateStrategies),
      healthySeconds: z.number().int().min(1).max(3600),
      canary: z.strictObject({
        replicas: z.number().int().min(1).max(1000),
        bakeSeconds: z.number().int().min(0).max(86_400),
      }),
    }),
    z.strictObject({ kind: z.literal('abort'), lease: leaseSchema }),
  ]),
  answer: refusable(
    z.discriminatedUnion('kind', [
      z.strictObject({
        ok: z.literal(true),
        kind: z.literal('quote'),
        rate: uintSchema(96),
        minimumCharge: uintSchema(96),
        /** Hash of the terms that an amendment must name. */
        terms: hash32Schema,
        /** Those that fit now, the default first. */
        strategies: z.array(z.enum(updateStrategies)).min(1).max(3),
      }),
      z.strictObject({
        ok: z.literal(true),
        kind: z.literal('applying'),
        wanted: z.array(z.string().max(80)).max(16),
      }),
      z.strictObject({ ok: z.literal(true), kind: z.literal('aborting') }),
    ]),
  ),
  maxRequestBytes: 1024 * 1024,
  maxAnswerBytes: 16 * 1024,
  perMinute: 60,
} as const;

/**
 * The tenant's Ready or Close for the provider to bring on chain; or an amendment that pauses (to `pausedRate`, kept
 * until money is low, or applied at once) or resumes.
 */
export const signedProtocol = {
  kind: 'unary',
  name: 'souk/lease/signed/1',
  request: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('ready'), ready: signedReadySchema }),
    z.strictObject({ kind: z.literal('close'), close: signedCloseSchema }),
    z.strictObject({
      kind: z.literal('pause'),
      amendment: signedAmendmentSchema,
      when: z.enum(['now', 'money-is-low']),
    }),
    z.strictObject({ kind: z.literal('resume'), amendment: signedAmendmentSchema }),
  ]),
  answer: refusable(z.strictObject({ ok: z.literal(true) })),
  maxRequestBytes: 16 * 1024,
  maxAnswerBytes: 4096,
  perMinute: 120,
} as const;

// Streams answer with a first frame that is JSON `{"ok":true}` or a refusal; then frames as each says.

/** Then the provider gets the tar's bytes in frames, and answers with one JSON frame `{"ok":true}` or a refusal. */
export const imageProtocol = {
  kind: 'stream',
  name: 'souk/lease/image/1',
  open: z.strictObject({ lease: leaseSchema, digest: z.string().max(80), bytes: z.number().int().min(1) }),
  maxOpenBytes: 1024,
  maxFrameBytes: 1024 * 1024,
  perMinute: 60,
} as const;

/** Then one JSON `LogLine` a frame. */
export const logsProtocol = {
  kind: 'stream',
  name: 'souk/lease/logs/1',
  open: z.strictObject({
    lease: leaseSchema,
    service: serviceNameSchema.nullable(),
    follow: z.boolean(),
    tail: z.number().int().min(0).max(100_000),
    /** Unix milliseconds: no older lines. */
    since: z.number().int().min(0).nullable(),
    /** Only lines that hold this text, whatever its case. */
    grep: z.string().max(200).nullable(),
  }),
  maxOpenBytes: 1024,
  maxFrameBytes: 64 * 1024,
  perMinute: 120,
} as const;

export const logLineSchema = z.strictObject({
  at: z.number(),
  service: z.string().max(63),
  replica: z.number().int(),
  stream: z.enum(['stdout', 'stderr']),
  text: z.string().max(32_768),
});
/** `at` in unix milliseconds. */
export type LogLine = z.output<typeof logLineSchema>;

/** Then one JSON `LeaseEvent` a frame, past ones first. */
export const eventsProtocol = {
  kind: 'stream',
  name: 'souk/lease/events/1',
  open: z.strictObject({ lease: leaseSchema, follow: z.boolean() }),
  maxOpenBytes: 1024,
  maxFrameBytes: 16 * 1024,
  perMinute: 120,
} as const;

export const leaseEventSchema = z.strictObject({
  at: z.number(),
  kind: z.string().max(64),
  detail: z.string().max(1000),
});
/** `at` in unix milliseconds. */
export type LeaseEvent = z.output<typeof leaseEventSchema>;

/**
 * Shell and exec. Frames start with one byte of kind. To the provider: 0 stdin bytes, 1 stdin ended, 2 JSON
 * `{cols,rows}`. To the tenant: 0 stdout, 1 stderr, 2 JSON `{exitCode}` and end.
 */
export const execProtocol = {
  kind: 'stream',
  name: 'souk/lease/exec/1',
  open: z.strictObject({
    lease: leaseSchema,
    service: serviceNameSchema.nullable(),
    replica: z.number().int().min(0).max(999),
    command: z.array(z.string().max(32_768)).min(1).max(256),
    tty: z
      .strictObject({ cols: z.number().int().min(1).max(1000), rows: z.number().int().min(1).max(1000) })
      .nullable(),
  }),
  maxOpenBytes: 256 * 1024,
  maxFrameBytes: 64 * 1024,
  perMinute: 120,
} as const;

/** Then raw bytes both ways: one TCP connection to a service's port. */
export const forwardProtocol = {
  kind: 'stream',
  name: 'souk/lease/forward/1',
  open: z.strictObject({
    lease: leaseSchema,
    service: serviceNameSchema.nullable(),
    port: z.number().int().min(1).max(65_535),
  }),
  maxOpenBytes: 1024,
  maxFrameBytes: 64 * 1024,
  perMinute: 6000,
} as const;

export const streamAnswerSchema = refusable(z.strictObject({ ok: z.literal(true) }));
export type StreamAnswer = z.output<typeof streamAnswerSchema>;
export type Refused = z.output<typeof refusedSchema>;
