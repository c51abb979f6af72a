/**
 * Rounds of tasks: in each round of an epoch the chosen miners get one task each, and what comes of it is journaled at
 * once. Which rounds are due, who is chosen and what is asked come from the chain and the hot key alone, so a validator
 * that crashed asks again what was not scored, in the same words. A round in which nobody could be reached says more
 * about this validator than about the miners: it counts for nothing.
 */
import { type Address, decodeWeights, keccak, toFault } from '@souk/protocol';
import { type Registered, servedBefore, type SubnetView, weighersOf } from '../book/view.ts';
import type { EpochBlocks } from '../epochs/epoch.ts';
import type { Mechanism } from '../mechanisms/mechanism.ts';
import { seededRandom } from '../mechanisms/random.ts';
import type { ValidatorMetrics } from '../metrics.ts';
import {
  type Asked,
  type AskDeps,
  askMiner,
  type AskOptions,
  type Prepared,
  prepare,
  type Question,
} from './ask.ts';
import type { Journal } from './journal.ts';
import { chooseMiners, roundsDue, type Turn } from './schedule.ts';
import type { EpochSecret } from './secret.ts';

export interface RoundsDeps extends AskDeps {
  readonly journal: Journal;
  readonly metrics: ValidatorMetrics;
  readonly subnet: number;
  readonly operator: Address;
  secretOf(epoch: number): Promise<EpochSecret>;
}

export interface RoundsOptions extends AskOptions {
  readonly askShare: number;
  readonly maxTasksPerRound: number;
  readonly maxConcurrentTasks: number;
  readonly connectMs: number;
}

/** Where the chain stands. */
export interface Now {
  readonly view: SubnetView;
  readonly head: number;
  readonly epoch: number;
  readonly blocks: EpochBlocks;
  readonly mechanisms: readonly Mechanism[];
}

interface Round extends Now {
  readonly mechanism: number;
  readonly round: number;
}

export interface Rounds extends AsyncDisposable {
  /** Begins what is due and not under way. Does not wait. */
  step(now: Now): void;
  isBusy(): boolean;
  trouble(): string | undefined;
}

export function createRounds(deps: RoundsDeps, options: RoundsOptions): Rounds {
  const { journal, log, metrics, operator } = deps;
  const closing = new AbortController();
  const underWay = new Map<number, Promise<void>>();
  /** Rounds done since the start, by mechanism. */
  const done = new Map<number, { readonly epoch: number; readonly rounds: number }>();
  let trouble: string | undefined;

  function step(now: Now): void {
    for (const [index, mechanism] of now.mechanisms.entries()) {
      const known = done.get(index);
      const round = known?.epoch === now.epoch ? known.rounds : 0;
      const rounds = mechanism.limits.tasksPerEpoch;
      const { askShare } = options;
      const due = roundsDue(now.blocks, {
        rounds,
        turn: turnOf(now.view, operator),
        askShare,
        block: now.head,
      });
      if (round >= due || underWay.has(index)) continue;
      const work = begin({ ...now, mechanism: index, round }).finally(() => underWay.delete(index));
      underWay.set(index, work);
    }
  }

  async function begin(round: Round): Promise<void> {
    try {
      await play(round);
      done.set(round.mechanism, { epoch: round.epoch, rounds: round.round + 1 });
    } catch (error) {
      if (closing.signal.aborted) return;
      const fault = toFault(error, 'subnets.round-failed', 'self');
      trouble = fault.message;
      metrics.faults.inc({ step: 'round' });
      log.error('round failed', { epoch: round.epoch, round: round.round, code: fault.code, error });
    }
  }

  async function play(round: Round): Promise<void> {
    const questions = await questionsOf(deps, options, round);
    const mechanism = round.mechanisms[round.mechanism]!;
    const asked = mechanism.limits.isSimultaneous ? await atOnce(questions) : await inTurn(questions);
    const unreached = asked.filter(({ outcome }) => outcome === 'unreachable');
    if (asked.length > 0 && unreached.length === asked.length) {
      trouble = 'no miner can be reached: this round counts for nothing';
      log.warn('no miner could be reached', { epoch: round.epoch, round: round.round, miners: asked.length });
      return;
    }
    trouble = undefined;
    for (const { entry } of unreached) journal.addEntry(entry);
    const { epoch, round: number } = round;
    log.debug('round done', { epoch, round: number, asked: asked.length, unreached: unreached.length });
  }

  /** Everybody is prepared for before anybody is asked. */
  async function atOnce(questions: readonly Question[]): Promise<readonly Asked[]> {
    const { connectMs: timeoutMs } = options;
    const connects = questions.map(({ endpoints }) =>
      deps.peer.connect(endpoints, { timeoutMs, signal: closing.signal }),
    );
    await Promise.allSettled(connects);
    const prepared: Prepared[] = [];
    for (const question of questions) prepared.push(...present(await prepare(deps, question)));
    return await Promise.all(prepared.map(ask));
  }

  async function inTurn(questions: readonly Question[]): Promise<readonly Asked[]> {
    const asked: Asked[] = [];
    const waiting = questions.values();
    const work = async () => {
      for (const question of waiting) {
        for (const prepared of present(await prepare(deps, question))) asked.push(await ask(prepared));
      }
    };
    await Promise.all(Array.from({ length: options.maxConcurrentTasks }, work));
    return asked;
  }

  async function ask(prepared: Prepared): Promise<Asked> {
    const asked = await askMiner(deps, options, prepared, closing.signal);
    const { registration } = prepared.question.place;
    metrics.tasks.inc({ outcome: asked.outcome });
    if (asked.elapsedMs !== undefined) metrics.answerSeconds.observe(asked.elapsedMs / 1000);
    if (asked.outcome !== 'answered') {
      log.info('task is worth nothing', {
        registration,
        outcome: asked.outcome,
        epoch: prepared.question.place.epoch,
      });
    }
    if (asked.outcome !== 'unreachable') journal.addEntry(asked.entry);
    return asked;
  }

  return {
    step,
    isBusy: () => underWay.size > 0,
    trouble: () => trouble,
    [Symbol.asyncDispose]: async () => {
      closing.abort(new Error('the validator stops'));
      await Promise.all(underWay.values());
    },
  };
}

function turnOf(view: SubnetView, operator: Address): Turn {
  const all = weighersOf(view).map((permit) => permit.operator);
  const rank = all.indexOf(operator);
  return { rank: Math.max(0, rank), of: Math.max(1, all.length) };
}

/** Whoever is chosen in this round and not scored in it yet. */
async function questionsOf(
  deps: RoundsDeps,
  options: RoundsOptions,
  round: Round,
): Promise<readonly Question[]> {
  const { view, epoch, blocks, mechanism, round: sequence } = round;
  const { subnet, operator } = deps;
  const secret = await deps.secretOf(epoch);
  const scored = deps.journal.scored(epoch).filter((one) => one.mechanism === mechanism);
  const before = weighedBefore(view, { operator, epoch, mechanism });
  const miners = new Map(minersOf(view, blocks.start, operator).map((miner) => [miner.registration, miner]));
  const candidates = [...miners.keys()].map((registration) => ({
    registration,
    asked: scored.filter((one) => one.registration === registration && one.sequence < sequence).length,
    isNew: !before.has(registration),
  }));
  const lots = seededRandom(keccak(secret.seedOf(mechanism, 0, sequence)));
  const chosen = chooseMiners(candidates, options.maxTasksPerRound, lots);
  const isScored = (registration: number) =>
    scored.some((one) => one.registration === registration && one.sequence === sequence);
  return chosen
    .filter((registration) => !isScored(registration))
    .map((registration) => ({
      ...miners.get(registration)!,
      mechanism: round.mechanisms[mechanism]!,
      place: { subnet, epoch, mechanism, registration, validator: operator, sequence },
      seed: secret.seedOf(mechanism, registration, sequence),
    }));
}

interface Miner {
  readonly registration: number;
  readonly units: number;
  readonly endpoints: readonly string[];
  readonly hotKey: Address;
}

/** Whoever had declared units before the epoch began: they hold for all of it. One's own weights count for nothing. */
function minersOf(view: SubnetView, start: number, self: Address): readonly Miner[] {
  return [...view.registrations.values()].flatMap((one) => {
    const hotKey = view.hotKeyOf(one.operator);
    const units = servedBefore(one, start)?.units;
    if (one.hasEnded || one.operator === self || hotKey === undefined || units === undefined) return [];
    return [{ registration: one.registration, units, endpoints: endpointsOf(one), hotKey }];
  });
}

function endpointsOf({ served }: Registered): readonly string[] {
  return (served.at(-1)?.endpoints ?? '')
    .split(' ')
    .filter((endpoint) => endpoint !== '')
    .slice(0, 8);
}

function weighedBefore(
  view: SubnetView,
  { operator, epoch, mechanism }: { operator: Address; epoch: number; mechanism: number },
): ReadonlySet<number> {
  const row = view.deedsOf(operator, epoch - 1).reveal?.weights[mechanism];
  return new Set((row && decodeWeights(row))?.map(({ registration }) => registration));
}

function present<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}
