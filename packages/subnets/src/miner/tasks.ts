/**
 * What a miner does with a task: sees whether it must be done, does it in its time, signs the answer. Everything in it is
 * from a stranger until its signature is checked; whatever the mechanism does, there is an answer and the miner lives on.
 */
import {
  canonicalJson,
  type Clock,
  hashMessage,
  hashText,
  isSignedBySigner,
  type Log,
  type MarketDomain,
  type Signer,
  type SubnetTask,
  type subnetTaskProtocol,
  type TaskRefusal,
} from '@souk/protocol';
import type { z } from 'zod';
import { bounded } from '../mechanisms/bounded.ts';
import type { Mechanism } from '../mechanisms/mechanism.ts';
import { makeRequest, readBody } from '../mechanisms/replay.ts';
import type { MinerMetrics } from '../metrics.ts';

export type TaskRequest = z.output<typeof subnetTaskProtocol.request>;
export type TaskAnswer = z.output<typeof subnetTaskProtocol.answer>;

export interface TasksDeps {
  readonly domain: MarketDomain;
  readonly subnet: number;
  readonly mechanisms: readonly Mechanism[];
  readonly signer: Signer;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: MinerMetrics;
  readonly fetch: typeof fetch;
  /** Of this miner; undefined while it has none. */
  registration(): number | undefined;
  /** Capacity that it had declared before this epoch began; undefined where none: nobody has a task for it then. */
  unitsIn(epoch: number): number | undefined;
  /** Why this validator is not answered; undefined where it is. */
  whyNot(task: TaskRequest['task']): string | undefined;
}

export interface TasksOptions {
  readonly maxConcurrentTasks: number;
  readonly settings: Readonly<Record<string, string>>;
}

type Refused = Extract<TaskAnswer, { ok: false }>;

export function createTasks(deps: TasksDeps, options: TasksOptions) {
  const { clock, log, metrics } = deps;
  let running = 0;

  async function handle(request: TaskRequest, signal: AbortSignal): Promise<TaskAnswer> {
    const checked = check(deps, request);
    if ('reason' in checked) return checked;
    if (running >= options.maxConcurrentTasks) {
      return refusal('busy', `${running} tasks are under way`);
    }
    running += 1;
    metrics.running.set(running);
    const startedAt = clock.now();
    try {
      return await work(checked, request.task.message, signal);
    } finally {
      running -= 1;
      metrics.running.set(running);
      metrics.taskSeconds.observe((clock.now() - startedAt) / 1000);
    }
  }

  async function work(
    { mechanism, request, ms }: Accepted,
    task: SubnetTask,
    signal: AbortSignal,
  ): Promise<TaskAnswer> {
    const { fetch } = deps;
    const { settings } = options;
    const outcome = await bounded({ clock, ms, signal }, async (stop) =>
      canonicalJson(
        await mechanism.run(request, { signal: stop, clock, deadline: task.deadline, fetch, settings }),
      ),
    );
    if (outcome.kind === 'late') return refusal('too-late', 'the work was not done in its time');
    const body = outcome.kind === 'done' ? outcome.value : undefined;
    if (body === undefined || !readBody(mechanism.response, body, mechanism.limits.maxResponseBytes)) {
      const error =
        outcome.kind === 'threw' ? outcome.error : 'its answer does not fit its own schema or limit';
      log.error('mechanism failed', { mechanism: mechanism.name, error });
      return refusal('failed', 'the mechanism failed');
    }
    const message = { task: hashMessage('SubnetTask', task), response: hashText(body) };
    return { ok: true, response: await deps.signer.sign(deps.domain, 'SubnetResponse', message), body };
  }

  return async (request: TaskRequest, signal: AbortSignal): Promise<TaskAnswer> => {
    const answer = await handle(request, signal);
    metrics.tasks.inc({ outcome: answer.ok ? 'answered' : answer.reason });
    return answer;
  };
}

interface Accepted {
  readonly mechanism: Mechanism;
  readonly request: unknown;
  /** Time left for the work. */
  readonly ms: number;
}

/** Cheap checks first, the signature's last. */
function check(deps: TasksDeps, { task, body }: TaskRequest): Accepted | Refused {
  const { message } = task;
  const registration = deps.registration();
  if (message.subnet !== deps.subnet || message.registration !== registration) {
    return refusal('not-mining', `this is registration ${registration ?? 'none'} of subnet ${deps.subnet}`);
  }
  const mechanism = deps.mechanisms[message.mechanism];
  if (mechanism === undefined)
    return refusal('not-mining', `there is no mechanism ${message.mechanism} here`);
  const why = deps.whyNot(task);
  if (why !== undefined) return refusal('not-a-validator', why);
  const ms = Math.min(message.deadline - deps.clock.now(), mechanism.limits.deadlineMs);
  if (ms <= 0) return refusal('too-late', 'the deadline has passed, by this clock');
  if (hashText(body) !== message.request)
    return refusal('request-malformed', 'the body is not the one signed');
  const read = readBody(mechanism.request, body, mechanism.limits.maxRequestBytes);
  if (read === undefined) return refusal('request-malformed', `no request of mechanism ${mechanism.name}`);
  if (!isSignedBySigner(deps.domain, 'SubnetTask', task)) {
    return refusal('signature-wrong', 'the signature is not the named key’s');
  }
  const units = deps.unitsIn(message.epoch);
  if (units === undefined || !isMade(mechanism, { task: message, units, body })) {
    return refusal(
      'request-malformed',
      'the request is not what its seed makes for what this miner declares',
    );
  }
  return { mechanism, request: read.value, ms };
}

/** Nobody has a miner do, or fetch, what the mechanism would not ask of it. */
function isMade(
  mechanism: Mechanism,
  { task, units, body }: { readonly task: SubnetTask; readonly units: number; readonly body: string },
): boolean {
  const { seed, subnet, epoch, sequence } = task;
  try {
    return makeRequest(mechanism, { seed, subnet, epoch, sequence, units })?.body === body;
  } catch {
    return false;
  }
}

function refusal(reason: TaskRefusal, detail: string): Refused {
  return { ok: false, reason, detail };
}
