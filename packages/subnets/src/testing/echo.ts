/** A small mechanism for tests: square a number, as well as the miner likes; whoever says less than it did gets nothing. */
import { z } from 'zod';
import { defineMechanism } from '../mechanisms/define.ts';

export const echoMechanism = defineMechanism({
  name: 'echo',
  version: 1,
  about: 'squares of numbers, as precise as the miner likes',
  request: z.strictObject({ number: z.number().int(), units: z.number().int() }),
  response: z.strictObject({ square: z.number(), precision: z.number().min(0).max(1) }),
  observation: z.strictObject({ isLate: z.boolean() }),
  limits: {
    deadlineMs: 2_000,
    maxRequestBytes: 200,
    maxResponseBytes: 200,
    tasksPerEpoch: 2,
    isSimultaneous: false,
  },
  task: ({ random, units }) => ({ number: 1 + random.below(1_000_000), units }),
  run: async ({ number }, { settings }) => {
    const precision = Number(settings['precision'] ?? 1);
    return { square: number * number * precision, precision };
  },
  observe: async (_request, _response, { clock, deadline }) => ({ isLate: clock.now() > deadline }),
  score: ({ request, response, observation }) => {
    const isRight = response.square === request.number * request.number * response.precision;
    return isRight && !observation.isLate ? response.precision : 0;
  },
  aggregate: (scores, before) => {
    const mean = scores.reduce((sum, score) => sum + score, 0) / Math.max(1, scores.length);
    return before === 0 ? mean : before * 0.5 + mean * 0.5;
  },
});
