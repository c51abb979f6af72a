/** All that is exported as spoken between peers. A new protocol or schema is in these lists without a word here. */
import { z } from 'zod';
import * as door from '../index.ts';
import type { GossipTopic, StreamProtocol, UnaryProtocol } from '../wire.ts';

export type WireRecord =
  | UnaryProtocol<z.ZodType, z.ZodType>
  | StreamProtocol<z.ZodType>
  | GossipTopic<z.ZodType>;

/** One kind of message: what it is part of, its form, its limit. */
export interface WireMessage {
  readonly name: string;
  readonly schema: z.ZodType;
  readonly maxBytes: number;
}

const exported = Object.entries(door) as readonly (readonly [string, unknown])[];

export const wireRecords: readonly WireRecord[] = exported.flatMap(([, value]) =>
  isRecord(value) ? [value] : [],
);

/** Messages of all records, and whatever else has a schema: frames of streams, parts of messages. */
export const wireMessages: readonly WireMessage[] = [
  ...wireRecords.flatMap(messagesOf),
  ...exported.flatMap(([name, value]) =>
    value instanceof z.ZodType ? [{ name, schema: value, maxBytes: 64 * 1024 }] : [],
  ),
];

function isRecord(value: unknown): value is WireRecord {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    'name' in value &&
    ['unary', 'stream', 'gossip'].includes(String(value.kind))
  );
}

function messagesOf(record: WireRecord): WireMessage[] {
  switch (record.kind) {
    case 'unary':
      return [
        { name: `${record.name} request`, schema: record.request, maxBytes: record.maxRequestBytes },
        { name: `${record.name} answer`, schema: record.answer, maxBytes: record.maxAnswerBytes },
      ];
    case 'stream':
      return [{ name: `${record.name} opening`, schema: record.open, maxBytes: record.maxOpenBytes }];
    case 'gossip':
      return [{ name: record.name, schema: record.message, maxBytes: record.maxBytes }];
  }
}
