/**
 * What the tenant remembers about a deployment, so that a crash at any line loses nothing: written before it is acted
 * on. Holds each group's agent key (it can accept a bid within the one signed order, sign Ready and Close for that
 * lease, and open sessions; it can't move any other money), never the wallet's key and never the manifest.
 */
import {
  addressSchema,
  hash32Schema,
  healthProbeSchema,
  imageBlobSchema,
  signedBidSchema,
  signedOrderSchema,
  snapshotSchema,
  uintSchema,
  unixSecondsSchema,
} from '@souk/protocol';
import { z } from 'zod';

export const deploymentNameSchema = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'use 1 to 63 lower-case letters, digits and dashes');

const termsSchema = z.strictObject({
  tenant: addressSchema,
  agent: addressSchema,
  watcher: addressSchema,
  operator: addressSchema,
  token: addressSchema,
  rate: uintSchema(96),
  minimumCharge: uintSchema(96),
  clawbackWindow: z.number().int(),
  openedAt: unixSecondsSchema,
  startDeadline: unixSecondsSchema,
  revision: z.number().int(),
});

/** What a lease cost in the end. Amounts in the token's smallest unit; `seconds` is the time that was paid for. */
export const leaseReceiptSchema = z.strictObject({
  lease: hash32Schema,
  by: z.enum(['tenant', 'agent', 'watcher', 'operator', 'exhausted']),
  wasReady: z.boolean(),
  /** Unix seconds up to which it was paid for. */
  effectiveAt: unixSecondsSchema,
  seconds: z.number().int().min(0),
  paid: uintSchema(128),
  refunded: uintSchema(128),
  clawedBack: uintSchema(128),
  tx: hash32Schema,
});
export type LeaseReceipt = z.output<typeof leaseReceiptSchema>;

/** A bid that this side has countersigned, with where its provider is. */
export const acceptedBidSchema = z.strictObject({
  bid: signedBidSchema,
  provider: z.array(z.string().max(256)).min(1).max(8),
  driver: z.string().max(16),
});
export type AcceptedBid = z.output<typeof acceptedBidSchema>;

/**
 * `ordering`: an order is signed, nothing chosen. `accepted`: an acceptance may have been sent, money may be locked.
 * `open`: the lease is on chain. `ready`: Ready is signed. `closing`: Close is signed. `closed`: settled on chain.
 * `void`: the order ended without a lease.
 */
export const groupPhases = ['ordering', 'accepted', 'open', 'ready', 'closing', 'closed', 'void'] as const;
export type GroupPhase = (typeof groupPhases)[number];

/** One placement group: one order, at most one lease. */
export const deploymentGroupSchema = z.strictObject({
  name: z.string().max(128),
  phase: z.enum(groupPhases),
  agentKey: hash32Schema,
  /** Named in the order too: can sign Ready and Close and nothing else. Null in records of earlier versions. */
  watcherKey: hash32Schema.nullable().default(null),
  order: signedOrderSchema,
  /** Hash of the order: the lease's id. */
  lease: hash32Schema,
  /** Block at which the order was signed: the lease's events are later. */
  fromBlock: z.number().int().min(0),
  /** Oldest first; the last is the current choice. Only one of them can open. */
  accepted: z.array(acceptedBidSchema).max(64),
  terms: termsSchema.nullable(),
  /** What it cost per hour before it was paused; null where it is not. */
  rateBeforePause: uintSchema(96).nullable().default(null),
  openTx: hash32Schema.nullable(),
  readyAt: unixSecondsSchema.nullable(),
  /** Effective time of the close that was asked for: a later try keeps it. */
  closeAt: unixSecondsSchema.nullable(),
  /** How to tell that a service works; by service name. */
  probes: z.record(z.string().max(63), healthProbeSchema),
  urls: z.array(z.string().max(512)).max(256),
  receipt: leaseReceiptSchema.nullable(),
  /** The latest of each volume, as last seen. */
  snapshots: z.array(snapshotSchema).max(256).default([]),
});
export type DeploymentGroup = z.output<typeof deploymentGroupSchema>;

export const deploymentSchema = z.strictObject({
  version: z.literal(1),
  name: deploymentNameSchema,
  network: z.string().max(64),
  tenant: addressSchema,
  images: z.array(imageBlobSchema).max(16),
  /** Goes with every lease of this name. Null in records of earlier versions. */
  deployment: hash32Schema.nullable().default(null),
  /** Unix milliseconds. */
  createdAt: z.number().int(),
  closedAt: z.number().int().nullable(),
  groups: z.array(deploymentGroupSchema).min(1).max(64),
});
/** Write it with `encodeJson`, read it back with `deploymentSchema.parse(JSON.parse(text))`. */
export type Deployment = z.output<typeof deploymentSchema>;

/** Where records live. The CLI keeps them on disk with owner-only access; a save must be atomic and on disk when it resolves. */
export interface DeploymentStore {
  load(name: string): Promise<Deployment | undefined>;
  list(): Promise<readonly Deployment[]>;
  save(record: Deployment): Promise<void>;
  remove(name: string): Promise<void>;
}

export type DeploymentStatus = 'ordering' | 'opening' | 'running' | 'closing' | 'closed';

/** What the groups' phases add up to: the least advanced of the living groups; `closed` when none is left. */
export function deploymentStatus(record: Deployment): DeploymentStatus {
  const phases = new Set(record.groups.map((group) => group.phase));
  if (phases.has('closing')) return 'closing';
  if (phases.has('ordering')) return 'ordering';
  if (phases.has('accepted') || phases.has('open')) return 'opening';
  if (phases.has('ready')) return 'running';
  return 'closed';
}
