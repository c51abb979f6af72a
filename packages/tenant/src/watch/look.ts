/** One look at a running lease: the provider's word where it answers, and whether the workload works. */
import type { LeasePhase, LeaseStatus } from '@souk/protocol';
import type { Context } from '../context.ts';
import { askStatus, type Lot } from '../leases/lot.ts';
import { type Health, probeLease, probeUrl } from './probe.ts';

export interface Look {
  readonly health: Health;
  /** Null where the provider does not answer. */
  readonly status: LeaseStatus | null;
}

/** The provider itself says that it does not work. */
const broken: ReadonlySet<LeasePhase> = new Set(['crash-looping', 'out-of-capacity', 'failed']);
/** Not at work, as agreed. */
const resting: ReadonlySet<LeasePhase> = new Set(['paused', 'updating']);

/** By the provider's status where it answers, else by the URLs it last gave: a deaf peer may still serve. */
export async function lookAt(context: Context, lot: Lot, signal: AbortSignal): Promise<Look> {
  const answered = await askStatus(context, lot, signal);
  if ('status' in answered) {
    const { status } = answered;
    return { status, health: await healthOf(context, lot, status, signal) };
  }
  const url = lot.group.urls[0];
  if (url === undefined) return { status: null, health: { isHealthy: false, detail: answered.unreachable } };
  return { status: null, health: await probeUrl(context, { url, path: '/', below: 500 }, signal) };
}

async function healthOf(
  context: Context,
  lot: Lot,
  status: LeaseStatus,
  signal: AbortSignal,
): Promise<Health> {
  const { phase, detail } = status;
  if (resting.has(phase)) return { isHealthy: true };
  if (broken.has(phase)) return { isHealthy: false, detail: `${phase}: ${detail}` };
  return probeLease(context, lot, status, signal);
}
