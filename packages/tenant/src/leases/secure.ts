/**
 * From a chosen bid to a lease on chain: countersign, hand over manifest and images, wait until it is open, check its
 * terms. The acceptance is on record before it is sent, and any number of acceptances of one order open one lease at
 * most, so a crash or a change of provider never pays twice.
 */
import type { LeaseState, Terms } from '@souk/chain';
import {
  acceptProtocol,
  encodeJson,
  Fault,
  hashMessage,
  type ImageBlob,
  localKey,
  type MarketDomain,
  type Order,
  publicKeyOfSigner,
  type Runtime,
  seal,
  toFault,
} from '@souk/protocol';
import type { Context } from '../context.ts';
import type { AcceptedBid, DeploymentGroup } from '../deployment.ts';
import type { OpeningFailure, OpeningStep } from '../types.ts';
import type { KeptGroup } from '../wish.ts';
import { sendImage } from './images.ts';
import { askStatus, type Lot, pauseMs, stateOf, syncWithChain } from './lot.ts';

export interface Run {
  readonly context: Context;
  readonly name: string;
  readonly peer: Lot['peer'];
  readonly workload: KeptGroup;
  readonly images: readonly ImageBlob[];
  /** The next-ranked bid that was not tried yet. */
  readonly nextBid: () => Promise<AcceptedBid | undefined>;
  readonly onStep: (step: OpeningStep) => void;
  readonly signal: AbortSignal;
}

export interface Failure {
  readonly ok: false;
  readonly reason: OpeningFailure;
  readonly detail: string;
}

export type Secured =
  | { readonly ok: true; readonly group: DeploymentGroup; readonly state: LeaseState }
  | (Failure & { readonly group: DeploymentGroup });

/** `group` has its choice as the last of `accepted`; others follow from `nextBid` where that one does not open. */
export async function secureLease(run: Run, start: DeploymentGroup): Promise<Secured> {
  let group = start;
  for (;;) {
    const choice = group.accepted.at(-1);
    if (!choice) return { ...failure('bid-unknown', 'no bid was chosen'), group };
    const { operator, rate } = choice.bid.message;
    run.onStep({ step: 'accepting', operator, rate });
    const tried = await tryBid(run, group, choice);
    if (tried.ok || tried.isFinal) return tried;
    run.onStep({ step: 'refused', operator, reason: tried.reason, detail: tried.detail });
    const next = run.context.config.autoNext ? await run.nextBid() : undefined;
    if (!next) return tried;
    group = await run.context.records.change(run.name, group.lease, {
      phase: 'accepted',
      accepted: [...group.accepted, next].slice(-64),
    });
  }
}

type Tried = Secured & { readonly isFinal?: true };

async function tryBid(run: Run, group: DeploymentGroup, choice: AcceptedBid): Promise<Tried> {
  const handed = await handOver(run, group, choice);
  if (handed.ok) run.onStep({ step: 'opening' });
  // Even a provider that did not answer may have opened, and so may an earlier choice: the chain decides.
  const waitMs = handed.ok ? run.context.config.openTimeoutMs : 0;
  return waitOpen(run, group, waitMs, handed.ok ? undefined : handed);
}

async function handOver(
  run: Run,
  group: DeploymentGroup,
  choice: AcceptedBid,
): Promise<{ ok: true } | Failure> {
  const { context, signal } = run;
  const acceptance = await localKey(group.agentKey).sign(context.deps.chain.domain, 'Acceptance', {
    order: group.lease,
    bid: hashMessage('Bid', choice.bid.message),
  });
  const request = {
    order: group.order,
    bid: choice.bid,
    acceptance,
    requirements: run.workload.requirements,
    manifest: run.workload.manifest,
    runtime: await sealedRuntime(run.workload, choice, context.deps.chain.domain),
    images: [...run.images],
  };
  const answer = await run.peer
    .ask(choice.provider, acceptProtocol, request, { timeoutMs: context.config.acceptTimeoutMs, signal })
    .catch((error: unknown) => {
      signal.throwIfAborted();
      return failure('unreachable', toFault(error, 'tenant.no-answer', 'peer').message);
    });
  if (!answer.ok) return failure(answer.reason, answer.detail);
  run.onStep({ step: 'accepted', operator: choice.bid.message.operator });
  return sendWanted(run, group, choice, answer.wanted);
}

/** Secrets are readable by the key that signed the bid alone. */
export async function sealedRuntime(
  { runtime, secrets }: KeptGroup,
  choice: AcceptedBid,
  domain: MarketDomain,
): Promise<Runtime> {
  if (!secrets) return runtime;
  const plain = new TextEncoder().encode(encodeJson(secrets));
  return { ...runtime, secrets: await seal(plain, publicKeyOfSigner(domain, 'Bid', choice.bid)) };
}

async function sendWanted(
  run: Run,
  group: DeploymentGroup,
  choice: AcceptedBid,
  wanted: readonly string[],
): Promise<{ ok: true } | Failure> {
  for (const digest of new Set(wanted)) {
    const image = run.images.find((one) => one.digest === digest);
    if (!image) return failure('upload-failed', 'the provider wants an image that was not offered');
    try {
      await sendImage(run.context, run.peer, {
        lease: group.lease,
        provider: choice.provider,
        image,
        onProgress: (sentBytes) =>
          run.onStep({ step: 'sending-image', image: image.image, sentBytes, bytes: image.bytes }),
        signal: run.signal,
      });
    } catch (error) {
      run.signal.throwIfAborted();
      const fault = toFault(error, 'tenant.upload-failed', 'peer');
      if (fault.blame === 'self') throw fault;
      return failure('upload-failed', fault.message);
    }
  }
  return { ok: true };
}

/** `failed`: what went wrong before, if anything; then the chain is looked at once. */
async function waitOpen(
  run: Run,
  group: DeploymentGroup,
  waitMs: number,
  failed: Failure | undefined,
): Promise<Tried> {
  const { context, name, peer, signal } = run;
  const { clock } = context.deps;
  const startMs = clock.now();
  let movedAt = startMs;
  let last = '';
  for (;;) {
    const found = await look(context, name, group);
    if (found.is === 'closed') {
      const detail = failed?.detail ?? (await whyClosed(run, group));
      return { ...failure('closed-meanwhile', detail), group: found.group, isFinal: true };
    }
    if (found.is === 'open') return checkTerms(run, found.group, found.state);
    if (failed) return { ...failed, group };
    const answered = await askStatus(context, { name, group, peer }, signal);
    if ('status' in answered && (answered.status.phase === 'failed' || answered.status.phase === 'closed')) {
      return waitOpen(run, group, 0, failure('open-failed', answered.status.detail));
    }
    // What moves is waited for: an image on its way, a transaction that is sent once it is there.
    const state = 'status' in answered ? stateOf(answered.status) : last;
    if (state !== last) movedAt = clock.now();
    last = state;
    if (clock.now() - movedAt >= waitMs) {
      const said = 'status' in answered ? answered.status.detail : answered.unreachable;
      const detail = `the lease is not on chain, and nothing moved for ${waitMs / 1000} s: ${said}`;
      return { ...failure('not-opened', detail), group };
    }
    await clock.sleep(pauseMs(context, clock.now() - startMs), signal);
  }
}

async function whyClosed({ context, name, peer, signal }: Run, group: DeploymentGroup): Promise<string> {
  const answered = await askStatus(context, { name, group, peer }, signal);
  const isTold = 'status' in answered && answered.status.phase === 'failed';
  return isTold ? answered.status.detail : 'the lease was closed';
}

/** As `syncWithChain`; a node that does not answer now counts as not knowing. */
async function look(context: Context, name: string, group: DeploymentGroup) {
  try {
    return await syncWithChain(context, name, group);
  } catch (error) {
    if (error instanceof Fault && error.retry) return { is: 'unknown' } as const;
    throw error;
  }
}

function checkTerms(run: Run, group: DeploymentGroup, state: LeaseState): Tried {
  const { terms, openTx } = group;
  const isAccepted = group.accepted.some(({ bid }) => bid.message.operator === terms?.operator);
  // Only who has the agent's key can have accepted it: a watch elsewhere, with the same order.
  if (terms && !isAccepted && isOfOrder(terms, group.order.message)) {
    return { ...failure('not-opened', 'another watch has opened this lease'), group, isFinal: true };
  }
  if (!terms || !areAgreed(terms, group)) {
    const detail = 'the lease on chain is not the one that was accepted';
    return { ...failure('other-terms', detail), group, isFinal: true };
  }
  if (openTx) run.onStep({ step: 'opened', tx: openTx });
  return { ok: true, group, state };
}

/** Terms are those of the order and of a bid that was accepted. */
function areAgreed(terms: Terms, group: DeploymentGroup): boolean {
  const bid = group.accepted.at(-1)?.bid.message;
  return (
    bid !== undefined &&
    terms.operator === bid.operator &&
    terms.rate === bid.rate &&
    terms.minimumCharge === bid.minimumCharge &&
    isOfOrder(terms, group.order.message)
  );
}

function isOfOrder(terms: Terms, order: Order): boolean {
  const same = ['tenant', 'agent', 'watcher', 'token', 'clawbackWindow'] as const;
  return same.every((field) => terms[field] === order[field]);
}

export function failure(reason: OpeningFailure, detail: string): Failure {
  return { ok: false, reason, detail };
}
