/**
 * What the tenant remembers about a deployment, so that a crash at any line loses nothing: written before it is acted
 * on. Holds each group's agent key (it can accept a bid within the one signed order, sign Ready and Close for that
 * lease, and open sessions; it can't move any other money), never the wallet's key and never the manifest.
 */
import {
  addressSchema,
  hash32Schema,
  type Hex,
  healthProbeSchema,
  imageBlobSchema,
  signedBidSchema,
  signedOrderSchema,
  restoreSchema,
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

const placeSchema = z.strictObject({
  service: z.string().max(63),
  urls: z.array(z.string().max(512)).max(64),
  ports: z
    .array(
      z.strictObject({ host: z.string().max(255), externalPort: z.number().int(), port: z.number().int() }),
    )
    .max(64),
});
/** Where one service is reached from outside, at its present provider. */
export type Place = z.output<typeof placeSchema>;

const standbySchema = z.strictObject({
  agentKey: hash32Schema,
  watcherKey: hash32Schema,
  order: signedOrderSchema,
});
export type Standby = z.output<typeof standbySchema>;

const replacedSchema = z.strictObject({
  lease: hash32Schema,
  operator: addressSchema,
  why: z.string().max(300),
  /** Unix milliseconds. */
  noticedAt: z.number().int(),
  /** What its volumes start from, as known when the order was made. */
  restore: z.array(restoreSchema).max(64).default([]),
  /** Chain time at which it was last seen to work. */
  healthyAt: unixSecondsSchema,
  /** Tries that came to nothing, and when the next is due, in unix milliseconds. */
  tries: z.number().int().min(0).default(0),
  nextTryAt: z.number().int().default(0),
});
export type Replaced = z.output<typeof replacedSchema>;

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
  /** What it runs since its last update; null where that is what was ordered. */
  amendedTo: z.strictObject({ manifest: hash32Schema, requirements: hash32Schema }).nullable().default(null),
  /** What was paid under terms before the present ones. */
  paidBefore: uintSchema(128).default(0n),
  openTx: hash32Schema.nullable(),
  readyAt: unixSecondsSchema.nullable(),
  /** Effective time of the close that was asked for: a later try keeps it. */
  closeAt: unixSecondsSchema.nullable(),
  /** How to tell that a service works; by service name. */
  probes: z.record(z.string().max(63), healthProbeSchema),
  urls: z.array(z.string().max(512)).max(256),
  /** The same and raw TCP ports, by service: where a stable address leads to. */
  places: z.array(placeSchema).max(64).default([]),
  receipt: leaseReceiptSchema.nullable(),
  /** False once its end was asked for: from then on nothing opens it or orders it again. */
  isWanted: z.boolean().default(true),
  /** Chain time at which it last worked, kept while it does not: a watch that starts anew knows how far to claw back. */
  workedAt: unixSecondsSchema.nullable().default(null),
  /** The lease whose place this one is to take, until it does. Who has set it brings it up. */
  replaces: replacedSchema.nullable().default(null),
  /** Operators that failed it lately, until unix milliseconds. */
  avoid: z
    .array(z.strictObject({ operator: addressSchema, until: z.number().int() }))
    .max(32)
    .default([]),
  /** Of a lease that is being left. With `keepUntil` it serves until that unix second, or its successor is ready. */
  givenUp: z
    .strictObject({
      why: z.string().max(300),
      /** Unix milliseconds. */
      at: z.number().int(),
      keepUntil: unixSecondsSchema.nullable(),
    })
    .nullable()
    .default(null),
  /** Orders that are signed and not out: the next ones, whoever watches. Each opens one lease at most. */
  standby: z.array(standbySchema).max(16).default([]),
  /** The latest of each volume, as last seen. */
  snapshots: z.array(snapshotSchema).max(256).default([]),
});
export type DeploymentGroup = z.output<typeof deploymentGroupSchema>;

export const maxHistory = 32;
const pastLeaseSchema = z.strictObject({
  group: z.string().max(128),
  lease: hash32Schema,
  operator: addressSchema,
  why: z.string().max(300),
  /** When it was given up, in unix milliseconds. */
  at: z.number().int(),
  receipt: leaseReceiptSchema.nullable(),
});
export type PastLease = z.output<typeof pastLeaseSchema>;

/** What a group runs: what was ordered, or what it was updated to since. */
export function currentHashes(group: DeploymentGroup): {
  readonly manifest: Hex;
  readonly requirements: Hex;
} {
  const { manifest, requirements } = group.order.message;
  return group.amendedTo ?? { manifest, requirements };
}

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
  /** Order a lease again elsewhere when it fails. Never for records of earlier versions: their wish was not kept. */
  failover: z.boolean().default(false),
  /** Leases given up whose close is still to come. */
  leaving: z.array(deploymentGroupSchema).max(64).default([]),
  /** Leases that were replaced, oldest first. */
  history: z.array(pastLeaseSchema).max(maxHistory).default([]),
  /** What all leases that were replaced have cost, in the token's smallest unit. */
  spent: uintSchema(128).default(0n),
});
/** Write it with `encodeJson`, read it back with `deploymentSchema.parse(JSON.parse(text))`. */
export type Deployment = z.output<typeof deploymentSchema>;

/** Where records live. The CLI keeps them on disk with owner-only access; a save must be atomic and on disk when it resolves. */
export interface DeploymentStore {
  load(name: string): Promise<Deployment | undefined>;
  list(): Promise<readonly Deployment[]>;
  save(record: Deployment): Promise<void>;
  remove(name: string): Promise<void>;
  /** Runs `work` while no other process that uses this store does so for the same name. Left out where there is none. */
  exclusively?<T>(name: string, work: () => Promise<T>): Promise<T>;
}

/** Nothing on chain changes these any more. */
export function isEnded(group: DeploymentGroup): boolean {
  return group.phase === 'closed' || group.phase === 'void';
}

/** It ended without anybody having wished so: it is ordered again, unless that is switched off. */
export function isToReplace(record: Deployment, group: DeploymentGroup): boolean {
  if (!record.failover || !group.isWanted || !isEnded(group)) return false;
  const by = group.receipt?.by;
  // A watcher key that runs elsewhere gave the lease up for the tenant.
  const wasGivenUp = by === 'operator' || by === 'watcher';
  return group.replaces !== null || (group.readyAt !== null && wasGivenUp);
}

export type DeploymentStatus =
  | 'ordering'
  | 'opening'
  | 'running'
  | 'paused'
  | 'moving'
  | 'closing'
  | 'closed';

/** What the groups' phases add up to: the least advanced of the living groups; `closed` when none is left. */
export function deploymentStatus(record: Deployment): DeploymentStatus {
  const isMoving = (group: DeploymentGroup) =>
    isToReplace(record, group) || (group.isWanted && group.replaces !== null && !isEnded(group));
  if (record.groups.some(isMoving)) return 'moving';
  if (record.groups.every(isEnded)) return record.leaving.length > 0 ? 'closing' : 'closed';
  const phases = new Set(record.groups.map((group) => group.phase));
  if (phases.has('closing')) return 'closing';
  if (phases.has('ordering')) return 'ordering';
  if (phases.has('accepted') || phases.has('open')) return 'opening';
  return record.groups.some((group) => !isEnded(group) && group.rateBeforePause !== null)
    ? 'paused'
    : 'running';
}
