/**
 * How snapshots of volumes move between peers. A snapshot is a tree of blobs, each sealed under the deployment's own
 * key and named by the SHA-256 of its sealed bytes: a holder can check every byte and read none. Who may write: the
 * operator of an open lease. Who may read: the lease's tenant side, and the operator of an open lease of that tenant.
 */
import { z } from 'zod';
import { hash32Schema } from './hex.ts';
import { signedHeadSchema } from './messages.ts';
import { restoreSchema } from './runtime.ts';
import { refusedSchema, snapshotSchema, type StreamProtocol, type UnaryProtocol } from './wire.ts';

/** A sealed blob: at most 1 MiB of data and its wrapping. */
export const maxBlobBytes = 1024 * 1024 + 256;
/** Names in one question. */
export const maxBlobNames = 512;
/** Blobs that one snapshot may consist of: 4 TiB where all is in large files. */
export const maxSnapshotBlobs = 16 * 1024 * 1024;

/** Why a holder refuses. `incomplete`: blobs of the snapshot are not there. `unknown`: nothing of this deployment is. */
export const holderRefusals = [
  'not-yours',
  'quota',
  'incomplete',
  'stale',
  'malformed',
  'unknown',
  'busy',
] as const;
export type HolderRefusal = (typeof holderRefusals)[number];
const holderRefusedSchema = z.strictObject({
  ok: z.literal(false),
  reason: z.enum(holderRefusals),
  detail: z.string().max(1000),
});
export type HolderRefused = z.output<typeof holderRefusedSchema>;

/** `lease` says on whose behalf: the asking peer must be a party to it. `deployment` is a shelf of that lease's tenant. */
const shelf = { lease: hash32Schema, deployment: hash32Schema };

/** Which of these blobs are missing, as positions in `ids`. */
export const snapshotHasProtocol = {
  kind: 'unary',
  name: 'souk/snapshot/has/1',
  request: z.strictObject({ ...shelf, ids: z.array(hash32Schema).max(maxBlobNames) }),
  answer: z.union([
    z.strictObject({
      ok: z.literal(true),
      missing: z.array(z.number().int().min(0).max(maxBlobNames)).max(maxBlobNames),
    }),
    holderRefusedSchema,
  ]),
  maxRequestBytes: 64 * 1024,
  maxAnswerBytes: 16 * 1024,
  perMinute: 6000,
} as const satisfies UnaryProtocol<z.ZodType, z.ZodType>;

/** Then one blob a frame; answered with one JSON frame at the end. */
export const snapshotPutProtocol = {
  kind: 'stream',
  name: 'souk/snapshot/put/1',
  open: z.strictObject(shelf),
  maxOpenBytes: 1024,
  maxFrameBytes: maxBlobBytes,
  perMinute: 6000,
} as const satisfies StreamProtocol<z.ZodType>;

/** Then a frame for each id, in order: the blob, or nothing where it is not there. A refusal is one JSON frame. */
export const snapshotGetProtocol = {
  kind: 'stream',
  name: 'souk/snapshot/get/1',
  open: z.strictObject({ ...shelf, ids: z.array(hash32Schema).min(1).max(maxBlobNames) }),
  maxOpenBytes: 64 * 1024,
  maxFrameBytes: maxBlobBytes,
  perMinute: 6000,
} as const satisfies StreamProtocol<z.ZodType>;

/**
 * A snapshot is whole: its head, then the names of all its blobs in frames of 32-byte names, ascending. Answered with
 * one JSON frame; `ok` means that the holder has every one and keeps them. `keep`: snapshots of this volume to keep.
 */
export const snapshotHeadProtocol = {
  kind: 'stream',
  name: 'souk/snapshot/head/1',
  open: z.strictObject({ head: signedHeadSchema, keep: z.number().int().min(1).max(100) }),
  maxOpenBytes: 4096,
  maxFrameBytes: 1024 * 1024,
  perMinute: 600,
} as const satisfies StreamProtocol<z.ZodType>;

/** All whole snapshots of a deployment, the newest of each volume first. */
export const snapshotHeadsProtocol = {
  kind: 'unary',
  name: 'souk/snapshot/heads/1',
  request: z.strictObject(shelf),
  answer: z.union([
    z.strictObject({ ok: z.literal(true), heads: z.array(signedHeadSchema).max(512) }),
    holderRefusedSchema,
  ]),
  maxRequestBytes: 1024,
  maxAnswerBytes: 1024 * 1024,
  perMinute: 120,
} as const satisfies UnaryProtocol<z.ZodType, z.ZodType>;

/**
 * Tenant → its provider. `take`: save the volumes now; asked again with the `turn` of the answer until it is done.
 * `restore`: put them back to a snapshot, in place, the workload stopped meanwhile; `restoring`: how far that is.
 */
export const leaseSnapshotProtocol = {
  kind: 'unary',
  name: 'souk/lease/snapshot/1',
  request: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('take'),
      lease: hash32Schema,
      turn: z.number().int().min(0).nullable(),
    }),
    z.strictObject({
      kind: z.literal('restore'),
      lease: hash32Schema,
      restore: z.array(restoreSchema).min(1).max(64),
    }),
    z.strictObject({ kind: z.literal('restoring'), lease: hash32Schema }),
  ]),
  /** `troubles`: what is not saved or not restored, and why. */
  answer: z.union([
    z.strictObject({
      ok: z.literal(true),
      turn: z.number().int().min(0),
      isDone: z.boolean(),
      detail: z.string().max(1000),
      snapshots: z.array(snapshotSchema).max(256),
      troubles: z.array(z.string().max(1000)).max(64),
    }),
    refusedSchema,
  ]),
  maxRequestBytes: 256 * 1024,
  maxAnswerBytes: 256 * 1024,
  perMinute: 240,
} as const satisfies UnaryProtocol<z.ZodType, z.ZodType>;

export const holderAnswerSchema = z.union([z.strictObject({ ok: z.literal(true) }), holderRefusedSchema]);
export type HolderAnswer = z.output<typeof holderAnswerSchema>;
