/** Messages to bytes and back: size before parsing, schema after, on both sides. */
import { type Blame, encodeJson } from '@souk/protocol';
import type { z } from 'zod';
import { netFault, parseJson } from './faults.ts';

/** What the other side would refuse is refused here, with blame on us. */
export function encodeMessage(
  name: string,
  schema: z.ZodType,
  message: unknown,
  maxBytes: number,
): Uint8Array {
  const bytes = Buffer.from(encodeJson(message));
  parseMessage(name, schema, bytes, maxBytes, 'self');
  return bytes;
}

export function parseMessage<M extends z.ZodType>(
  name: string,
  schema: M,
  bytes: Uint8Array,
  maxBytes: number,
  blame: Blame = 'peer',
): z.output<M> {
  if (bytes.byteLength > maxBytes) {
    const data = { name, length: bytes.byteLength, limit: maxBytes };
    throw netFault('net.too-large', 'a message is longer than its protocol allows', blame, { data });
  }
  const parsed = schema.safeParse(parseJson(bytes));
  if (parsed.success) return parsed.data;
  const paths = parsed.error.issues.slice(0, 5).map((issue) => issue.path.join('.'));
  throw netFault('net.malformed', 'a message does not fit its schema', blame, { data: { name, paths } });
}
