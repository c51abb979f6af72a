/** How a mechanism is written: typed by its three schemas, checked when its file is loaded. */
import { Fault, maxTaskBytes, maxTasksPerEpoch } from '@souk/protocol';
import { z } from 'zod';
import type { Mechanism } from './mechanism.ts';

/** An observation, as canonical JSON. With the answer it must fit in one opening. */
export const maxObservationBytes = 1024;
const maxResponseBytes = 8 * 1024 - maxObservationBytes;

const partsSchema = z.object({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'lower-case letters, digits and dashes, e.g. compute'),
  version: z.number().int().min(1).max(0xffff_ffff),
  about: z.string().min(1).max(280),
  limits: z.strictObject({
    deadlineMs: z.number().int().min(100).max(600_000),
    maxRequestBytes: z.number().int().min(2).max(maxTaskBytes),
    maxResponseBytes: z.number().int().min(2).max(maxResponseBytes),
    tasksPerEpoch: z.number().int().min(1).max(maxTasksPerEpoch),
    isSimultaneous: z.boolean(),
  }),
});

/** Throws `subnets.bad-mechanism`, which says what is wrong where. */
export function defineMechanism<Request, Response, Observation>(
  wish: Mechanism<Request, Response, Observation>,
): Mechanism<Request, Response, Observation> {
  const parsed = partsSchema.safeParse(wish);
  if (parsed.success) return wish;
  const [issue] = parsed.error.issues;
  const path = issue?.path.join('.') ?? '';
  throw new Fault('subnets.bad-mechanism', `mechanism ${wish.name}: ${path}: ${issue?.message ?? ''}`, {
    blame: 'user',
    data: { mechanism: wish.name, path },
    remedy: `correct ${path} in the mechanism's file`,
  });
}

/** The mechanisms of these names, in this order. Throws `subnets.unknown-mechanism`. */
export function mechanismsNamed(names: readonly string[], known: readonly Mechanism[]): readonly Mechanism[] {
  return names.map((name) => {
    const found = known.find((mechanism) => mechanism.name === name);
    if (found) return found;
    const all = known.map((mechanism) => mechanism.name);
    throw new Fault('subnets.unknown-mechanism', `there is no mechanism ${name} here`, {
      blame: 'user',
      data: { name, known: all },
      remedy: `known are ${all.join(', ')}; update souk, or choose another subnet`,
    });
  });
}

/** What a reveal names as its version: rises whenever that of any of the subnet's mechanisms does. */
export function versionOf(mechanisms: readonly Mechanism[]): number {
  return mechanisms.reduce((sum, { version }) => sum + version, 0);
}
