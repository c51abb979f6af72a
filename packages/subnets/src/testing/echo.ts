/** A small mechanism for tests: square a number; worth is how much of the asked precision the answer has. */
import { z } from 'zod';
import { defineMechanism } from '../mechanisms/define.ts';

export const echoMechanism = defineMechanism({
  name: 'echo',
  version: 1,
  about: 'squares of numbers, as precise as the miner likes',
  request: z.strictObject({ number: z.number().int(), digits: z.number().int() }),
  response: z.strictObject({ square: z.number() }),
  observation: z.strictObject({ isLate: z.boolean() }),
  limits: {
    deadlineMs: 2_000,
    maxRequestBytes: 200,
    maxResponseBytes: 200,
    tasksPerEpoch: 3,
    isSimultaneous: false,
  },
  task: ({ random, units }) => ({ number: random.below(1_000_000), digits: Math.max(1, units) }),
  run: async ({ number }, { settings }) => ({ square: number * number * Number(settings['precision'] ?? 1) }),
  observe: async (_request, _response, { elapsedMs, clock, deadline }) => ({
    isLate: elapsedMs < 0 || clock.now() > deadline,
  }),
  score: ({ request, response, observation }) => {
    const wanted = request.number * request.number;
    if (observation.isLate) return 0;
    return wanted === 0 ? 1 : Math.min(response.square, wanted) / Math.max(response.square, wanted, 1);
  },
  aggregate: (scores, before) => {
    const mean = scores.reduce((sum, score) => sum + score, 0) / Math.max(1, scores.length);
    return before === 0 ? mean : before * 0.5 + mean * 0.5;
  },
});
