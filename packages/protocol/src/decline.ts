/** Why a provider makes no offer: a closed union, so that a tenant can merge a thousand of them into one explanation. */
import { z } from 'zod';
import { uintSchema } from './hex.ts';

export const declineSchema = z.discriminatedUnion('reason', [
  z.strictObject({
    reason: z.literal('no-capacity'),
    resource: z.enum(['cpuMilli', 'memoryBytes', 'storageBytes', 'gpus']),
    needed: uintSchema(64),
    available: uintSchema(64),
  }),
  z.strictObject({
    reason: z.literal('attribute-missing'),
    attribute: z.string().max(128),
    wanted: z.string().max(256),
    offered: z.string().max(256).nullable(),
  }),
  z.strictObject({
    reason: z.literal('region-mismatch'),
    wanted: z.array(z.string().max(64)).max(32),
    offered: z.string().max(256).nullable(),
  }),
  z.strictObject({ reason: z.literal('not-audited'), auditors: z.array(z.string().max(128)).max(32) }),
  z.strictObject({ reason: z.literal('gpu-mismatch'), wanted: z.array(z.string().max(200)).max(64) }),
  z.strictObject({ reason: z.literal('storage-class-missing'), class: z.string().max(32) }),
  z.strictObject({ reason: z.literal('endpoint-unsupported'), kind: z.string().max(16) }),
  z.strictObject({ reason: z.literal('price-below-ours'), ceiling: uintSchema(96), ours: uintSchema(96) }),
  z.strictObject({
    reason: z.literal('deposit-too-small'),
    deposit: uintSchema(96),
    minimum: uintSchema(96),
  }),
  z.strictObject({ reason: z.literal('token-not-accepted'), token: z.string().max(42) }),
  z.strictObject({
    reason: z.literal('window-too-long'),
    which: z.enum(['clawback', 'start']),
    window: z.number().int(),
    maximum: z.number().int(),
  }),
  z.strictObject({
    reason: z.literal('notice-too-long'),
    wanted: z.number().int(),
    maximum: z.number().int(),
  }),
  z.strictObject({ reason: z.literal('too-many-orders') }),
  z.strictObject({ reason: z.literal('not-serving'), detail: z.string().max(200) }),
]);
export type Decline = z.output<typeof declineSchema>;
export type DeclineReason = Decline['reason'];

/** One line for a person. */
export function describeDecline(decline: Decline): string {
  switch (decline.reason) {
    case 'no-capacity':
      return `not enough ${decline.resource}: needs ${decline.needed}, has ${decline.available} free`;
    case 'attribute-missing':
      return `attribute ${decline.attribute}=${decline.wanted} wanted, ${decline.offered ?? 'nothing'} offered`;
    case 'region-mismatch':
      return `in region ${decline.offered ?? 'unknown'}, not in ${decline.wanted.join(' or ')}`;
    case 'not-audited':
      return `not signed by ${decline.auditors.join(', ')}`;
    case 'gpu-mismatch':
      return `no GPU of ${decline.wanted.join(' or ')}`;
    case 'storage-class-missing':
      return `no storage of class ${decline.class}`;
    case 'endpoint-unsupported':
      return `can't offer endpoints of kind ${decline.kind}`;
    case 'price-below-ours':
      return `price ceiling ${decline.ceiling} is below this provider's ${decline.ours} per hour`;
    case 'deposit-too-small':
      return `deposit ${decline.deposit} is below this provider's minimum ${decline.minimum}`;
    case 'token-not-accepted':
      return `doesn't take token ${decline.token}`;
    case 'window-too-long':
      return `${decline.which} window ${decline.window} s is longer than the ${decline.maximum} s accepted`;
    case 'notice-too-long':
      return `notice of ${decline.wanted} s wanted, ${decline.maximum} s given at most`;
    case 'too-many-orders':
      return 'too many orders from this tenant at once';
    case 'not-serving':
      return `not taking orders now: ${decline.detail}`;
  }
}
