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
  about: line(280).optional(),
  url: line(200).optional(),
  contact: line(200).optional(),
});
export type Identity = z.output<typeof identitySchema>;

/** Undefined where it is none of ours. */
export function readIdentity(text: string): Identity | undefined {
  try {
    return identitySchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

export function writeIdentity(identity: { readonly [K in keyof Identity]: Identity[K] | undefined }): string {
  const parsed = identitySchema.safeParse(identity);
  if (parsed.success) return encodeJson(parsed.data);
  const issue = parsed.error.issues[0];
  throw new Fault('subnet.bad-identity', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`, {
    blame: 'user',
    remedy: 'a name of at most 64 characters; mechanisms are lower-case words with dashes, at most 4',
  });
}
