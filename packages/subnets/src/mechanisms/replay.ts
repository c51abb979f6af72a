/**
 * A mechanism's pure functions as every validator calls them and every judge calls them again: bodies as canonical JSON
 * and back, the request of a seed, the worth of an answer, weights. What doesn't fit is undefined, never thrown; what a
 * mechanism itself throws is passed on.
 */
import { canonicalJson, fullWeight, type Json } from '@souk/protocol';
import type { z } from 'zod';
import { maxObservationBytes } from './define.ts';
import type { Mechanism, TaskContext } from './mechanism.ts';
import { seededRandom } from './random.ts';

/** Nesting of a body: so that reading it takes no deep stack, on any machine. */
const maxDepth = 32;

/** What `schema` makes of a body; undefined where it is too long, not canonical JSON, or doesn't fit. */
export function readBody<T>(
  schema: z.ZodType<T>,
  body: string,
  maxBytes: number,
): { readonly value: T } | undefined {
  if (Buffer.byteLength(body) > maxBytes || !isShallow(body)) return undefined;
  const json = parseJson(body);
  if (json === undefined || canonicalJson(json) !== body) return undefined;
  const parsed = schema.safeParse(json);
  return parsed.success ? { value: parsed.data } : undefined;
}

/** Reads a line of JSON that anybody may have written; undefined where it is none. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Whether brackets nest no deeper than anything sensible does. */
export function isShallow(text: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') isInString = !isInString;
    else if (isInString && character === '\\') at += 1;
    else if (!isInString && (character === '[' || character === '{')) depth += 1;
    else if (!isInString && (character === ']' || character === '}')) depth -= 1;
    if (depth > maxDepth) return false;
  }
  return true;
}

export interface MadeRequest {
  readonly body: string;
  /** As it is read from `body`: what the miner sees. */
  readonly request: unknown;
}

/** Undefined where the mechanism makes a request that its own schema or limit refuses. */
export function makeRequest(
  mechanism: Mechanism,
  context: Omit<TaskContext, 'random'>,
): MadeRequest | undefined {
  const body = canonicalJson(mechanism.task({ ...context, random: seededRandom(context.seed) }));
  const read = readBody(mechanism.request, body, mechanism.limits.maxRequestBytes);
  return read && { body, request: read.value };
}

/** An answer with what was observed of it, as texts. */
export interface Answer {
  readonly body: string;
  readonly observation: string;
}

/** Worth of an answer, 0 to 1; undefined where its texts are not what the mechanism takes. */
export function scoreAnswer(
  mechanism: Mechanism,
  request: unknown,
  { body, observation }: Answer,
  units: number,
): number | undefined {
  const response = readBody(mechanism.response, body, mechanism.limits.maxResponseBytes);
  const observed = readBody(mechanism.observation, observation, maxObservationBytes);
  if (response === undefined || observed === undefined) return undefined;
  return clamp(mechanism.score({ request, response: response.value, observation: observed.value, units }));
}

/** Weight of a miner from its scores and its weight one epoch before; 0 is none. */
export function weightFrom(mechanism: Mechanism, scores: readonly number[], before: number): number {
  return Math.floor(clamp(mechanism.aggregate(scores, before / fullWeight)) * fullWeight);
}

function clamp(worth: number): number {
  return worth > 0 ? Math.min(worth, 1) : 0;
}
