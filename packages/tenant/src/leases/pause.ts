/**
 * Pausing a lease: the agent signs that it costs a tenth from then on, while the provider stops it and keeps its data;
 * given in advance, the provider does so when the money is low. Going on is signed by the wallet, since it costs more.
 */
import {
  type Amendment,
  Fault,
  formatAmount,
  localKey,
  pausedRateOf,
  type Signed,
  signedProtocol,
  type StreamAnswer,
} from '@souk/protocol';
import type { LeaseState, Terms } from '@souk/chain';
import type { Context } from '../context.ts';
import { currentHashes, type DeploymentGroup } from '../deployment.ts';
import { askStatus, chosenBid, type Lot, pauseMs, syncWithChain } from './lot.ts';

/** A pause in advance holds until the terms change. */
const longSeconds = 10 * 365 * 86_400;
/** So long a provider may take to bring what was signed just now on chain. */
const soonSeconds = 1800;

export function isPaused(group: DeploymentGroup): boolean {
  return group.rateBeforePause !== null;
}

/** What the provider says to an agreed pause, for now or for when the money is low. */
export async function sendPause(
  context: Context,
  lot: Lot,
  when: 'now' | 'money-is-low',
  signal?: AbortSignal,
): Promise<StreamAnswer> {
  const { state, terms } = await openTerms(context, lot);
  const { timestamp } = await context.deps.chain.head();
  const amendment = await localKey(lot.group.agentKey).sign(context.deps.chain.domain, 'Amendment', {
    ...sameWorkload(lot, state, terms),
    rate: pausedRateOf(terms.rate),
    deposit: 0n,
    expiresAt: timestamp + (when === 'now' ? soonSeconds : longSeconds),
  });
  return send(context, lot, { kind: 'pause', amendment, when }, signal);
}

/** Resolves once the chain has the lower rate. Pausing what is paused is done. */
export async function pauseLease(context: Context, lot: Lot, signal?: AbortSignal): Promise<DeploymentGroup> {
  const { group } = await openTerms(context, lot);
  if (isPaused(group)) return group;
  const answer = await sendPause(context, { ...lot, group }, 'now', signal);
  if (!answer.ok) throw refused('pause', lot, answer);
  return waitUntil(context, lot, { does: 'pause', isDone: isPaused, signal });
}

/** Resolves once it runs and costs again what it did. `deposit`: locked beside what is left, from the balance. */
export async function resumeLease(
  context: Context,
  lot: Lot,
  options: { readonly deposit: bigint; readonly signal?: AbortSignal },
): Promise<DeploymentGroup> {
  const { group, state, terms } = await openTerms(context, lot);
  const { rateBeforePause: rate } = group;
  if (rate === null) return group;
  await checkBalance(context, options.deposit);
  const { chain, wallet } = context.deps;
  const { timestamp } = await chain.head();
  const amendment = await wallet.sign(chain.domain, 'Amendment', {
    ...sameWorkload(lot, state, terms),
    rate,
    deposit: options.deposit,
    expiresAt: timestamp + soonSeconds,
  });
  const { signal } = options;
  const answer = await send(context, { ...lot, group }, { kind: 'resume', amendment }, signal);
  if (!answer.ok) throw refused('resume', lot, answer);
  return waitUntil(context, lot, { does: 'resume', isDone: (now) => !isPaused(now), signal });
}

/** What an amendment names that changes nothing but the price. */
function sameWorkload(
  { group }: Lot,
  { termsHash }: LeaseState,
  { minimumCharge }: Terms,
): Pick<Amendment, 'lease' | 'terms' | 'manifest' | 'requirements' | 'minimumCharge'> {
  return {
    lease: group.lease,
    terms: termsHash,
    ...currentHashes(group),
    minimumCharge,
  };
}

async function openTerms(context: Context, lot: Lot) {
  const found = await syncWithChain(context, lot.name, lot.group);
  if (found.is === 'open' && found.group.terms) return { ...found, terms: found.group.terms };
  throw new Fault('tenant.lease-not-open', `the lease of "${lot.name}" is not open`, {
    blame: 'user',
    data: { name: lot.name },
  });
}

function send(
  context: Context,
  { group, peer }: Lot,
  request:
    | { kind: 'pause'; amendment: Signed<Amendment>; when: 'now' | 'money-is-low' }
    | { kind: 'resume'; amendment: Signed<Amendment> },
  signal: AbortSignal | undefined,
): Promise<StreamAnswer> {
  const timeoutMs = context.config.callTimeoutMs;
  return peer.ask(chosenBid(group).provider, signedProtocol, request, {
    timeoutMs,
    ...(signal && { signal }),
  });
}

interface Waiting {
  readonly does: 'pause' | 'resume';
  readonly isDone: (group: DeploymentGroup) => boolean;
  readonly signal: AbortSignal | undefined;
}

/** As long as something moves at the provider. */
async function waitUntil(
  context: Context,
  lot: Lot,
  { does, isDone, signal }: Waiting,
): Promise<DeploymentGroup> {
  const { clock } = context.deps;
  const startMs = clock.now();
  let movedAt = startMs;
  let last = '';
  for (;;) {
    const found = await syncWithChain(context, lot.name, lot.group);
    if (found.is === 'open' && isDone(found.group)) return found.group;
    if (found.is === 'closed') throw failed(does, lot, 'its lease was closed meanwhile');
    const answered = await askStatus(context, lot, signal);
    const said =
      'status' in answered
        ? `${answered.status.phase} ${answered.status.progress ?? ''} ${answered.status.detail}`
        : answered.unreachable;
    if (said !== last) movedAt = clock.now();
    last = said;
    if (clock.now() - movedAt > context.config.startStallMs) throw failed(does, lot, said);
    await clock.sleep(pauseMs(context, clock.now() - startMs), signal);
  }
}

async function checkBalance(context: Context, needed: bigint): Promise<void> {
  const { chain, wallet } = context.deps;
  const balance = await chain.balanceOf(wallet.address);
  if (balance >= needed) return;
  const { decimals, symbol } = chain.network.token;
  throw new Fault('tenant.balance-too-small', `the balance is ${formatAmount(balance, decimals)} ${symbol}`, {
    blame: 'user',
    data: { needed, balance, missing: needed - balance },
    remedy: `souk deposit ${formatAmount(needed - balance, decimals)}`,
  });
}

function refused(does: Waiting['does'], { name }: Lot, answer: StreamAnswer & { ok: false }): Fault {
  return new Fault(`tenant.${does}-refused`, `the provider refuses to ${does} "${name}": ${answer.detail}`, {
    blame: 'peer',
    retry: answer.reason === 'busy' || answer.reason === 'amendment-stale',
    data: { name, reason: answer.reason },
    remedy:
      answer.reason === 'unsupported' && does === 'resume'
        ? `add money: souk resume ${name} --top-up 5`
        : `look at it: souk doctor ${name}`,
  });
}

function failed(does: Waiting['does'], { name }: Lot, detail: string): Fault {
  return new Fault(`tenant.${does}-failed`, `"${name}" did not ${does}: ${detail}`, {
    blame: 'peer',
    retry: true,
    data: { name },
    remedy: `look at it: souk doctor ${name}`,
  });
}
