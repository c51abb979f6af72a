/**
 * An update under way: sign the amendment, hand over what is new, follow the provider until the new version runs or the
 * old one does again, and make the record equal to what the chain says then. The provider goes on by itself, so a crash
 * here loses nothing: the same update again finds what became of it.
 */
import type { Terms } from '@souk/chain';
import {
  type Amendment,
  hashRequirements,
  type Hex,
  type ImageBlob,
  type LeaseStatus,
  localKey,
  type Requirements,
  type Signed,
  toFault,
  updateProtocol,
  type UpdateStrategy,
} from '@souk/protocol';
import type { Context } from '../context.ts';
import type { Deployment, DeploymentGroup } from '../deployment.ts';
import { createFeed } from '../feed.ts';
import { urlsOf } from '../leases/bring-up.ts';
import { sendImage } from '../leases/images.ts';
import { askStatus, chosenBid, type Lot, pauseMs, syncWithChain } from '../leases/lot.ts';
import { sealedRuntime } from '../leases/secure.ts';
import type { KeptGroup, KeptWish } from '../wish.ts';
import type { ApplyOptions, UpdateFailure, UpdateResult, UpdateStep, Updating } from './shape.ts';

export interface Planning {
  readonly record: Deployment;
  readonly group: DeploymentGroup;
  readonly old: KeptWish | undefined;
  readonly after: KeptWish;
}

/** What a provider offers, or what it is doing already. */
export interface Quoted {
  readonly terms: Terms;
  readonly termsHash: Hex;
  readonly rate: bigint;
  readonly minimumCharge: bigint;
  readonly strategies: readonly UpdateStrategy[];
  readonly isUnderWay: boolean;
}

interface Task extends Planning {
  readonly wanted: KeptGroup;
  readonly quoted: Quoted;
}

interface Run extends Task {
  readonly context: Context;
  readonly lot: Lot;
  readonly strategy: UpdateStrategy;
  readonly healthySeconds: number;
  readonly canary: { readonly replicas: number; readonly bakeSeconds: number };
  readonly onStep: (step: UpdateStep) => void;
  readonly signal: AbortSignal;
}

type Failure = UpdateResult & { readonly ok: false };

const defaultHealthySeconds = 120;
const defaultBakeSeconds = 60;
const keptSteps = 256;
const never = new AbortController().signal;
/** Before anything is put in place. */
const slackSeconds = 600;
/** Slower than this an upload need not be waited for. */
const slowestBytesPerSecond = 512 * 1024;
/** The old version may take this long to come up again before nobody waits for it. */
const returnMs = 60_000;

export function startUpdate(context: Context, task: Task, options: ApplyOptions): Updating {
  const feed = createFeed<UpdateStep>(keptSteps);
  const result = work().finally(feed.end);
  // A caller that only reads the steps still learns of a fault from `result`, but is not killed by it.
  result.catch(() => undefined);
  return { steps: feed.read, result };

  async function work(): Promise<UpdateResult> {
    const { record, group, after, quoted } = task;
    await using held = await context.peers.hold(group.agentKey);
    const { update } = after;
    const run: Run = {
      ...task,
      context,
      lot: { name: record.name, group, peer: held.peer },
      strategy: options.strategy ?? usualStrategy(after, quoted),
      healthySeconds: options.healthySeconds ?? update?.healthySeconds ?? defaultHealthySeconds,
      canary: {
        replicas: options.canaryReplicas ?? update?.canaryReplicas ?? 1,
        bakeSeconds: options.bakeSeconds ?? update?.bakeSeconds ?? defaultBakeSeconds,
      },
      onStep: feed.push,
      signal: options.signal ?? never,
    };
    const failed = quoted.isUnderWay ? undefined : await ask(run);
    return failed ?? (await follow(run));
  }
}

/** The wish's own where there is room for it, else what the provider would do. */
export function usualStrategy({ update }: KeptWish, { strategies }: Quoted): UpdateStrategy {
  const wished = strategies.find((one) => one === update?.strategy);
  return wished ?? strategies[0] ?? 'recreate';
}

/** Undefined once the provider has all it needs. */
async function ask(run: Run): Promise<Failure | undefined> {
  const { context, lot, wanted, after, signal } = run;
  run.onStep({ step: 'asking', strategy: run.strategy });
  const images = imagesOf(wanted, after.images);
  const choice = chosenBid(lot.group);
  const request = {
    kind: 'apply' as const,
    lease: lot.group.lease,
    amendment: await signAmendment(run, images),
    requirements: wanted.requirements,
    manifest: wanted.manifest,
    runtime: await sealedRuntime(wanted, choice, context.deps.chain.domain),
    images: [...images],
    strategy: run.strategy,
    healthySeconds: run.healthySeconds,
    canary: run.canary,
  };
  const timeoutMs = context.config.acceptTimeoutMs;
  const send = () => lot.peer.ask(choice.provider, updateProtocol, request, { timeoutMs, signal });
  // The same amendment again changes nothing: an answer may have been lost.
  const answer = await send()
    .catch(() => (signal.throwIfAborted(), send()))
    .catch((error: unknown) => {
      signal.throwIfAborted();
      return failure('unreachable', toFault(error, 'tenant.no-answer', 'peer').message);
    });
  if (!answer.ok) return failure(answer.reason, answer.detail);
  run.onStep({ step: 'accepted' });
  return answer.kind === 'applying' ? sendWanted(run, images, answer.wanted) : undefined;
}

async function signAmendment(run: Run, images: readonly ImageBlob[]): Promise<Signed<Amendment>> {
  const { context, lot, wanted, quoted } = run;
  const { chain, wallet } = context.deps;
  const { timestamp } = await chain.head();
  const message: Amendment = {
    lease: lot.group.lease,
    terms: quoted.termsHash,
    manifest: wanted.manifestHash,
    requirements: hashRequirements(wanted.requirements),
    rate: quoted.rate,
    minimumCharge: quoted.minimumCharge,
    deposit: 0n,
    expiresAt: timestamp + mostSeconds(run, images),
  };
  const { terms } = quoted;
  const isWithin = message.rate <= terms.rate && message.minimumCharge <= terms.minimumCharge;
  const signer = isWithin ? localKey(lot.group.agentKey) : wallet;
  return { ...(await signer.sign(chain.domain, 'Amendment', message)) };
}

/** As long as it can take and no longer: a provider that went back could bring it on chain until then. */
function mostSeconds(
  { wanted, healthySeconds, canary, strategy }: Run,
  images: readonly ImageBlob[],
): number {
  const bytes = images.reduce((sum, image) => sum + image.bytes, 0);
  const steps = strategy === 'recreate' ? 1 : stepsOf(wanted.requirements);
  const baking = strategy === 'canary' ? canary.bakeSeconds : 0;
  return slackSeconds + Math.ceil(bytes / slowestBytesPerSecond) + steps * healthySeconds + baking;
}

/** More than there will be: replicas are replaced in four batches or a few more, and one may be added meanwhile. */
function stepsOf({ units }: Requirements): number {
  return units.reduce((sum, { count }) => sum + Math.min(count, 8) + 1, 1);
}

/** Those that the tenant itself hands over; all others come from registries. */
function imagesOf({ manifest }: KeptGroup, kept: readonly ImageBlob[]): readonly ImageBlob[] {
  const used = new Set(manifest.services.map(({ image }) => image));
  return kept.filter(({ image }) => used.has(image));
}

async function sendWanted(
  { context, lot, onStep, signal }: Run,
  images: readonly ImageBlob[],
  wanted: readonly string[],
): Promise<Failure | undefined> {
  for (const digest of new Set(wanted)) {
    const image = images.find((one) => one.digest === digest);
    if (!image) return failure('upload-failed', 'the provider wants an image that was not offered');
    try {
      await sendImage(context, lot.peer, {
        lease: lot.group.lease,
        provider: chosenBid(lot.group).provider,
        image,
        onProgress: (sentBytes) =>
          onStep({ step: 'sending-image', image: image.image, sentBytes, bytes: image.bytes }),
        signal,
      });
    } catch (error) {
      signal.throwIfAborted();
      const fault = toFault(error, 'tenant.upload-failed', 'peer');
      if (fault.blame === 'self') throw fault;
      return failure('upload-failed', fault.message);
    }
  }
  return undefined;
}

/** As long as something moves at the provider. */
async function follow(run: Run): Promise<UpdateResult> {
  const { context, lot, wanted, signal } = run;
  const { clock } = context.deps;
  const startMs = clock.now();
  let movedAt = startMs;
  let last = '';
  for (;;) {
    const answered = await askStatus(context, lot, signal);
    const status = 'status' in answered ? answered.status : undefined;
    const update = status?.update?.manifest === wanted.manifestHash ? status.update : undefined;
    if (status && update?.state === 'done') return finish(run, status);
    if (update?.state === 'rolled-back') return comeBack(run, update.detail);
    const said = status ? `${status.phase} ${status.progress ?? ''} ${status.detail}` : '';
    if (status && said !== last) {
      movedAt = clock.now();
      last = said;
      run.onStep({ step: 'working', percent: status.progress, detail: status.detail });
    }
    const found = await syncWithChain(context, lot.name, lot.group).catch(() => undefined);
    if (found?.is === 'closed') return failure('closed-meanwhile', 'the lease was closed');
    const patienceMs = context.config.startStallMs + (run.healthySeconds + run.canary.bakeSeconds) * 1000;
    if (clock.now() - movedAt > patienceMs) {
      const detail = 'status' in answered ? answered.status.detail : answered.unreachable;
      return failure('unreachable', `nothing has moved for ${Math.round(patienceMs / 1000)} s: ${detail}`);
    }
    await clock.sleep(pauseMs(context, clock.now() - startMs), signal);
  }
}

/** The chain's word, then the record, then the wish: what is ordered again after a failure is what was updated to. */
async function finish(run: Run, status: LeaseStatus): Promise<UpdateResult> {
  const { context, lot, wanted, after, old } = run;
  const found = await syncWithChain(context, lot.name, lot.group);
  if (found.is !== 'open' || !found.group.terms)
    return failure('closed-meanwhile', 'the lease is not open any more');
  const { rate } = found.group.terms;
  const urls = urlsOf(status);
  const group = await context.records.change(lot.name, lot.group.lease, {
    amendedTo: { manifest: wanted.manifestHash, requirements: hashRequirements(wanted.requirements) },
    probes: wanted.runtime.health,
    urls,
  });
  await context.records.update(lot.name, (record) => ({ ...record, images: after.images }));
  const kept = await context.deps.wishes?.load(lot.name);
  const groups = (kept ?? old ?? after).groups.map((one) => (one.name === wanted.name ? wanted : one));
  await context.deps.wishes?.save(lot.name, { ...after, groups });
  run.onStep({ step: 'updated', rate, urls });
  return { ok: true, group, status };
}

/** What ran before may take a moment to run again. */
async function comeBack(run: Run, why: string): Promise<UpdateResult> {
  const { context, lot, signal } = run;
  const { clock } = context.deps;
  const startMs = clock.now();
  while (clock.now() - startMs < returnMs) {
    const answered = await askStatus(context, lot, signal);
    const phase = 'status' in answered ? answered.status.phase : undefined;
    if (phase === 'running' || phase === 'ready') break;
    if (phase) run.onStep({ step: 'working', percent: null, detail: 'the old version comes back' });
    await clock.sleep(pauseMs(context, clock.now() - startMs), signal);
  }
  run.onStep({ step: 'rolled-back', detail: why });
  return failure('rolled-back', why);
}

function failure(reason: UpdateFailure, detail: string): Failure {
  return { ok: false, reason, detail };
}
