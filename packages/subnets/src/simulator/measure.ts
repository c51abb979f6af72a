/**
 * A validator's task for a virtual miner: the mechanism's own task, run, observe and score, with only the time made up: as long
 * as the machine needs for all that it is asked at once, give or take the noise.
 */
import { canonicalJson, type Clock, hashText, type Hex } from '@souk/protocol';
import type { Mechanism } from '../mechanisms/mechanism.ts';
import { makeRequest, scoreAnswer } from '../mechanisms/replay.ts';
import type { PlayedMachine, PlayedValidator } from './cast.ts';
import { chanceOf } from './chance.ts';

export interface Stage {
  readonly mechanism: Mechanism;
  readonly seed: number;
  readonly epoch: number;
  readonly noise: number;
  /** Units that a machine has in this epoch. */
  capacityOf(machine: PlayedMachine): number;
}

/** As it stands in a score log, before anything is signed. */
export interface Measured {
  readonly sequence: number;
  readonly seed: Hex;
  readonly request: string;
  /** Canonical JSON; `null` where nothing valid came in time. */
  readonly body: string;
  readonly observation: string;
  readonly score: number;
}

/** Of a mechanism's deadline, what a machine that is what it declares takes for its task. */
const workShare = 1 / 4;
const blockMs = 12_000;

export async function measure(
  stage: Stage,
  validator: PlayedValidator,
  machine: PlayedMachine,
  registration: number,
): Promise<readonly Measured[]> {
  const entries: Measured[] = [];
  for (let sequence = 0; sequence < stage.mechanism.limits.tasksPerEpoch; sequence++) {
    const entry = await ask(stage, { validator, machine, registration, sequence });
    if (entry) entries.push(entry);
  }
  return entries;
}

interface Question {
  readonly validator: PlayedValidator;
  readonly machine: PlayedMachine;
  readonly registration: number;
  readonly sequence: number;
}

async function ask(stage: Stage, question: Question): Promise<Measured | undefined> {
  const { mechanism, epoch } = stage;
  const { validator, machine, registration, sequence } = question;
  const seed = hashText([stage.seed, epoch, validator.operator, registration, sequence].join(' '));
  const context = { seed, subnet: 1, epoch, sequence, units: machine.declared };
  const made = makeRequest(mechanism, context);
  if (made === undefined) return undefined;
  const unanswered = { sequence, seed, request: made.body, body: 'null', observation: 'null', score: 0 };
  const elapsedMs = elapsedOf(stage, question);
  if (elapsedMs > mechanism.limits.deadlineMs) return unanswered;
  const clock = virtualClock(epoch * blockMs);
  const virtual = {
    clock,
    deadline: clock.now() + mechanism.limits.deadlineMs,
    signal: new AbortController().signal,
    fetch: virtualFetch(epoch),
    settings: {},
  };
  const response = await mechanism.run(made.request, virtual);
  const observation = await mechanism.observe(made.request, response, { ...virtual, elapsedMs });
  const texts = { body: canonicalJson(response), observation: canonicalJson(observation) };
  const score = scoreAnswer(mechanism, made.request, texts, machine.declared);
  return score === undefined ? unanswered : { ...unanswered, ...texts, score };
}

/** Accomplices are quick for theirs and silent for others; a lazy miner answers every other task. */
function elapsedOf(stage: Stage, { validator, machine, registration, sequence }: Question): number {
  const { mechanism, noise, seed, epoch } = stage;
  if (validator.accomplices.includes(registration)) return 1;
  if (machine.kind === 'idle' || (machine.kind === 'lazy' && sequence % 2 === 1))
    return Number.POSITIVE_INFINITY;
  const chance = chanceOf(seed, 'time', epoch, validator.operator, machine.luck, sequence);
  const names = mechanism.limits.isSimultaneous ? machine.registrations.length : 1;
  const load = (machine.declared * names) / stage.capacityOf(machine);
  return mechanism.limits.deadlineMs * workShare * load * Math.exp(noise * validator.noise * chance.gauss());
}

function virtualClock(startMs: number): Clock {
  let now = startMs;
  return {
    now: () => now,
    sleep: async (ms) => {
      now += ms;
    },
  };
}

/** A page of words for every address, another one every eight epochs. */
function virtualFetch(epoch: number): typeof fetch {
  return async (input) => {
    const chance = chanceOf(Math.floor(epoch / 8), input instanceof Request ? input.url : String(input));
    const text = Array.from({ length: 120 }, () => `w${chance.below(50_000)}`).join(' ');
    return new Response(`<html><body><p>${text}</p></body></html>`, {
      headers: { 'content-type': 'text/html' },
    });
  };
}
