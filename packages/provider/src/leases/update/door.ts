/**
 * What the buying side may ask about updates: what one would cost and how it could be done, to do it, to stop it.
 * Hostile until checked; an update is in the journal, and its room in the ledger, before the answer says so.
 */
import type { ChainReads } from '@souk/chain';
import type { Remote } from '@souk/net';
import {
  describeDecline,
  hashManifest,
  hashMessage,
  hashRequirements,
  type LeaseId,
  type Log,
  owedAt,
  type Refused,
  type Requirements,
  secondsPerHour,
  toFault,
  totalResources,
  type updateProtocol,
  type UpdateStrategy,
  zeroAddress,
} from '@souk/protocol';
import type { Clock } from '@souk/protocol';
import type { z } from 'zod';
import type { Assess, Assessment } from '../../bidding/assess.ts';
import type { ProviderConfig } from '../../config.ts';
import type { Ledger } from '../../inventory/ledger.ts';
import { checkImages, checkWorkload, refuse } from '../accept.ts';
import type { Amender } from '../amend.ts';
import { type Book, type Lease, turn } from '../book.ts';
import type { ImageStore } from '../images.ts';
import { meterOf } from '../lease.ts';
import { checkSecrets, type SecretBox } from '../secrets.ts';
import type { Settlement } from '../settlement.ts';
import type { PendingUpdate } from './pending.ts';
import { fittingPlan, fittingStrategies } from './plan.ts';

type Request = z.output<(typeof updateProtocol)['request']>;
type Answer = z.output<(typeof updateProtocol)['answer']>;
type Apply = Extract<Request, { readonly kind: 'apply' }>;

export interface UpdateDoorDeps {
  readonly chain: Pick<ChainReads, 'leaseOf'>;
  readonly amender: Pick<Amender, 'check'>;
  readonly book: Book;
  readonly ledger: Ledger;
  readonly assess: Assess;
  readonly secrets: Pick<SecretBox, 'open'>;
  readonly images: Pick<ImageStore, 'has'>;
  readonly settlement: Pick<Settlement, 'now'>;
  readonly wake: (lease: Lease) => void;
  readonly clock: Clock;
  readonly log: Log;
}

export interface UpdateDoor {
  answer(request: Request, remote: Remote): Promise<Answer>;
}

/** Which services are the same is known only with the manifest: as if none were, which takes the most room. */
const isSame = () => false;

export function createUpdateDoor(deps: UpdateDoorDeps, config: ProviderConfig): UpdateDoor {
  const { book, ledger, clock, settlement } = deps;

  /** Only tenant and agent: a watcher may stop a lease, not change it. */
  const find = (id: LeaseId, { address }: Remote): Lease | Refused => {
    const lease = book.get(id);
    if (!lease) return refuse('lease-unknown', 'no such lease here');
    const { tenant, agent } = lease.record.parties;
    if (address === zeroAddress || ![tenant, agent].includes(address))
      return refuse('not-yours', 'only tenant or agent may change a lease');
    const { stage, terms, paused } = lease.record;
    if (stage !== 'up') return refuse('not-running', 'the lease has ended');
    if (!terms) return refuse('not-running', 'the lease is not open yet');
    if (paused) return refuse('not-running', 'it is paused: resume it first');
    return lease;
  };

  const assess = async (lease: Lease, wanted: Requirements): Promise<Assessment | Refused> => {
    const { request, terms } = lease.record;
    if (!request || !terms) return refuse('not-running', 'the lease has ended');
    if (wanted.group !== request.requirements.group)
      return refuse('requirements-mismatch', `the group is called "${request.requirements.group}"`);
    const now = clock.now();
    const room = { free: ledger.free(now, lease.id), gpuIds: ledger.freeGpuIds(now, lease.id) };
    const found = await deps.assess(request.order, wanted, room);
    if (found.declines.length > 0)
      return refuse('busy', `it can't be had here now: ${found.declines.map(describeDecline).join('; ')}`);
    // What was agreed for the same stays agreed, whatever the prices are by now.
    const isAsBefore = hashRequirements(wanted) === hashRequirements(request.requirements);
    return isAsBefore ? { ...found, rate: terms.rate } : found;
  };

  const quote = async (lease: Lease, wanted: Requirements): Promise<Answer> => {
    const found = await assess(lease, wanted);
    if ('ok' in found) return found;
    const { termsHash } = await deps.chain.leaseOf(lease.id);
    const { request, terms } = lease.record;
    if (!request || !terms) return refuse('not-running', 'the lease has ended');
    const usual = { canary: { replicas: 1, bakeSeconds: 0 }, isSame };
    const free = ledger.free(clock.now(), lease.id);
    const strategies = [...fittingStrategies(request.requirements, wanted, usual, free)];
    if (strategies.length === 0) return refuse('busy', 'there is no room for it here now');
    const { minimumCharge } = terms;
    return { ok: true, kind: 'quote', rate: found.rate, minimumCharge, terms: termsHash, strategies };
  };

  const apply = async (lease: Lease, asked: Apply): Promise<Answer> => {
    const again = await answerAgain(lease, asked);
    if (again) return again;
    const { manifest, requirements } = asked;
    const refused =
      (await deps.amender.check(lease, asked.amendment, { manifest, requirements })) ??
      checkWorkload(manifest, requirements) ??
      checkImages(asked, config.maxImageGib) ??
      misfitOf(lease, asked) ??
      (await checkSecrets(deps.secrets, asked));
    if (refused) return refused;
    const found = await assess(lease, requirements);
    if ('ok' in found) return found;
    const { rate, minimumCharge } = asked.amendment.message;
    if (rate < found.rate)
      return refuse('unsupported', `this costs ${found.rate} per hour here, not ${rate}`);
    if (minimumCharge < (lease.record.terms?.minimumCharge ?? 0n))
      return refuse('unsupported', 'the minimum charge stays as it is');
    // From here to the journal without a pause, so that no second update comes between.
    const twin = startable(lease, asked);
    if (twin) return twin;
    return begin(lease, asked, found);
  };

  /** Asked again, maybe because our answer was lost; or too late for another. */
  const answerAgain = async (lease: Lease, asked: Apply): Promise<Answer | undefined> => {
    const { update, updated } = lease.record;
    const hash = hashMessage('Amendment', asked.amendment.message);
    if (update && hashMessage('Amendment', update.amendment.message) === hash)
      return { ok: true, kind: 'applying', wanted: await wantedOf(asked) };
    if (update) return refuse('update-running', 'another update is under way');
    if (updated?.amendment !== hash) return undefined;
    if (updated.state === 'done') return { ok: true, kind: 'applying', wanted: [] };
    return refuse('amendment-stale', 'this amendment was tried and rolled back: sign a new one');
  };

  const startable = (lease: Lease, asked: Apply): Refused | undefined => {
    const { update, paused, stage, terms } = lease.record;
    if (stage !== 'up' || !terms) return refuse('not-running', 'the lease has ended');
    if (update) return refuse('update-running', 'another update is under way');
    if (paused) return refuse('not-running', 'it is paused: resume it first');
    return misfitOf(lease, asked);
  };

  /** What is wrong with it beside what `amender` checks. */
  const misfitOf = (lease: Lease, { amendment, healthySeconds }: Apply): Refused | undefined => {
    const now = settlement.now();
    const { rate, deposit, expiresAt } = amendment.message;
    if (expiresAt < now + healthySeconds)
      return refuse('amendment-stale', 'the amendment expires before the new version could be healthy');
    const meter = meterOf(lease.record);
    const left = (meter ? meter.funded - owedAt(meter, now) : 0n) + deposit;
    const seconds = (left * secondsPerHour) / rate;
    if (seconds < BigInt(config.minimumFundedSeconds))
      return refuse('unsupported', `at this price the money lasts ${seconds} s: add some`);
    return undefined;
  };

  const begin = async (lease: Lease, asked: Apply, { gpuIds }: Assessment): Promise<Answer> => {
    const { request } = lease.record;
    if (!request) return refuse('not-running', 'the lease has ended');
    const { strategy, canary, requirements } = asked;
    const now = clock.now();
    const wish = { strategy, canary, isSame };
    const fitting = fittingPlan(request.requirements, requirements, wish, ledger.free(now, lease.id));
    if (!fitting) return refuse('busy', noRoom(strategy));
    const before = { resources: totalResources(request.requirements), gpuIds: lease.record.gpuIds };
    const held = [...new Set([...lease.record.gpuIds, ...gpuIds])];
    const taken = ledger.amend(lease.id, { resources: fitting.plan.peak, gpuIds: held }, now);
    if (!taken.ok) return refuse('busy', noRoom(strategy));
    const { amendment, manifest, runtime, images, healthySeconds } = asked;
    const update: PendingUpdate = {
      stage: 'preparing',
      step: 0,
      amendment,
      requirements,
      manifest,
      runtime,
      images,
      local: [],
      gpuIds: [...gpuIds],
      strategy,
      healthySeconds,
      canary,
      hasSurge: fitting.hasSurge,
      isAborted: false,
      startedAt: settlement.now(),
    };
    try {
      book.change(lease, { update });
    } catch (error) {
      ledger.amend(lease.id, before, now);
      throw error;
    }
    book.note(lease, 'updating', `${strategy}, to ${hashManifest([manifest])}`);
    interrupt(lease, 'an update begins');
    return { ok: true, kind: 'applying', wanted: await wantedOf(asked) };
  };

  const abort = (lease: Lease): Answer => {
    const { update } = lease.record;
    if (!update) return refuse('not-running', 'no update is under way');
    if (update.stage === 'amending')
      return refuse('update-running', 'too late: the new version runs and its amendment is on its way');
    book.change(lease, { update: { ...update, isAborted: true } });
    interrupt(lease, 'its tenant stops the update');
    return { ok: true, kind: 'aborting' };
  };

  /** Whatever is being brought about now is not what is wanted any more. */
  const interrupt = (lease: Lease, why: string) => {
    turn(lease);
    book.tell(lease, 'updating', why);
    deps.wake(lease);
  };

  const wantedOf = async ({ images }: Apply): Promise<string[]> => {
    const missing = await Promise.all(
      images.map(async ({ digest }) => ((await deps.images.has(digest).catch(() => false)) ? [] : [digest])),
    );
    return missing.flat();
  };

  return {
    async answer(request, remote) {
      try {
        const lease = find(request.lease, remote);
        if ('ok' in lease) return lease;
        switch (request.kind) {
          case 'quote':
            return await quote(lease, request.requirements);
          case 'apply':
            return await apply(lease, request);
          case 'abort':
            return abort(lease);
        }
      } catch (error) {
        const fault = toFault(error, 'lease.update-failed', 'self');
        deps.log.error('a request for an update failed', { lease: request.lease, code: fault.code });
        return refuse('busy', `the provider has trouble: ${fault.code}`);
      }
    },
  };
}

function noRoom(strategy: UpdateStrategy): string {
  if (strategy === 'recreate') return 'there is no room for it here now';
  const why = strategy === 'canary' ? ', or a replica would have to stop for it' : '';
  return `there is no room to do it ${strategy}${why}: recreate ends the old version first`;
}
