/**
 * Mechanism `data`: text collected from given HTTP sources and cleaned. A task names a few sources; the answer has the text
 * of each. The validator reads one of them again, which one nobody knows before the answer, and worth is
 * - fidelity: how much of the text is what stands there (MinHash), nothing below a half;
 * - freshness: less, the longer ago the source looked like that;
 * - uniqueness: less, the nearer the text is to that of another source or of another page of the answer;
 * times the share of sources that were answered. What the validator read goes into its observation as a signature, so
 * that the score replays without the network.
 */
import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { defineMechanism } from './define.ts';
import { movingMean } from './moving-mean.ts';
import { createTextArchive } from './text/archive.ts';
import { hasLineTwice } from './text/clean.ts';
import { fetchText } from './text/fetch-text.ts';
import { minHash, signatureDigits, similarity } from './text/minhash.ts';

const sourcesPerTask = 3;
const maxTextBytes = 1_000;
const leastFidelity = 0.5;
/** Texts share this much by chance and phrase. */
const leastAlike = 0.25;
/** A text that stood there this long ago is worth half. */
const halfFreshMs = 60_000;

const requestSchema = z.strictObject({
  sources: z
    .array(z.url({ protocol: /^https?$/ }))
    .min(1)
    .max(sourcesPerTask),
});
const responseSchema = z.strictObject({ texts: z.array(z.string().max(maxTextBytes)).max(sourcesPerTask) });
const observationSchema = z.strictObject({
  /** Which source was read again. */
  checked: z
    .number()
    .int()
    .min(0)
    .max(sourcesPerTask - 1),
  /** Of the text there; null where there was none. */
  signature: z
    .string()
    .regex(new RegExp(`^[0-9a-f]{${signatureDigits}}$`))
    .nullable(),
  staleMs: z.number().min(0),
  /** Greatest similarity to another source. */
  nearest: z.number().min(0).max(1),
});

/** `sources` must be the same for everybody in the subnet; a miner fetches nothing else. */
export function dataMechanism(sources: readonly string[]) {
  const known = new Set(sources);
  const archive = createTextArchive();
  return defineMechanism({
    name: 'data',
    version: 1,
    about: 'clean text of given HTTP sources, paid by fidelity, freshness and uniqueness',
    request: requestSchema,
    response: responseSchema,
    observation: observationSchema,
    limits: {
      deadlineMs: 10_000,
      maxRequestBytes: 2_048,
      maxResponseBytes: 4_096,
      tasksPerEpoch: 4,
      isSimultaneous: false,
    },

    task({ random }) {
      const left = [...known];
      const count = Math.min(sourcesPerTask, left.length);
      return { sources: Array.from({ length: count }, () => left.splice(random.below(left.length), 1)[0]!) };
    },

    async run({ sources: asked }, context) {
      const strange = asked.find((source) => !known.has(source));
      if (strange !== undefined) throw new TypeError(`${strange} is no source of this subnet`);
      const texts = asked.map((source) => fetchText(source, maxTextBytes, context));
      return { texts: (await Promise.all(texts)).map((text) => text ?? '') };
    },

    async observe({ sources: asked }, { texts }, context) {
      const checked = randomInt(asked.length);
      const source = asked[checked]!;
      const text = await fetchText(source, maxTextBytes, context);
      if (!text) return { checked, signature: null, staleMs: 0, nearest: 0 };
      const [now, signature, answered] = [context.clock.now(), minHash(text), minHash(texts[checked] ?? '')];
      archive.saw(source, signature, now);
      const [staleMs, nearest] = [archive.staleMs(source, answered, now), archive.nearest(source, answered)];
      return { checked, signature, staleMs, nearest };
    },

    score({ request, response: { texts }, observation: { checked, signature, staleMs, nearest } }) {
      const text = texts[checked] ?? '';
      // Where the validator finds nothing, anything is made up, and nothing is right.
      if (signature === null) return text === '' ? shareOf(request.sources, texts, 1) : 0;
      if (text === '' || hasLineTwice(text)) return 0;
      const own = minHash(text);
      const fidelity = similarity(own, signature);
      if (fidelity < leastFidelity) return 0;
      const others = texts.filter((other, at) => at !== checked && other !== '').map(minHash);
      const alike = others.reduce((most, other) => Math.max(most, similarity(own, other)), nearest);
      const uniqueness = alike < leastAlike ? 1 : 1 - alike;
      const freshness = halfFreshMs / (halfFreshMs + staleMs);
      return fidelity * freshness * uniqueness * shareOf(request.sources, texts, 0);
    },

    aggregate: movingMean,
  });
}

/** Share of the sources with a text; `absent` of them rightly have none. */
function shareOf(asked: readonly string[], texts: readonly string[], absent: number): number {
  const answered = texts.slice(0, asked.length).filter((text) => text !== '').length;
  return Math.min(1, (answered + absent) / asked.length);
}
