/**
 * One task for one miner, from the seed to the score. What the miner does wrong is worth nothing and is said by name;
 * what this validator can't do (its own mechanism throws on making a task) makes no entry at all.
 */
import type { Peer } from '@souk/net';
import {
  type Address,
  canonicalJson,
  type Clock,
  Fault,
  hashMessage,
  hashText,
  type Hex,
  isSignedBySigner,
  type Log,
  type MarketDomain,
  type Signed,
  type Signer,
  type SubnetResponse,
  type SubnetTask,
  subnetTaskProtocol,
} from '@souk/protocol';
import { bounded } from '../mechanisms/bounded.ts';
import { maxObservationBytes } from '../mechanisms/define.ts';
import type { Mechanism } from '../mechanisms/mechanism.ts';
import { type MadeRequest, makeRequest, readBody, scoreAnswer } from '../mechanisms/replay.ts';
import type { LogEntry } from './evidence/log.ts';

export interface AskDeps {
  readonly peer: Pick<Peer, 'ask' | 'connect'>;
  readonly signer: Signer;
  readonly domain: MarketDomain;
  readonly clock: Clock;
  readonly log: Log;
  readonly fetch: typeof fetch;
}

export interface AskOptions {
  readonly maxAttempts: number;
  readonly retryMs: number;
  readonly observeMs: number;
  readonly settings: Readonly<Record<string, string>>;
}

/** Who is asked what. */
export interface Question {
  readonly mechanism: Mechanism;
  readonly place: Omit<SubnetTask, 'seed' | 'request' | 'deadline'>;
  readonly seed: Hex;
  readonly units: number;
  readonly endpoints: readonly string[];
  /** Of the miner's operator. */
  readonly hotKey: Address;
}

export const outcomes = [
  'answered',
  'late',
  'unreachable',
  'busy',
  'refused',
  'malformed',
  'signature-wrong',
  'observe-failed',
  'score-failed',
] as const;
export type Outcome = (typeof outcomes)[number];

export interface Asked {
  readonly outcome: Outcome;
  readonly entry: LogEntry;
  /** Until the whole answer was there; undefined where none came. */
  readonly elapsedMs: number | undefined;
}

/** A task that is signed and not sent yet. */
export interface Prepared {
  readonly question: Question;
  readonly made: MadeRequest;
  readonly task: Signed<SubnetTask>;
}

/** Undefined where the mechanism makes no request of this seed. */
export async function prepare(deps: AskDeps, question: Question): Promise<Prepared | undefined> {
  const { mechanism, place, seed } = question;
  const made = makeOf(question, deps.log);
  if (made === undefined) return undefined;
  const deadline = deps.clock.now() + mechanism.limits.deadlineMs;
  const message = { ...place, seed, request: hashText(made.body), deadline };
  return { question, made, task: await deps.signer.sign(deps.domain, 'SubnetTask', message) };
}

function makeOf({ mechanism, place, seed, units }: Question, log: Log): MadeRequest | undefined {
  const { subnet, epoch, sequence } = place;
  try {
    const made = makeRequest(mechanism, { seed, subnet, epoch, sequence, units });
    if (made) return made;
    log.error('mechanism makes a task that its own schema or limit refuses', { mechanism: mechanism.name });
  } catch (error) {
    log.error('mechanism failed to make a task', { mechanism: mechanism.name, error });
  }
  return undefined;
}

interface Reply {
  readonly response: Signed<SubnetResponse>;
  readonly body: string;
}

/** Rejects only where `signal` ends it. */
export async function askMiner(
  deps: AskDeps,
  options: AskOptions,
  { question, made, task }: Prepared,
  signal: AbortSignal,
): Promise<Asked> {
  const { clock } = deps;
  const sentAt = clock.now();
  const { deadline } = task.message;
  const nothing: LogEntry = { task, response: null, body: 'null', observation: 'null', score: 0 };

  const reply = await exchange(deps, options, { question, task, body: made.body, signal });
  const answeredAt = clock.now();
  if (typeof reply === 'string') return { outcome: reply, entry: nothing, elapsedMs: undefined };
  const elapsedMs = answeredAt - sentAt;
  const fail = (outcome: Outcome): Asked => ({ outcome, entry: nothing, elapsedMs });
  if (answeredAt > deadline) return fail('late');
  const wrong = checkReply(deps, question, { task, reply });
  if (wrong !== undefined) return fail(wrong);

  const observation = await observe(deps, options, { question, made, reply, elapsedMs, deadline, signal });
  if (observation === undefined) return fail('observe-failed');
  const score = scoreOf(deps, question, { made, body: reply.body, observation });
  if (score === undefined) return fail('score-failed');
  return { outcome: 'answered', entry: { task, ...reply, observation, score }, elapsedMs };
}

interface Exchange {
  readonly question: Question;
  readonly task: Signed<SubnetTask>;
  readonly body: string;
  readonly signal: AbortSignal;
}

/** Asks until there is an answer, a refusal that stays one, no time or no attempt left. */
async function exchange(deps: AskDeps, options: AskOptions, given: Exchange): Promise<Reply | Outcome> {
  const { clock, log } = deps;
  const { question, task, body, signal } = given;
  let last: Outcome = 'unreachable';
  for (let attempt = 1; attempt <= options.maxAttempts; attempt += 1) {
    const timeoutMs = task.message.deadline - clock.now();
    if (timeoutMs <= 0) return last === 'busy' ? 'busy' : 'late';
    try {
      const request = { task, body };
      const answer = await deps.peer.ask(question.endpoints, subnetTaskProtocol, request, {
        timeoutMs,
        signal,
      });
      if (answer.ok) return { response: answer.response, body: answer.body };
      log.debug('miner refused a task', {
        registration: task.message.registration,
        reason: answer.reason,
        detail: answer.detail,
      });
      if (answer.reason !== 'busy') return 'refused';
      last = 'busy';
    } catch (error) {
      signal.throwIfAborted();
      const known = outcomeOf(error);
      if (known !== 'unreachable') return known;
      last = known;
    }
    const left = task.message.deadline - clock.now();
    const wait = Math.min(left, options.retryMs * 2 ** (attempt - 1));
    if (wait > 0 && attempt < options.maxAttempts) await clock.sleep(wait, signal);
  }
  return last;
}

function outcomeOf(error: unknown): Outcome {
  const code = error instanceof Fault ? error.code : undefined;
  if (code === 'net.timeout') return 'late';
  return code === 'net.malformed' || code === 'net.too-large' ? 'malformed' : 'unreachable';
}

function checkReply(
  { domain }: AskDeps,
  { mechanism, hotKey }: Question,
  { task, reply }: { readonly task: Signed<SubnetTask>; readonly reply: Reply },
): Outcome | undefined {
  const { response, body } = reply;
  const isOurs =
    response.message.task === hashMessage('SubnetTask', task.message) &&
    response.message.response === hashText(body);
  if (!isOurs || response.signer !== hotKey || !isSignedBySigner(domain, 'SubnetResponse', response)) {
    return 'signature-wrong';
  }
  const read = readBody(mechanism.response, body, mechanism.limits.maxResponseBytes);
  return read === undefined ? 'malformed' : undefined;
}

interface Observed {
  readonly question: Question;
  readonly made: MadeRequest;
  readonly reply: Reply;
  readonly elapsedMs: number;
  readonly deadline: number;
  readonly signal: AbortSignal;
}

async function observe(deps: AskDeps, options: AskOptions, given: Observed): Promise<string | undefined> {
  const { clock, log, fetch } = deps;
  const { question, made, reply, elapsedMs, deadline, signal } = given;
  const { mechanism } = question;
  const response = readBody(mechanism.response, reply.body, mechanism.limits.maxResponseBytes)?.value;
  const { observeMs: ms, settings } = options;
  const outcome = await bounded({ clock, ms, signal }, async (stop) =>
    canonicalJson(
      await mechanism.observe(made.request, response, {
        signal: stop,
        clock,
        deadline,
        fetch,
        settings,
        elapsedMs,
      }),
    ),
  );
  signal.throwIfAborted();
  const text = outcome.kind === 'done' ? outcome.value : undefined;
  if (text !== undefined && readBody(mechanism.observation, text, maxObservationBytes)) return text;
  const error = outcome.kind === 'threw' ? outcome.error : outcome.kind;
  log.warn('mechanism failed to observe', { mechanism: mechanism.name, error });
  return undefined;
}

function scoreOf(
  { log }: AskDeps,
  { mechanism, units }: Question,
  {
    made,
    body,
    observation,
  }: { readonly made: MadeRequest; readonly body: string; readonly observation: string },
): number | undefined {
  try {
    return scoreAnswer(mechanism, made.request, { body, observation }, units);
  } catch (error) {
    log.error('mechanism failed to score', { mechanism: mechanism.name, error });
    return undefined;
  }
}
