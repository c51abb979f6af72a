/**
 * A mechanism in one file: miners list the primes of a window of numbers, and are paid for how many they find and how
 * soon. Try it against bad actors, before anybody stakes on it:  ./souk subnet simulate examples/subnets/primes.ts
 */
import { defineMechanism } from '@souk/subnets';
import { z } from 'zod';

const windowSize = 200;
/** An answer within this time is worth all of it. */
const fastMs = 1_000;

export const mechanism = defineMechanism({
  name: 'primes',
  /** Raise it whenever a score may come out differently: rewards are recomputed by everybody. */
  version: 1,
  about: 'lists the primes of windows of numbers, paid by share found and by speed',

  // What is asked, what is answered, and what the validator alone can say of the answer. Nothing else gets through.
  request: z.strictObject({ from: z.number().int().min(2) }),
  response: z.strictObject({ primes: z.array(z.number().int()).max(windowSize) }),
  observation: z.strictObject({ elapsedMs: z.number().int().min(0) }),

  limits: {
    deadlineMs: 4_000,
    maxRequestBytes: 64,
    maxResponseBytes: 4_000,
    tasksPerEpoch: 4,
    isSimultaneous: false,
  },

  // The request comes from the seed alone, so that whoever has the seed can check that nobody was favoured.
  task: ({ random }) => ({ from: 1_000_000 + random.below(1_000_000_000) }),

  // The miner's work. Anything goes here: other programs, GPUs, other machines.
  run: async ({ from }) => ({ primes: primesFrom(from) }),

  observe: async (_request, _response, { elapsedMs }) => ({ elapsedMs: Math.max(0, Math.round(elapsedMs)) }),

  // Worth of one answer, 0 to 1. Pure: validators open some of their scores to everybody, who must come to the same.
  score: ({ request, response, observation }) => {
    const wanted = primesFrom(request.from);
    const given = new Set(response.primes);
    const right = wanted.filter((prime) => given.has(prime)).length;
    const wrong = given.size - right;
    const found = Math.max(0, right - wrong) / Math.max(1, wanted.length);
    return found * Math.min(1, fastMs / Math.max(1, observation.elapsedMs));
  },

  // Worth of a miner: half of what it was, so that one bad epoch is not the end.
  aggregate: (scores, before) => {
    const mean = scores.reduce((sum, score) => sum + score, 0) / Math.max(1, scores.length);
    return before === 0 ? mean : (before + mean) / 2;
  },
});

function primesFrom(from: number): number[] {
  return Array.from({ length: windowSize }, (_, index) => from + index).filter(isPrime);
}

function isPrime(number: number): boolean {
  if (number % 2 === 0) return number === 2;
  for (let divisor = 3; divisor * divisor <= number; divisor += 2) if (number % divisor === 0) return false;
  return number > 1;
}
