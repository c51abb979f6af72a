/**
 * From an open lease to a workload that answers: follows the provider's steps, probes, signs Ready. A lease that stops
 * moving, or would start to cost before it works, is closed again and all of its money comes back.
 */
import { type LeaseStatus, localKey, type Ready, type Signed, signedProtocol, toFault } from '@souk/protocol';
import type { Context } from '../context.ts';
import type { DeploymentGroup, Place } from '../deployment.ts';
import { type Health, probeLease } from '../watch/probe.ts';
import { closeLease } from './close.ts';
import { askStatus, type Lot, pauseMs, stateOf, syncWithChain } from './lot.ts';
import { sendPause } from './pause.ts';
import { type Failure, failure, type Run } from './secure.ts';
import type { OpeningResult } from '../types.ts';

/** Closed this long before the meter would start by itself. */
const startMarginSeconds = 20;

export async function bringUp(run: Run, start: DeploymentGroup): Promise<OpeningResult> {
  const outcome = await waitHealthy(run, start);
  if (!outcome.ok) return closeFailed(run, start, outcome);
  const readyAt = start.readyAt ?? (await signReady(run, start, outcome.status));
  const urls = urlsOf(outcome.status);
  const places = placesOf(outcome.status);
  const change = { phase: 'ready' as const, readyAt, urls, places };
  const group = await run.context.records.change(run.name, start.lease, change);
  await agreePause(run, group);
  run.onStep({ step: 'ready', readyAt, urls });
  return { ok: true, group, status: outcome.status };
}

/** So that its data outlasts its money; where it does not arrive, the watch sends it again. */
async function agreePause({ context, name, peer, signal }: Run, group: DeploymentGroup): Promise<void> {
  try {
    await sendPause(context, { name, group, peer }, 'money-is-low', signal);
  } catch (error) {
    signal.throwIfAborted();
    const { code } = toFault(error, 'tenant.no-answer', 'peer');
    context.deps.log.warn('no pause agreed yet', { lease: group.lease, code });
  }
}

async function waitHealthy(
  run: Run,
  group: DeploymentGroup,
): Promise<{ ok: true; status: LeaseStatus } | Failure> {
  const { context, signal } = run;
  const { clock, chain } = context.deps;
  const lot = { name: run.name, group, peer: run.peer };
  const head = await chain.head();
  const startMs = clock.now();
  const leftSeconds = (group.terms?.startDeadline ?? 0) - startMarginSeconds - head.timestamp;
  // Once Ready is signed the meter runs anyway: then only a stall ends the wait.
  const untilMs = group.readyAt === null ? startMs + leftSeconds * 1000 : Number.POSITIVE_INFINITY;
  let movedAt = startMs;
  let lastState = '';
  let detail = '';
  let loopingSince = Number.POSITIVE_INFINITY;
  for (;;) {
    const answered = await askStatus(context, lot, signal);
    if ('status' in answered) {
      const { status } = answered;
      if (stateOf(status) !== lastState) {
        lastState = stateOf(status);
        movedAt = clock.now();
        reportStep(run, status);
      }
      if (status.phase === 'failed') return failure('start-failed', status.detail);
      loopingSince =
        status.phase === 'crash-looping' ? Math.min(loopingSince, clock.now()) : Number.POSITIVE_INFINITY;
      if (clock.now() - loopingSince > context.config.crashLoopPatienceMs)
        return failure('start-failed', status.detail);
      const health = await healthOf(run, lot, status);
      if (health.isHealthy) return { ok: true, status };
      detail = health.detail;
    } else {
      detail = `the provider does not answer: ${answered.unreachable}`;
    }
    const ended = await endedReason(run, group, answered);
    if (ended) return ended;
    const reason = 'status' in answered ? 'never-ready' : 'unreachable';
    const stillMs = clock.now() - movedAt;
    if (stillMs > context.config.startStallMs)
      return failure(reason, `nothing moved for ${seconds(stillMs)}: ${detail}`);
    if (clock.now() > untilMs)
      return failure(
        reason,
        `the start window is over (${group.order.message.startWindow} s from opening), and the meter would start: ${detail}`,
      );
    await clock.sleep(pauseMs(context, clock.now() - startMs), signal);
  }
}

function healthOf(run: Run, lot: Lot, status: LeaseStatus): Promise<Health> {
  if (status.phase === 'running' || status.phase === 'ready' || status.phase === 'unhealthy') {
    return probeLease(run.context, lot, status, run.signal);
  }
  return Promise.resolve({ isHealthy: false, detail: status.detail });
}

/** Asked only where the provider's word is missing or says that it ends. */
async function endedReason(
  run: Run,
  group: DeploymentGroup,
  answered: Awaited<ReturnType<typeof askStatus>>,
): Promise<Failure | undefined> {
  const isEnding =
    !('status' in answered) || answered.status.phase === 'closing' || answered.status.phase === 'closed';
  if (!isEnding) return undefined;
  const found = await syncWithChain(run.context, run.name, group).catch(() => undefined);
  return found?.is === 'closed' ? failure('closed-meanwhile', 'the lease was closed') : undefined;
}

const seconds = (ms: number) => `${Math.round(ms / 1000)} s`;

function reportStep(run: Run, status: LeaseStatus): void {
  const { phase, detail, progress } = status;
  if (phase === 'pulling') run.onStep({ step: 'pulling', percent: progress, detail });
  if (phase === 'starting') run.onStep({ step: 'starting', detail });
  if (phase === 'running' || phase === 'ready') run.onStep({ step: 'running', urls: urlsOf(status) });
}

export function urlsOf(status: LeaseStatus): string[] {
  return status.services.flatMap((service) => service.urls).slice(0, 256);
}

export function placesOf(status: LeaseStatus): Place[] {
  return status.services.map(({ name, urls, ports }) => ({
    service: name,
    urls: [...urls],
    ports: ports
      .filter(({ proto }) => proto === 'TCP')
      .map(({ host, externalPort, port }) => ({ host, externalPort, port })),
  }));
}

/** On record before it is sent; a Ready that does not arrive is sent again by reconcile and watch. */
async function signReady(run: Run, group: DeploymentGroup, status: LeaseStatus): Promise<number> {
  const { context } = run;
  const { timestamp } = await context.deps.chain.head();
  await context.records.change(run.name, group.lease, {
    phase: 'ready',
    readyAt: timestamp,
    urls: urlsOf(status),
    places: placesOf(status),
  });
  await sendReady(context, { name: run.name, group, peer: run.peer }, timestamp, run.signal);
  return timestamp;
}

/** True when the provider took it. */
export async function sendReady(
  context: Context,
  lot: Lot,
  readyAt: number,
  signal: AbortSignal,
): Promise<boolean> {
  const { chain, log } = context.deps;
  const message = { lease: lot.group.lease, readyAt };
  const ready: Signed<Ready> = await localKey(lot.group.agentKey).sign(chain.domain, 'Ready', message);
  const provider = lot.group.accepted.at(-1)?.provider ?? [];
  try {
    const options = { timeoutMs: context.config.callTimeoutMs, signal };
    const answer = await lot.peer.ask(provider, signedProtocol, { kind: 'ready', ready }, options);
    if (!answer.ok) log.warn('provider refuses a ready', { lease: message.lease, reason: answer.reason });
    return answer.ok;
  } catch (error) {
    signal.throwIfAborted();
    const { code } = toFault(error, 'tenant.no-answer', 'peer');
    log.warn('provider not reached for a ready', { lease: message.lease, code });
    return false;
  }
}

async function closeFailed(run: Run, group: DeploymentGroup, why: Failure): Promise<OpeningResult> {
  return { ...why, ...(await closeAfterFailure(run, group)) };
}

/** Where the close does not go through now, the record stays `closing` and watch tries again. */
export async function closeAfterFailure(run: Run, group: DeploymentGroup) {
  try {
    const closed = await closeLease(run.context, { name: run.name, group, peer: run.peer });
    return { closed };
  } catch (error) {
    const { code } = toFault(error, 'tenant.close-failed', 'self');
    run.context.deps.log.warn('failed lease not closed yet', { lease: group.lease, code });
    return { closed: null };
  }
}
