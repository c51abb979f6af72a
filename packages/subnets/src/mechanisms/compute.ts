/**
 * Mechanism `compute`: capacity, measured. A miner declares units; validators give all miners at the same instant work that
 * nobody could have done before, as much of it as the units, and take the time. Worth is the units times
 * the square of the speed, which is at most 1:
 * - declaring k times what one has makes k · (1/k)² = 1/k of it, declaring less makes less;
 * - n names on one machine together have what the machine has, for n registrations and n collaterals.
 * Checking takes a small part of the work (Freivalds for matrices; a few hashes for the others) and is done again by everyone
 * who replays evidence. How long it took is the one thing that only the validator knows; consensus clips that.
 */
import { z } from 'zod';
import { challengeKinds, type ChallengeSizes, isAnswer } from './challenges/challenge.ts';
import { solve } from './challenges/solve.ts';
import { defineMechanism } from './define.ts';
import { movingMean } from './moving-mean.ts';

/** In which the work of all units must be done for full worth; a unit takes one core of 2020 about a twentieth of it. */
const referenceMs = 2_000;
const maxUnits = 256;
const maxAnswerChars = 2_600;

const requestSchema = z.strictObject({
  kind: z.enum(challengeKinds),
  seed: z.string().regex(/^0x[0-9a-f]{64}$/),
  units: z.number().int().min(1).max(maxUnits),
});
const responseSchema = z.strictObject({ answer: z.base64().max(maxAnswerChars) });
const observationSchema = z.strictObject({ elapsedMs: z.number().int().min(1) });

/** One unit: about 100 ms of one core in each kind. */
export const unitSizes: ChallengeSizes = {
  matrix: { rows: 192, columns: 48, levels: 56, opened: 8, drawRounds: 8_192 },
  memory: { entries: 250_000, pairs: 24 },
  hash: { hashes: 100_000, nonces: 64 },
};

const simulatedSizes: ChallengeSizes = {
  matrix: { rows: 8, columns: 2, levels: 1, opened: 2, drawRounds: 1 },
  memory: { entries: 8, pairs: 2 },
  hash: { hashes: 4, nonces: 2 },
};

export function computeMechanism() {
  return { ...computeOf(unitSizes), simulation: computeOf(simulatedSizes) };
}

/** With work of another size. */
export function computeOf(sizes: ChallengeSizes) {
  return defineMechanism({
    name: 'compute',
    version: 1,
    about: 'seeded matrix, memory and hash work, paid by declared units and speed',
    request: requestSchema,
    response: responseSchema,
    observation: observationSchema,
    limits: {
      deadlineMs: 4 * referenceMs,
      maxRequestBytes: 256,
      maxResponseBytes: maxAnswerChars + 16,
      tasksPerEpoch: challengeKinds.length,
      isSimultaneous: true,
    },

    task({ seed, sequence, units }) {
      return { kind: challengeKinds[sequence % challengeKinds.length]!, seed, units: countedUnits(units) };
    },

    async run(request, { signal }) {
      return { answer: Buffer.from(await solve(request, sizes, signal)).toString('base64') };
    },

    observe(_request, _response, { elapsedMs }) {
      return Promise.resolve({ elapsedMs: Math.max(1, Math.round(elapsedMs)) });
    },

    score({ request, response, observation }) {
      if (!isAnswer(request, sizes, Buffer.from(response.answer, 'base64'))) return 0;
      const speed = Math.min(1, referenceMs / observation.elapsedMs);
      return (request.units / maxUnits) * speed * speed;
    },

    aggregate: movingMean,
  });
}

export const mechanism = computeMechanism();

function countedUnits(units: number): number {
  return Math.max(1, Math.min(maxUnits, Math.floor(units)));
}
