/**
 * What a mechanism is: one file that says what miners are asked, how they answer and what an answer is worth. The kit
 * does the rest. `task`, `score` and `aggregate` are pure and use only + − × ÷ and square roots on numbers, for every
 * validator replays them on its own machine and must come to the same bits.
 */
import type { Clock, Hex } from '@souk/protocol';
import type { z } from 'zod';

/** Numbers from a seed, the same on every machine. */
export interface SeededRandom {
  /** In [0, 1). */
  next(): number;
  /** A whole number in [0, below). */
  below(below: number): number;
  pick<T>(list: readonly T[]): T;
}

export interface TaskContext {
  readonly seed: Hex;
  readonly random: SeededRandom;
  readonly subnet: number;
  readonly epoch: number;
  /** Counts this validator's tasks for this miner in this epoch. */
  readonly sequence: number;
  /** Capacity that the miner declares, in the mechanism's own unit. */
  readonly units: number;
}

export interface RunContext {
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Unix milliseconds by which the validator wants the answer. */
  readonly deadline: number;
  readonly fetch: typeof fetch;
  /** The miner's own settings, as it gave them. */
  readonly settings: Readonly<Record<string, string>>;
}

export interface ObserveContext extends RunContext {
  /** From sending the task to having the whole answer. */
  readonly elapsedMs: number;
}

/** One task with what came of it, as `score` sees it. `response` is null where the miner gave no valid answer in time. */
export interface Scored<Request, Response, Observation> {
  readonly request: Request;
  readonly response: Response;
  readonly observation: Observation;
  readonly units: number;
}

export interface Limits {
  readonly deadlineMs: number;
  /** Largest request and response, as canonical JSON. A task, its answer and the observation must fit in one opening: 8 KiB in all. */
  readonly maxRequestBytes: number;
  readonly maxResponseBytes: number;
  /** Tasks a validator gives a miner in one epoch. */
  readonly tasksPerEpoch: number;
  /** All miners are asked at the same instant, so that one machine behind many names is slower in each. */
  readonly isSimultaneous: boolean;
}

export interface Mechanism<Request = unknown, Response = unknown, Observation = unknown> {
  /** Lower-case words with dashes, e.g. `compute`. */
  readonly name: string;
  /** Goes into every reveal; raised whenever a score may change. */
  readonly version: number;
  readonly about: string;
  readonly request: z.ZodType<Request>;
  readonly response: z.ZodType<Response>;
  readonly observation: z.ZodType<Observation>;
  readonly limits: Limits;
  /** The request that this seed makes. Pure. */
  task(context: TaskContext): Request;
  /** The miner's work. */
  run(request: Request, context: RunContext): Promise<Response>;
  /** What only this validator can say of the answer: how long it took, what a page says now. */
  observe(request: Request, response: Response, context: ObserveContext): Promise<Observation>;
  /** Worth of one answer, 0 to 1. Pure. An answer that never came, or did not parse, is worth 0 without being asked. */
  score(scored: Scored<Request, Response, Observation>): number;
  /** Worth of a miner, 0 to 1, from its scores in this epoch and its worth one epoch before (0 for a newcomer). Pure. */
  aggregate(scores: readonly number[], before: number): number;
  /** The same with next to no work, for many epochs on a virtual clock; left out where `run` costs little anyway. */
  readonly simulation?: Mechanism<Request, Response, Observation>;
}
