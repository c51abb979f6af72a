/**
 * A mechanism in one file: miners list the primes of a window of numbers, and are paid for how many they find and how
 * soon. Play it with bad actors before anybody stakes on it:  ./souk subnet simulate examples/subnets/primes.ts
 */
import { defineMechanism } from '@souk/subnets';
import { z } from 'zod';

const numbersPerUnit = 50;
const maxUnits = 64;
/** An answer within this time is worth all of it. */
const fastMs = 1_000;

export const mechanism = defineMechanism({
  name: 'primes',
  /** Raise it whenever a score may come out differently: everybody recomputes rewards. */
  version: 1,
  about: 'lists the primes of windows of numbers, paid by units, share found and speed',

  // What is asked, what is answered, what the validator alone can say of the answer. Nothing else gets through.
  request: z.strictObject({
    from: z.number().int(),
    count: z
      .number()
      .int()
      .min(1)
      .max(numbersPerUnit * maxUnits),
  }),
  response: z.strictObject({ primes: z.array(z.number().int()).max(numbersPerUnit * maxUnits) }),
  observation: z.strictObject({ elapsedMs: z.number().int().min(1) }),

  limits: {
    deadlineMs: 4 * fastMs,
    maxRequestBytes: 64,
    maxResponseBytes: 6_000,
    tasksPerEpoch: 4,
    // One machine under many names is asked under all of them at once, and is slower in each.
    isSimultaneous: true,
  },

  // The request comes from the seed and the declared units alone, so that anyone can check that nobody was favoured.
  task: ({ random, units }) => ({
    from: 1_000_000 + random.below(1_000_000_000),
    count: numbersPerUnit * counted(units),
  }),

  // The miner's work. Anything goes here: other programs, GPUs, other machines.
  run: async ({ from, count }) => ({ primes: primesIn(from, count) }),

  observe: async (_request, _response, { elapsedMs }) => ({ elapsedMs: Math.max(1, Math.round(elapsedMs)) }),

  // Worth of one answer, 0 to 1. Pure: what validators open of their scores is replayed by everybody, to the bit.
  // Units times the square of speed: declaring more than one has pays less, and so does one machine under many names.
  score: ({ request, response, observation, units }) => {
    const wanted = primesIn(request.from, request.count);
    const given = new Set(response.primes);
    const right = wanted.filter((prime) => given.has(prime)).length;
    const found = Math.max(0, 2 * right - given.size) / Math.max(1, wanted.length);
    const speed = Math.min(1, fastMs / observation.elapsedMs);
    return (counted(units) / maxUnits) * found * speed * speed;
  },

  // Worth of a miner: half of what it was, so that one bad epoch is not the end.
  aggregate: (scores, before) => {
    const mean = scores.reduce((sum, score) => sum + score, 0) / Math.max(1, scores.length);
    return before === 0 ? mean : (before + mean) / 2;
  },
});

function counted(units: number): number {
  return Math.max(1, Math.min(maxUnits, units));
}

function primesIn(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => from + index).filter(isPrime);
}

function isPrime(number: number): boolean {
  if (number % 2 === 0) return number === 2;
  for (let divisor = 3; divisor * divisor <= number; divisor += 2) if (number % divisor === 0) return false;
  return number > 1;
}
