/**
 * How a lease's workload does, from what was seen of it: replicas as the driver lists them, how often they started anew
 * and when, what their health probes said. Pure; the words of a status page, and what is repaired, follow from it.
 */
import type { HealthProbe, LeasePhase, RestartPolicy, Runtime, ServiceStatus } from '@souk/protocol';
import type { ReplicaStatus } from '../drivers/driver.ts';
import { mayRestart } from '../drivers/wanted.ts';

/** What is remembered of one replica while the daemon runs. Times in unix seconds. */
export interface Vitals {
  /** As the driver last counted, and when the latest of them were seen. */
  restarts: number;
  restartedAt: number[];
  /** Of its probe: failed looks in a row, and since when it passes. */
  failures: number;
  passingSince: number | null;
  /** It passed before, so a failure now is one. */
  hasPassed: boolean;
  /** 0 before the first. */
  probedAt: number;
  probeDetail: string;
  /** How often it was replaced because its probe failed. */
  revivals: number;
}

export interface WantedService {
  readonly name: string;
  readonly count: number;
}

/** All that a judgement takes. */
export interface Scene {
  readonly services: readonly WantedService[];
  readonly runtime: Pick<Runtime, 'health' | 'restart'>;
  readonly replicas: readonly ReplicaStatus[] | undefined;
  readonly vitals: ReadonlyMap<string, Vitals>;
  readonly now: number;
  /** The tenant said that it works: the meter runs. */
  readonly isReady: boolean;
  /** It ran before. */
  readonly hasRun: boolean;
}

export interface Condition {
  readonly phase: Extract<LeasePhase, 'starting' | 'running' | 'ready' | 'unhealthy' | 'crash-looping'>;
  readonly detail: string;
  /** Every replica runs, or has ended for good as its restart policy allows. */
  readonly isUp: boolean;
}

/** Phases that follow from how the workload does; in others something is being done with the lease. */
export const naturalPhases: ReadonlySet<LeasePhase> = new Set([
  'starting',
  'running',
  'ready',
  'unhealthy',
  'crash-looping',
]);

/** So many restarts within this time are a loop, until it has run quietly for a while. */
const loopRestarts = 3;
const loopSeconds = 300;
const quietSeconds = 60;
const keptRestarts = 16;
/** Replaced for failing its probe after this many times its patience, doubling up to 2⁶. */
const firstPatience = 2;
const longestPatience = 6;
const steadySeconds = 300;

export const keyOf = ({ service, replica }: Pick<ReplicaStatus, 'service' | 'replica'>): string =>
  `${service}/${replica}`;

export function newVitals(restarts: number): Vitals {
  return {
    restarts,
    restartedAt: [],
    failures: 0,
    passingSince: null,
    hasPassed: false,
    probedAt: 0,
    probeDetail: '',
    revivals: 0,
  };
}

/** Takes over what the driver says now. `isNew`: seen from its very start, so its restarts all happened just now. */
export function noteReplicas(
  vitals: Map<string, Vitals>,
  replicas: readonly ReplicaStatus[],
  { now, isNew }: { readonly now: number; readonly isNew: boolean },
): void {
  const keys = new Set(replicas.map(keyOf));
  for (const key of vitals.keys()) if (!keys.has(key)) vitals.delete(key);
  for (const replica of replicas) {
    const known = vitals.get(keyOf(replica)) ?? newVitals(isNew ? 0 : replica.restarts);
    vitals.set(keyOf(replica), known);
    const fresh = Math.min(Math.max(0, replica.restarts - known.restarts), keptRestarts);
    if (fresh > 0) {
      known.restartedAt = [...known.restartedAt, ...Array.from({ length: fresh }, () => now)].slice(
        -keptRestarts,
      );
      known.failures = 0;
      known.passingSince = null;
    }
    known.restarts = replica.restarts;
  }
}

/** Takes over what a probe said. */
export function noteProbe(
  known: Vitals,
  result: { readonly isPassed: boolean; readonly detail: string },
  now: number,
): void {
  known.probedAt = now;
  known.probeDetail = result.detail;
  if (!result.isPassed) {
    const wasSteady = known.passingSince !== null && now - known.passingSince >= steadySeconds;
    if (wasSteady) known.revivals = 0;
    known.failures += 1;
    known.passingSince = null;
    return;
  }
  known.failures = 0;
  known.hasPassed = true;
  known.passingSince ??= now;
}

/** It fails and the patience with it is over: it should be replaced. */
export function isPastPatience(known: Vitals, probe: HealthProbe, policy: RestartPolicy): boolean {
  if (policy === 'never' || !known.hasPassed) return false;
  return known.failures >= probe.failures * firstPatience * 2 ** Math.min(known.revivals, longestPatience);
}

/** Restarts within the last minutes: what a pause before the next grows by. */
export function recentRestarts(vitals: ReadonlyMap<string, Vitals>, now: number): number {
  const counts = [...vitals.values()].map(
    ({ restartedAt }) => restartedAt.filter((at) => now - at < loopSeconds).length,
  );
  return Math.max(0, ...counts);
}

export function conditionOf(scene: Scene): Condition {
  const { replicas, services, hasRun } = scene;
  if (replicas === undefined || replicas.length === 0)
    return {
      phase: hasRun ? 'unhealthy' : 'starting',
      detail: hasRun ? 'it is gone here; starting it again' : 'starting the workload',
      isUp: false,
    };
  const missing = services.flatMap((service) => missingOf(scene, service));
  const isUp = missing.length === 0;
  const looping = replicas.find((replica) => isLooping(scene, replica));
  if (looping) return { phase: 'crash-looping', detail: describeLoop(scene, looping), isUp };
  const trouble = replicas.find((replica) => replica.state === 'exited' && !isComplete(scene, replica));
  const detail = trouble ? describeEnd(scene, trouble) : (missing[0] ?? '');
  if (!isUp) return { phase: hasRun ? 'unhealthy' : 'starting', detail, isUp };
  if (trouble) return { phase: 'unhealthy', detail, isUp };
  return { ...probedCondition(scene), isUp };
}

/** Everything runs; what do the probes say? */
function probedCondition(scene: Scene): Omit<Condition, 'isUp'> {
  const probed = (scene.replicas ?? []).filter(
    (replica) => replica.state === 'running' && probeOf(scene, replica.service),
  );
  const failing = probed.find((replica) => healthOf(scene, replica) === 'failing');
  if (failing) return { phase: 'unhealthy', detail: `${nameOf(failing)} ${saysOf(scene, failing)}` };
  const pending = probed.find((replica) => healthOf(scene, replica) === 'pending');
  if (pending)
    return {
      phase: 'running',
      detail: `waiting for the health probe of ${nameOf(pending)}: it ${saysOf(scene, pending)}`,
    };
  const isOver = (scene.replicas ?? []).every((replica) => isComplete(scene, replica));
  if (isOver)
    return { phase: scene.isReady ? 'ready' : 'running', detail: 'all of it has ended as it should' };
  if (!scene.isReady) return { phase: 'running', detail: 'all replicas run' };
  return {
    phase: 'ready',
    detail: probed.length > 0 ? 'all replicas run and pass their probes' : 'all replicas run',
  };
}

function healthOf(scene: Scene, replica: ReplicaStatus): 'passing' | 'failing' | 'pending' {
  const known = scene.vitals.get(keyOf(replica));
  const probe = probeOf(scene, replica.service);
  if (!known || !probe) return 'pending';
  if (known.failures >= probe.failures && known.hasPassed) return 'failing';
  // One failure among passes is no failure yet.
  const isPassing = known.passingSince !== null || (known.hasPassed && known.failures > 0);
  return isPassing ? 'passing' : 'pending';
}

/** What a tenant is told of a service's probe; null where it has none, or nobody looked yet. */
export function serviceHealth(scene: Scene, service: string): ServiceStatus['health'] {
  const replicas = (scene.replicas ?? []).filter(
    (replica) => replica.service === service && replica.state === 'running',
  );
  const looks = replicas.flatMap((replica) => {
    const known = scene.vitals.get(keyOf(replica));
    return known ? [known.probedAt] : [];
  });
  const latest = Math.max(0, ...looks);
  if (!probeOf(scene, service) || latest === 0) return null;
  const bad = replicas.find((replica) => healthOf(scene, replica) !== 'passing');
  const detail = bad ? `replica ${bad.replica} ${saysOf(scene, bad)}` : 'passes';
  return { isHealthy: bad === undefined, detail: detail.slice(0, 500), at: latest };
}

/** Replicas that should run now: all but those that have ended as they should. */
export function wantedNow(scene: Scene, { name, count }: WantedService): number {
  const over = (scene.replicas ?? []).filter(
    (replica) => replica.service === name && isComplete(scene, replica),
  );
  return Math.max(0, count - over.length);
}

function missingOf(scene: Scene, service: WantedService): string[] {
  const own = (scene.replicas ?? []).filter((replica) => replica.service === service.name);
  const there = own.filter((replica) => replica.state === 'running' || isOver(scene, replica));
  if (there.length >= service.count) return [];
  return [`${service.name}: ${there.length} of ${service.count} replicas run`];
}

const policyOf = ({ runtime }: Scene, service: string): RestartPolicy =>
  (Object.hasOwn(runtime.restart, service) ? runtime.restart[service] : undefined) ?? 'always';

const probeOf = ({ runtime }: Scene, service: string): HealthProbe | undefined =>
  Object.hasOwn(runtime.health, service) ? runtime.health[service] : undefined;

/** Ended, and by its policy not to be started again. */
function isOver(scene: Scene, replica: ReplicaStatus): boolean {
  return replica.state === 'exited' && !mayRestart(policyOf(scene, replica.service), replica.lastExit);
}

/** Over, and well: it ended as it should. */
function isComplete(scene: Scene, replica: ReplicaStatus): boolean {
  return isOver(scene, replica) && !mayRestart('on-failure', replica.lastExit);
}

function isLooping({ vitals, now }: Scene, replica: ReplicaStatus): boolean {
  const times = vitals.get(keyOf(replica))?.restartedAt.filter((at) => now - at < loopSeconds) ?? [];
  if (times.length < loopRestarts) return false;
  return replica.state !== 'running' || now - (times.at(-1) ?? 0) < quietSeconds;
}

function describeLoop({ vitals, now }: Scene, replica: ReplicaStatus): string {
  const times = vitals.get(keyOf(replica))?.restartedAt.filter((at) => now - at < loopSeconds) ?? [];
  const span = Math.max(1, now - (times[0] ?? now));
  const exit = replica.lastExit ?? 'no reason given';
  return `${nameOf(replica)} ends again and again: ${exit}; started anew ${times.length} times within ${span} s`;
}

function describeEnd(scene: Scene, replica: ReplicaStatus): string {
  const exit = `${nameOf(replica)} ended: ${replica.lastExit ?? 'no reason given'}`;
  const policy = policyOf(scene, replica.service);
  if (isOver(scene, replica)) return `${exit}; it is not started again (restart: ${policy})`;
  return `${exit}; started ${replica.restarts + 1} times`;
}

function saysOf({ vitals }: Scene, replica: ReplicaStatus): string {
  const known = vitals.get(keyOf(replica));
  if (!known || known.probedAt === 0) return 'was not probed yet';
  return known.failures > 0
    ? `fails its health probe: ${known.probeDetail} (${known.failures} times in a row)`
    : 'passes its health probe';
}

const nameOf = ({ service, replica }: ReplicaStatus): string =>
  replica === 0 ? service : `${service} (replica ${replica})`;
