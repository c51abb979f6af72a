/**
 * From a wish to what it would change: each group that is not yet as wished, priced by its provider. Reads only; where
 * an earlier run was cut off after the provider had begun, it is found here and gone on with.
 */
import {
  canonicalJson,
  encodeJson,
  Fault,
  formatAmount,
  hashRequirements,
  type Hex,
  type Refused,
  updateProtocol,
} from '@souk/protocol';
import type { Context } from '../context.ts';
import { currentHashes, type Deployment, type DeploymentGroup } from '../deployment.ts';
import { askStatus, chosenBid, syncWithChain } from '../leases/lot.ts';
import { checkWish } from '../orders/draft.ts';
import { keepWish } from '../orders/keep.ts';
import { chooseGroup } from '../sessions/choose.ts';
import type { GroupChoice, OrderWish } from '../types.ts';
import type { KeptGroup, KeptWish } from '../wish.ts';
import { type Planning, type Quoted, startUpdate, usualStrategy } from './carry-out.ts';
import type { PlannedGroup, PlannedUpdate } from './shape.ts';

export async function planUpdate(
  context: Context,
  wish: OrderWish,
  signal?: AbortSignal,
): Promise<PlannedUpdate> {
  checkWish(wish);
  const record = await context.records.load(wish.name);
  checkGroups(record, wish);
  const old = await context.deps.wishes?.load(wish.name);
  const after = carryOver(
    keepWish(wish, record.deployment ?? old?.deployment ?? missingDeployment(record)),
    old,
  );
  const groups = await Promise.all(
    record.groups.map((group) => planGroup(context, { record, group, old, after }, signal)),
  );
  return { name: wish.name, groups: groups.flatMap((one) => one ?? []) };
}

/** What no file says: where the deployment's snapshots are and the key to them, and its budget. */
function carryOver(after: KeptWish, old: KeptWish | undefined): KeptWish {
  const groups = after.groups.map((group): KeptGroup => {
    const before = old?.groups.find(({ name }) => name === group.name);
    const snapshotKey = group.secrets?.snapshotKey ?? before?.secrets?.snapshotKey ?? null;
    const services = group.secrets?.services ?? {};
    const { snapshots } = group.runtime;
    const known = before?.runtime.snapshots?.holders ?? [];
    const holders = snapshots && snapshots.holders.length === 0 ? known : (snapshots?.holders ?? []);
    return {
      ...group,
      secrets: group.secrets === null && snapshotKey === null ? null : { services, snapshotKey },
      runtime: { ...group.runtime, snapshots: snapshots && { ...snapshots, holders } },
    };
  });
  // A budget that was given on the command line is in no file.
  const maxTotal = after.maxTotal ?? old?.maxTotal ?? null;
  return { ...after, groups, maxTotal, topUp: after.topUp ?? old?.topUp ?? null };
}

async function planGroup(
  context: Context,
  planning: Planning,
  signal: AbortSignal | undefined,
): Promise<PlannedGroup | undefined> {
  const { record, group, old, after } = planning;
  const wanted = after.groups.find(({ name }) => name === group.name);
  const before = old?.groups.find(({ name }) => name === group.name);
  if (!wanted) throw new Error('checked before: the groups are the same');
  if (!isChanged(record, group, { old, before, after, wanted })) return undefined;
  const quoted = await askQuote(context, record.name, group, wanted, signal);
  if (quoted.rate > wanted.maxRate) throw tooDear(context, record.name, quoted.rate, wanted.maxRate);
  const isWithin = quoted.rate <= quoted.terms.rate && quoted.minimumCharge <= quoted.terms.minimumCharge;
  return {
    group: group.name,
    lease: group.lease,
    before,
    after: wanted,
    rate: { before: quoted.terms.rate, after: quoted.rate },
    strategies: quoted.strategies,
    strategy: usualStrategy(after, quoted),
    signs: quoted.isUnderWay ? 'nobody' : isWithin ? 'agent' : 'wallet',
    apply: (options = {}) => startUpdate(context, { ...planning, wanted, quoted }, options),
  };
}

/** By the record where no wish was kept: then only what has a hash in it is seen to change. */
function isChanged(
  record: Deployment,
  group: DeploymentGroup,
  wishes: {
    readonly old: KeptWish | undefined;
    readonly before: KeptGroup | undefined;
    readonly after: KeptWish;
    readonly wanted: KeptGroup;
  },
): boolean {
  const { old, before, after, wanted } = wishes;
  const now = currentHashes(group);
  if (now.manifest !== wanted.manifestHash || now.requirements !== hashRequirements(wanted.requirements))
    return true;
  const digests = (images: Deployment['images']) =>
    wanted.manifest.services.map(
      ({ image }) => images.find((one) => one.image === image)?.digest ?? 'registry',
    );
  const imagesNow = old?.images ?? record.images;
  if (digests(imagesNow).join() !== digests(after.images).join()) return true;
  const how = ({ runtime, secrets }: KeptGroup) =>
    canonicalJson({ runtime: { ...runtime, restore: [] }, secrets: encodeJson(secrets) });
  return before !== undefined && how(before) !== how(wanted);
}

async function askQuote(
  context: Context,
  name: string,
  group: DeploymentGroup,
  wanted: KeptGroup,
  signal: AbortSignal | undefined,
): Promise<Quoted> {
  const found = await syncWithChain(context, name, group);
  if (found.is !== 'open' || !found.group.terms) throw notOpen(name, group);
  const { terms } = found.group;
  await using held = await context.peers.hold(group.agentKey);
  const { peer } = held;
  const asked = await askStatus(context, { name, group: found.group, peer }, signal);
  if (!('status' in asked)) throw unreachable(name, asked.unreachable);
  const { update } = asked.status;
  const isIts = update?.manifest === wanted.manifestHash && update.state !== 'rolled-back';
  // An earlier run of ours was cut off: the provider is at it, or through with it.
  const isAhead = currentHashes(group).manifest !== wanted.manifestHash;
  if (update && isIts && (update.state === 'applying' || isAhead)) {
    const { rate, minimumCharge } = terms;
    const { termsHash } = found.state;
    return { terms, termsHash, rate, minimumCharge, strategies: [update.strategy], isUnderWay: true };
  }
  const answer = await peer
    .ask(
      chosenBid(group).provider,
      updateProtocol,
      { kind: 'quote', lease: group.lease, requirements: wanted.requirements },
      { timeoutMs: context.config.callTimeoutMs, ...(signal && { signal }) },
    )
    .catch((error: unknown) => {
      signal?.throwIfAborted();
      throw unreachable(name, error instanceof Error ? error.message : String(error));
    });
  if (!answer.ok) throw refused(name, answer);
  if (answer.kind !== 'quote') throw unreachable(name, 'it answers what was not asked');
  const { rate, minimumCharge, terms: termsHash, strategies } = answer;
  return { terms, termsHash, rate, minimumCharge, strategies, isUnderWay: false };
}

/** Every group's that is under way. Faults with `tenant.update-refused` where there is none, or it is too late. */
export async function abortUpdate(context: Context, name: string, choice: GroupChoice): Promise<void> {
  const record = await context.records.load(name);
  const groups = choice.group === undefined ? record.groups : [chooseGroup(record, choice.group)];
  const answers = await Promise.all(
    groups.map(async (group) => {
      await using held = await context.peers.hold(group.agentKey);
      const { signal } = choice;
      const options = { timeoutMs: context.config.callTimeoutMs, ...(signal && { signal }) };
      const { provider } = chosenBid(group);
      return await held.peer.ask(provider, updateProtocol, { kind: 'abort', lease: group.lease }, options);
    }),
  );
  const no = answers.find((answer) => !answer.ok);
  if (no && !no.ok && answers.every((answer) => !answer.ok)) throw refused(name, no);
}

function checkGroups(record: Deployment, wish: OrderWish): void {
  const names = (groups: readonly { readonly name: string }[]) => groups.map(({ name }) => name).toSorted();
  if (names(record.groups).join() === names(wish.groups).join()) return;
  const data = { name: record.name, groups: names(record.groups), wanted: names(wish.groups) };
  throw new Fault('tenant.other-groups', `"${record.name}" has the groups ${data.groups.join(', ')}`, {
    blame: 'user',
    data,
    remedy: `name the placement groups as before, or deploy the file under another name`,
  });
}

function missingDeployment({ name, groups }: Deployment): Hex {
  const lease = groups[0]?.lease;
  if (lease !== undefined) return lease;
  throw new Fault('tenant.group-missing', `"${name}" has no group`, { blame: 'self' });
}

function tooDear(context: Context, name: string, rate: bigint, maxRate: bigint): Fault {
  const { decimals, symbol } = context.deps.chain.network.token;
  const show = (amount: bigint) => `${formatAmount(amount, decimals)} ${symbol}`;
  return new Fault('tenant.update-too-dear', `it would cost ${show(rate)} per hour, above ${show(maxRate)}`, {
    blame: 'user',
    data: { name, rate, maxRate },
    remedy: `raise the ceiling with --max-price ${formatAmount(rate, decimals)}, or ask for less`,
  });
}

function notOpen(name: string, group: DeploymentGroup): Fault {
  return new Fault('tenant.lease-not-open', `the lease of "${name}" is not open`, {
    blame: 'user',
    data: { name, lease: group.lease },
    remedy: 'deploy it instead',
  });
}

function unreachable(name: string, detail: string): Fault {
  return new Fault('tenant.no-answer', `the provider of "${name}" does not answer: ${detail}`, {
    blame: 'peer',
    retry: true,
    data: { name },
    remedy: 'it runs as before; try again later',
  });
}

export function refused(name: string, { reason, detail }: Refused): Fault {
  return new Fault('tenant.update-refused', `the provider refuses to update "${name}": ${detail}`, {
    blame: 'peer',
    retry: reason === 'busy' || reason === 'update-running',
    data: { name, reason },
    remedy:
      reason === 'update-running'
        ? `wait until it has ended: souk status ${name}; or stop it: souk update ${name} --abort`
        : 'it runs as before; ask for less, or deploy the file under another name and close this one',
  });
}
