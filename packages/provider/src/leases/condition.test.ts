import { healthProbeSchema, plainRuntime } from '@souk/protocol';
import { describe, expect, it } from 'vitest';
import type { ReplicaStatus } from '../drivers/driver.ts';
import {
  conditionOf,
  isPastPatience,
  newVitals,
  noteProbe,
  noteReplicas,
  recentRestarts,
  type Scene,
  serviceHealth,
  type Vitals,
  wantedNow,
} from './condition.ts';

const probe = healthProbeSchema.parse({ kind: 'http', port: 80, path: '/', failures: 3 });

function replica(patch: Partial<ReplicaStatus> = {}): ReplicaStatus {
  return { service: 'web', replica: 0, state: 'running', restarts: 0, lastExit: null, ...patch };
}

function scene(patch: Partial<Scene> = {}): Scene {
  return {
    services: [{ name: 'web', count: 1 }],
    runtime: plainRuntime,
    replicas: [replica()],
    vitals: new Map(),
    now: 1000,
    isReady: false,
    hasRun: true,
    ...patch,
  };
}

const probed = { ...plainRuntime, health: { web: probe } };
const failing = { isPassed: false, detail: '/ answers 503' };
const passing = { isPassed: true, detail: '/ answers 200' };

function vitalsOf(...said: readonly (typeof failing)[]): Map<string, Vitals> {
  const known = newVitals(0);
  for (const [index, one] of said.entries()) noteProbe(known, one, 900 + index);
  return new Map([['web/0', known]]);
}

const phase = (patch: Partial<Scene>) => conditionOf(scene(patch)).phase;

describe('the state of a workload', () => {
  it('is starting before it ever ran, and unhealthy when it is gone after it did', () => {
    expect(phase({ replicas: undefined, hasRun: false })).toBe('starting');
    expect(phase({ replicas: [replica({ state: 'starting' })], hasRun: false })).toBe('starting');
    expect(phase({ replicas: [] })).toBe('unhealthy');
    const ended = conditionOf(scene({ replicas: [replica({ state: 'exited', lastExit: 'exit code 1' })] }));
    expect(ended).toMatchObject({ phase: 'unhealthy', isUp: false });
    expect(ended.detail).toContain('exit code 1');
  });

  it('is running until somebody says that it works, then ready', () => {
    expect(phase({})).toBe('running');
    expect(phase({ isReady: true })).toBe('ready');
  });

  it('names the service that is short of replicas', () => {
    const services = [
      { name: 'web', count: 1 },
      { name: 'api', count: 3 },
    ];
    const replicas = [replica(), replica({ service: 'api' })];
    expect(conditionOf(scene({ services, replicas }))).toEqual({
      phase: 'unhealthy',
      detail: 'api: 1 of 3 replicas run',
      isUp: false,
    });
  });

  it('waits for a probe to pass once before it is ready', () => {
    const at = { runtime: probed, isReady: true };
    expect(phase({ ...at, vitals: vitalsOf() })).toBe('running');
    expect(phase({ ...at, vitals: vitalsOf(failing, failing, failing, failing) })).toBe('running');
    expect(phase({ ...at, vitals: vitalsOf(failing, passing) })).toBe('ready');
  });

  it('is unhealthy after as many failures in a row as its probe allows, not before', () => {
    const at = { runtime: probed, isReady: true };
    expect(phase({ ...at, vitals: vitalsOf(passing, failing, failing) })).toBe('ready');
    const sick = conditionOf(scene({ ...at, vitals: vitalsOf(passing, failing, failing, failing) }));
    expect(sick).toMatchObject({ phase: 'unhealthy', isUp: true });
    expect(sick.detail).toBe('web fails its health probe: / answers 503 (3 times in a row)');
    expect(phase({ ...at, vitals: vitalsOf(passing, failing, failing, failing, passing) })).toBe('ready');
  });

  it('is complete, not unhealthy, when a service ended as its restart policy allows', () => {
    const over = replica({ state: 'exited', lastExit: 'exit code 0' });
    for (const policy of ['never', 'on-failure'] as const) {
      const runtime = { ...plainRuntime, restart: { web: policy } };
      const done = scene({ runtime, replicas: [over], isReady: true });
      expect(conditionOf(done)).toMatchObject({ phase: 'ready', isUp: true });
      expect(wantedNow(done, { name: 'web', count: 1 })).toBe(0);
    }
    expect(phase({ replicas: [over], isReady: true })).toBe('unhealthy');
  });

  it('is unhealthy, and left alone, when what is never restarted ended badly', () => {
    const runtime = { ...plainRuntime, restart: { web: 'never' as const } };
    const replicas = [replica({ state: 'exited', lastExit: 'exit code 7' })];
    const bad = conditionOf(scene({ runtime, replicas, isReady: true }));
    expect(bad).toMatchObject({ phase: 'unhealthy', isUp: true });
    expect(bad.detail).toContain('exit code 7');
    expect(bad.detail).toContain('restart: never');
  });
});

describe('a crash loop', () => {
  function restarted(times: readonly number[]): Map<string, Vitals> {
    const vitals = new Map<string, Vitals>();
    noteReplicas(vitals, [replica()], { now: 0, isNew: true });
    for (const [index, now] of times.entries())
      noteReplicas(vitals, [replica({ restarts: index + 1 })], { now, isNew: true });
    return vitals;
  }
  const after = (times: readonly number[], now: number, patch: Partial<ReplicaStatus> = {}) =>
    conditionOf(scene({ vitals: restarted(times), now, isReady: true, replicas: [replica(patch)] }));

  it('is three restarts within minutes, with the last exit told', () => {
    expect(after([100, 110], 115).phase).toBe('ready');
    const looping = after([100, 110, 120], 125, { lastExit: 'exit code 3' });
    expect(looping.phase).toBe('crash-looping');
    expect(looping.detail).toBe('web ends again and again: exit code 3; started anew 3 times within 25 s');
  });

  it('is over once it has run quietly for a minute', () => {
    expect(after([100, 110, 120], 179).phase).toBe('crash-looping');
    expect(after([100, 110, 120], 181).phase).toBe('ready');
    expect(after([100, 110, 120], 181, { state: 'exited' }).phase).toBe('crash-looping');
  });

  it('is not what happened over hours', () => {
    expect(after([100, 4000, 8000], 8010).phase).toBe('ready');
    expect(recentRestarts(restarted([100, 4000, 8000]), 8010)).toBe(1);
  });

  it('is not what happened before this daemon looked', () => {
    const vitals = new Map<string, Vitals>();
    noteReplicas(vitals, [replica({ restarts: 9 })], { now: 100, isNew: false });
    expect(conditionOf(scene({ vitals, now: 101, isReady: true })).phase).toBe('ready');
    noteReplicas(vitals, [], { now: 102, isNew: false });
    expect(vitals.size).toBe(0);
  });
});

describe('a probe', () => {
  it('is told to the tenant with who fails and why', () => {
    const at = { runtime: probed };
    expect(serviceHealth(scene(at), 'web')).toBeNull();
    expect(serviceHealth(scene({ ...at, vitals: vitalsOf() }), 'web')).toBeNull();
    expect(serviceHealth(scene({ ...at, vitals: vitalsOf(passing) }), 'web')).toEqual({
      isHealthy: true,
      detail: 'passes',
      at: 900,
    });
    expect(serviceHealth(scene({ ...at, vitals: vitalsOf(failing) }), 'web')).toMatchObject({
      isHealthy: false,
      detail: 'replica 0 fails its health probe: / answers 503 (1 times in a row)',
    });
    expect(serviceHealth(scene({ vitals: vitalsOf(passing) }), 'web')).toBeNull();
  });

  it('that fails twice its patience has the replica replaced, the next time after twice as long', () => {
    const known = newVitals(0);
    const fails = (times: number) => {
      for (let n = 0; n < times; n += 1) noteProbe(known, failing, 1000);
    };
    fails(50);
    expect(isPastPatience(known, probe, 'always')).toBe(false);
    noteProbe(known, passing, 1000);
    fails(5);
    expect(isPastPatience(known, probe, 'always')).toBe(false);
    fails(1);
    expect(isPastPatience(known, probe, 'always')).toBe(true);
    expect(isPastPatience(known, probe, 'never')).toBe(false);
    known.revivals = 1;
    expect(isPastPatience(known, probe, 'always')).toBe(false);
    fails(6);
    expect(isPastPatience(known, probe, 'always')).toBe(true);
  });

  it('that passed for long is forgiven', () => {
    const known = { ...newVitals(0), revivals: 4 };
    noteProbe(known, passing, 1000);
    noteProbe(known, failing, 1301);
    expect(known.revivals).toBe(0);
  });

  it('says nothing of the process that follows', () => {
    const vitals = vitalsOf(passing, failing, failing);
    noteReplicas(vitals, [replica({ restarts: 1 })], { now: 950, isNew: false });
    expect(vitals.get('web/0')).toMatchObject({ failures: 0, passingSince: null, hasPassed: true });
  });
});
