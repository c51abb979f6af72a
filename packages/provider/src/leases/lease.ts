/** What the provider remembers of one lease: the record, as it is in the journal, and how to read it back. */
import type { LeaseRef, Terms } from '@souk/chain';
import {
  acceptProtocol,
  type AcceptRequest,
  addressSchema,
  hash32Schema,
  type Hex,
  type LeaseId,
  type LeaseMeter,
  signedAmendmentSchema,
  signedCloseSchema,
  signedReadySchema,
  uintSchema,
  unixSecondsSchema,
} from '@souk/protocol';
import { z } from 'zod';
import { endedUpdateSchema, pendingUpdateSchema } from './update/pending.ts';

/** The steps of a lease's start, in order; undone in reverse. */
export type StepName = 'capacity' | 'ingress' | 'open' | 'images' | 'volumes' | 'workload';

const causes = ['tenant', 'watcher', 'failed', 'exhausted', 'no-ready', 'reclaimed', 'chain'] as const;
export interface Cause {
  readonly kind: (typeof causes)[number];
  readonly detail: string;
}

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
}) satisfies z.ZodType<Terms>;

/** What changes; small, so that it can be written often. */
const leaseStateSchema = z.strictObject({
  /** `up`: should run. `down`: is being ended. `closed`: nothing of it is left here, and the chain is settled. */
  stage: z.enum(['up', 'down', 'closed']),
  acceptedAt: unixSecondsSchema,
  gpuIds: z.array(z.string()),
  terms: termsSchema.nullable(),
  openTx: hash32Schema.nullable(),
  funded: uintSchema(96),
  collected: uintSchema(96),
  /** Unix seconds; 0 until marked on chain. */
  readyAt: unixSecondsSchema,
  /** Unix seconds when it first ran as it should; 0 before. */
  healthyAt: unixSecondsSchema,
  /** The tenant's Ready and Close, kept until they are on chain. */
  ready: signedReadySchema.nullable(),
  close: signedCloseSchema.nullable(),
  cause: z.strictObject({ kind: z.enum(causes), detail: z.string() }).nullable(),
  ports: z.array(
    z.strictObject({ service: z.string(), port: z.number().int(), externalPort: z.number().int() }),
  ),
  images: z.array(z.strictObject({ image: z.string(), reference: z.string(), digest: z.string() })),
  /** Unix seconds at which the provider takes the capacity back; null without notice. */
  reclaimAt: unixSecondsSchema.nullable().default(null),
  /** An update under way, with what it is to become; and how the last one ended. */
  update: pendingUpdateSchema.nullable().default(null),
  updated: endedUpdateSchema.nullable().default(null),
  /** The tenant's side agreed to this pause for when money is low. */
  pause: signedAmendmentSchema.nullable().default(null),
  /** Stopped, data kept, with what it cost before; `resume` asks for its end. */
  paused: z
    .strictObject({
      at: unixSecondsSchema,
      rate: uintSchema(96),
      minimumCharge: uintSchema(96),
      amendment: signedAmendmentSchema,
      resume: signedAmendmentSchema.nullable(),
    })
    .nullable()
    .default(null),
  changedAt: unixSecondsSchema,
});
export type LeaseState = z.output<typeof leaseStateSchema>;

export interface LeaseRecord extends Readonly<LeaseState> {
  readonly lease: LeaseId;
  readonly bid: Hex;
  /** With the manifest, which may hold secrets: dropped once the lease is closed. */
  readonly request: AcceptRequest | null;
  readonly parties: Parties;
}

export interface Parties {
  readonly tenant: string;
  readonly agent: string;
  readonly watcher: string;
}

export function parseRequest(text: string): AcceptRequest {
  return acceptProtocol.request.parse(JSON.parse(text));
}

export function parseState(text: string): LeaseState {
  return leaseStateSchema.parse(JSON.parse(text));
}

export function newState(acceptedAt: number, gpuIds: readonly string[]): LeaseState {
  return {
    stage: 'up',
    acceptedAt,
    gpuIds: [...gpuIds],
    terms: null,
    openTx: null,
    funded: 0n,
    collected: 0n,
    readyAt: 0,
    healthyAt: 0,
    ready: null,
    close: null,
    cause: null,
    ports: [],
    images: [],
    reclaimAt: null,
    update: null,
    updated: null,
    pause: null,
    paused: null,
    changedAt: acceptedAt,
  };
}

export function refOf(record: LeaseRecord): LeaseRef | undefined {
  return record.terms ? { lease: record.lease, terms: record.terms } : undefined;
}

/** How the lease's money runs; undefined until it is open. */
export function meterOf(record: LeaseRecord): LeaseMeter | undefined {
  if (!record.terms) return undefined;
  const meterFrom = record.readyAt > 0 ? record.readyAt : record.terms.startDeadline;
  return { rate: record.terms.rate, funded: record.funded, meterFrom };
}

/** After this moment, in unix seconds, nothing sent earlier can open the lease any more. */
export function openableUntil(request: AcceptRequest): number {
  return Math.min(request.order.message.expiresAt, request.bid.message.expiresAt);
}
