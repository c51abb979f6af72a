/**
 * The manifest: everything the chosen provider needs to run a group, and what nobody else sees. Its form is the one
 * that SDL tools agree on (keys sorted, compact JSON, empty lists as null), so its SHA-256 is the same everywhere.
 */
import * as Hash from 'ox/Hash';
import * as OxHex from 'ox/Hex';
import { z } from 'zod';
import type { Hex } from './hex.ts';
import { canonicalJson } from './json.ts';

const text = z.string().max(32_768);
const amount = z.strictObject({ val: z.string().regex(/^(0|[1-9][0-9]{0,30})$/, 'not a whole number') });
const attributes = z.array(z.strictObject({ key: text, value: text })).max(128);

export const manifestResourcesSchema = z.strictObject({
  id: z.number().int(),
  cpu: z.strictObject({ units: amount, attributes: attributes.optional() }),
  memory: z.strictObject({ size: amount, attributes: attributes.optional() }),
  storage: z.array(z.strictObject({ name: text, size: amount, attributes: attributes.optional() })).max(20),
  gpu: z.strictObject({ units: amount, attributes: attributes.optional() }),
  endpoints: z
    .array(z.strictObject({ kind: z.number().int().optional(), sequence_number: z.number().int() }))
    .max(256)
    .nullable(),
});
export type ManifestResources = z.output<typeof manifestResourcesSchema>;

export const manifestExposeSchema = z.strictObject({
  port: z.number().int().min(1).max(65_535),
  externalPort: z.number().int().min(0).max(65_535),
  proto: z.enum(['TCP', 'UDP']),
  service: text,
  global: z.boolean(),
  hosts: z.array(text).max(64).nullable(),
  httpOptions: z.strictObject({
    maxBodySize: z.number().int(),
    readTimeout: z.number().int(),
    sendTimeout: z.number().int(),
    nextTries: z.number().int(),
    nextTimeout: z.number().int(),
    nextCases: z.array(z.string().max(16)).max(16).nullable(),
    proxyBufferSize: z.number().int().optional(),
  }),
  ip: text,
  endpointSequenceNumber: z.number().int(),
});
export type ManifestExpose = z.output<typeof manifestExposeSchema>;

export const manifestServiceSchema = z.strictObject({
  name: z.string().max(63),
  image: text,
  command: z.array(text).max(256).nullable(),
  args: z.array(text).max(256).nullable(),
  env: z.array(text).max(1024).nullable(),
  resources: manifestResourcesSchema,
  count: z.number().int().min(1).max(1000),
  expose: z.array(manifestExposeSchema).max(64).nullable(),
  params: z
    .strictObject({
      storage: z
        .array(z.strictObject({ name: text, mount: text, readOnly: z.boolean() }))
        .max(64)
        .nullable()
        .optional(),
      permissions: z
        .strictObject({ read: z.array(z.string().max(32)).max(8).nullable() })
        .nullable()
        .optional(),
      tee: z.strictObject({ type: z.enum(['cpu', 'cpu-gpu']), attestation: z.boolean() }).optional(),
    })
    .nullable()
    .optional(),
  credentials: z
    .strictObject({ host: text, email: text, username: text, password: text })
    .nullable()
    .optional(),
});
export type ManifestService = z.output<typeof manifestServiceSchema>;

export const manifestGroupSchema = z.strictObject({
  name: z.string().max(128),
  services: z.array(manifestServiceSchema).min(1).max(64),
});
export type ManifestGroup = z.output<typeof manifestGroupSchema>;

/** One group per lease. */
export type Manifest = readonly ManifestGroup[];

/** SHA-256 of the canonical JSON, as hex with 0x. Go's encoder, the reference, escapes <, > and & in strings. */
export function hashManifest(manifest: Manifest): Hex {
  const canonical = canonicalJson(manifest).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return Hash.sha256(OxHex.fromString(canonical));
}
