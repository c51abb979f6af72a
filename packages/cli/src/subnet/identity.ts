/**
 * What a subnet says of itself: JSON in its identity text. The names of its mechanisms are what `souk mine` and
 * `souk validate` find the code by. Written by anybody, so read with care.
 */
import { encodeJson, Fault } from '@souk/protocol';
import { z } from 'zod';
import { printable } from '../output.ts';

const line = (max: number) => z.string().min(1).max(max).transform(printable);

const identitySchema = z.object({
  name: line(64),
  /** In the order of the contract's mechanisms. */
  mechanisms: z
    .array(z.string().regex(/^[a-z][a-z0-9-]{0,62}$/))
    .min(1)
    .max(4),
  /** What the mechanism `data` collects. */
  sources: z
    .array(z.url({ protocol: /^https?$/ }).max(200))
    .max(16)
    .optional(),
  about: line(280).optional(),
  url: line(200).optional(),
  contact: line(200).optional(),
});
/** That the contract takes. */
const maxBytes = 512;
export type Identity = z.output<typeof identitySchema>;

/** Undefined where it is none of ours. */
export function readIdentity(text: string): Identity | undefined {
  try {
    return identitySchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

export function writeIdentity(identity: {
  readonly [K in keyof Identity]?: Identity[K] | undefined;
}): string {
  const parsed = identitySchema.safeParse(identity);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw badIdentity(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
  }
  const text = encodeJson(parsed.data);
  if (Buffer.byteLength(text) > maxBytes) throw badIdentity(`it has ${Buffer.byteLength(text)} bytes`);
  return text;
}

function badIdentity(why: string): Fault {
  return new Fault('subnet.bad-identity', why, {
    blame: 'user',
    remedy: `a name of at most 64 characters, at most 4 mechanisms in lower-case words with dashes, ${maxBytes} bytes in all`,
  });
}
