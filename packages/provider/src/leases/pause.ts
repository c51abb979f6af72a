/**
 * Money running low: a workload is stopped, with its data kept, while there is still money to keep the data; it goes on
 * when the tenant pays again. The tenant's agent signs the pause in advance. Every step is in the journal before it is
 * taken: wished, stopped, amended; a crash between two of them ends at the same place.
 */
import { hashTerms } from '@souk/chain';
import {
  type Amendment,
  fundedUntil,
  type Log,
  owedAt,
  pausedRateOf,
  type Refused,
  secondsPerHour,
  type Signed,
  toFault,
} from '@souk/protocol';
import type { Driver } from '../drivers/driver.ts';
import { refuse } from './accept.ts';
import type { Amender } from './amend.ts';
import { type Book, type Lease, turn } from './book.ts';
import { meterOf } from './lease.ts';
import type { Observe } from './observe.ts';
import type { Settlement } from './settlement.ts';
import { currentVersion } from './workload.ts';

export interface PauseDeps {
  readonly book: Book;
  readonly amender: Amender;
  readonly settlement: Settlement;
  readonly driver: Pick<Driver, 'stop'>;
  readonly observe: Observe;
  readonly wake: (lease: Lease) => void;
  readonly log: Log;
}

export interface PauseConfig {
  readonly pauseGraceSeconds: number;
  readonly minimumFundedSeconds: number;
}

export type PauseRequest =
  | {
      readonly kind: 'pause';
      readonly amendment: Signed<Amendment>;
      readonly when: 'now' | 'money-is-low';
    }
  | { readonly kind: 'resume'; readonly amendment: Signed<Amendment> };

export interface Pauser {
  /** At the door: hostile until checked, answered as soon as the journal has it. */
  take(request: PauseRequest): Promise<{ readonly ok: true } | Refused>;
  /** Unix seconds at which it is to be stopped for want of money; null where no pause was agreed, or it is paused. */
  readonly pausesAt: (lease: Lease) => number | null;
  /** Begin the pause that is due. After asking the chain again: where that is silent, nothing is stopped. */
  pauseIfDue(lease: Lease): Promise<boolean>;
  /** Make it stopped and cheap. */
  hold(lease: Lease): Promise<void>;
  /** It runs again: let it cost again what it did. */
  goOn(lease: Lease): Promise<void>;
}

/** Requests to a paused workload come here too: they must not make the driver list all each time. */
const freshMs = 500;
/** Time for the transaction that lowers the rate. */
const marginSeconds = 20;
/** Keeping the data may take no more of the money than one part in this many. */
const largestShare = 10n;

export function createPauser(deps: PauseDeps, config: PauseConfig): Pauser {
  const { book, amender, settlement } = deps;

  const agreed = ({ record }: Lease): Signed<Amendment> | undefined => {
    const { pause, terms, stage } = record;
    if (stage !== 'up' || !pause || !terms || record.paused) return undefined;
    return pause.message.terms === hashTerms(terms) ? pause : undefined;
  };

  const pausesAt: Pauser['pausesAt'] = (lease) => {
    const meter = meterOf(lease.record);
    const pause = agreed(lease);
    if (!meter || !pause) return null;
    return pauseTime(meter, pause.message.rate, config.pauseGraceSeconds);
  };

  const begin = (lease: Lease, amendment: Signed<Amendment>, why: string) => {
    const { terms } = lease.record;
    if (!terms) return;
    const { rate, minimumCharge } = terms;
    const paused = { at: settlement.now(), rate, minimumCharge, amendment, resume: null };
    book.change(lease, { paused, pause: null });
    book.note(lease, 'pausing', why);
    turn(lease);
    book.tell(lease, 'paused', `${why}; stopping it`);
    deps.wake(lease);
  };

  const pauseIfDue: Pauser['pauseIfDue'] = async (lease) => {
    const isDue = () => settlement.now() >= (pausesAt(lease) ?? Number.POSITIVE_INFINITY);
    if (!isDue() || lease.record.update) return false;
    await settlement.refresh(lease);
    const amendment = agreed(lease);
    if (!isDue() || !amendment) return false;
    begin(lease, amendment, 'the money is low');
    return true;
  };

  const takePause = async (amendment: Signed<Amendment>, when: 'now' | 'money-is-low') => {
    const lease = book.get(amendment.message.lease);
    if (!lease) return refuse('lease-unknown', 'no such lease here');
    if (lease.record.paused) return { ok: true as const };
    const refused =
      (await amender.check(lease, amendment, partsOf(lease))) ?? misfitOfPause(lease, amendment);
    if (refused) return refused;
    if (when === 'money-is-low') {
      book.change(lease, { pause: amendment });
      return { ok: true as const };
    }
    if (lease.record.update) return refuse('update-running', 'it is being updated: pause it afterwards');
    if (lease.record.readyAt === 0) return refuse('not-running', 'it is not ready yet: close it instead');
    begin(lease, amendment, 'paused by its tenant');
    return { ok: true as const };
  };

  const takeResume = async (amendment: Signed<Amendment>) => {
    const lease = book.get(amendment.message.lease);
    if (!lease) return refuse('lease-unknown', 'no such lease here');
    const { paused } = lease.record;
    if (!paused) return refuse('not-running', 'it is not paused');
    const refused = await amender.check(lease, amendment, partsOf(lease));
    if (refused) return refused;
    const { rate, minimumCharge, deposit } = amendment.message;
    if (rate < paused.rate || minimumCharge < paused.minimumCharge)
      return refuse('unsupported', `it cost ${paused.rate} per hour before the pause: sign for that again`);
    const meter = meterOf(lease.record);
    const left = meter ? meter.funded - owedAt(meter, settlement.now()) + deposit : 0n;
    const seconds = Number((left * secondsPerHour) / rate);
    if (seconds < config.minimumFundedSeconds)
      return refuse('unsupported', `the money would last ${seconds} s: add some`);
    if (lease.record.paused !== paused) return refuse('busy', 'its state has just changed: ask again');
    book.change(lease, { paused: { ...paused, resume: amendment } });
    book.note(lease, 'resuming', 'the tenant pays again');
    turn(lease);
    book.tell(lease, 'starting', 'starting it again');
    deps.wake(lease);
    return { ok: true as const };
  };

  /** Back to running for what it cost, until that money ends: the chain does not take the pause. */
  const giveUp = (lease: Lease, reason: string) => {
    book.change(lease, { paused: null });
    book.note(lease, 'pause-failed', reason);
    book.tell(lease, 'starting', 'starting it again: it could not be paused on chain');
    deps.wake(lease);
  };

  const hold: Pauser['hold'] = async (lease) => {
    const { paused, terms } = lease.record;
    if (!paused || !terms) return;
    const replicas = (await deps.observe(freshMs)).get(lease.id)?.replicas ?? [];
    if (replicas.some(({ state }) => state !== 'stopped')) await deps.driver.stop(lease.id);
    lease.done.delete('workload');
    lease.vitals.clear();
    lease.observed = undefined;
    if (paused.amendment.message.terms === hashTerms(terms)) {
      book.tell(lease, 'paused', 'stopped, its data is kept; lowering its rate on chain');
      try {
        await amender.apply(lease, paused.amendment);
        book.note(lease, 'paused', `stopped; ${paused.amendment.message.rate} per hour keeps its data`);
      } catch (error) {
        const fault = toFault(error, 'lease.amend-failed', 'chain');
        if (fault.retry || fault.blame === 'chain') throw error;
        return giveUp(lease, fault.message);
      }
    }
    book.tell(lease, 'paused', 'stopped, its data is kept; it goes on when it is resumed');
  };

  const goOn: Pauser['goOn'] = async (lease) => {
    const { paused } = lease.record;
    if (!paused?.resume) return;
    try {
      await amender.apply(lease, paused.resume);
      book.change(lease, { paused: null });
      book.note(lease, 'resumed', `it runs again at ${paused.resume.message.rate} per hour`);
    } catch (error) {
      const fault = toFault(error, 'lease.amend-failed', 'chain');
      if (fault.retry || fault.blame === 'chain') throw error;
      book.change(lease, { paused: { ...paused, resume: null } });
      book.note(lease, 'resume-failed', fault.message);
      deps.wake(lease);
    }
  };

  return {
    pausesAt,
    pauseIfDue,
    hold,
    goOn,
    take: (request) =>
      request.kind === 'pause' ? takePause(request.amendment, request.when) : takeResume(request.amendment),
  };
}

/** When what is left pays just for keeping the data through its grace, and for the time a transaction takes. Pure. */
export function pauseTime(
  meter: { readonly rate: bigint; readonly funded: bigint; readonly meterFrom: number },
  pausedRate: bigint,
  graceSeconds: number,
): number {
  const keeping = (pausedRate * BigInt(graceSeconds)) / secondsPerHour;
  const most = meter.funded / largestShare;
  const reserve = keeping < most ? keeping : most;
  return fundedUntil(meter) - Number((reserve * secondsPerHour) / meter.rate) - marginSeconds;
}

/** The rate of a pause, and no weaker terms beside it. */
function misfitOfPause({ record }: Lease, { message }: Signed<Amendment>): Refused | undefined {
  if (!record.terms) return refuse('not-running', 'the lease is not open yet');
  if (message.rate < pausedRateOf(record.terms.rate))
    return refuse('unsupported', `a pause costs ${pausedRateOf(record.terms.rate)} per hour here`);
  if (message.minimumCharge < record.terms.minimumCharge)
    return refuse('unsupported', 'a pause leaves the minimum charge as it is');
  return undefined;
}

function partsOf(lease: Lease) {
  const { manifest } = currentVersion(lease);
  const { requirements } = lease.record.request ?? {};
  if (!requirements) throw new Error('checked before: an open lease has its request');
  return { manifest, requirements };
}
