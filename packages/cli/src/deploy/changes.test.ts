import { describe, expect, it } from 'vitest';
import { plainRuntime, readSdl } from '@souk/protocol';
import type { KeptGroup } from '@souk/tenant';
import { changesOf } from './changes.ts';

const file = `
version: "2.0"
services:
  web:
    image: app:1
    env: [A=1, SECRET=hunter2]
    expose: [{ port: 3000, as: 80, to: [{ global: true }] }]
profiles:
  compute:
    web:
      resources: { cpu: { units: 1 }, memory: { size: 256Mi }, storage: { size: 1Gi } }
  placement:
    here: { pricing: { web: { denom: uact, amount: 10000 } } }
deployment:
  web: { here: { profile: web, count: 1 } }
`;

function keptOf(text: string, patch: Partial<KeptGroup> = {}): KeptGroup {
  const group = readSdl(text).workload?.groups[0];
  if (!group) throw new Error('not a workload');
  const { name, requirements, manifest, manifestHash } = group;
  const bare = { runtime: plainRuntime, secrets: null, maxRate: 1n, deposit: 1n };
  return { name, requirements, manifest, manifestHash, ...bare, ...patch };
}

const before = keptOf(file);

describe('the changes of an update', () => {
  it('name images, counts and resources, old and new', () => {
    const text = file
      .replace('app:1', 'app:2')
      .replace('count: 1', 'count: 3')
      .replace('units: 1', 'units: 2.5')
      .replace('256Mi', '1Gi');
    expect(changesOf({ before, after: keptOf(text) })).toEqual([
      'web: image app:1 → app:2',
      'web: count 1 → 3',
      'web: cpu 1 core → 2.5 cores',
      'web: memory 256 MiB → 1 GiB',
    ]);
  });

  it('name what env is added, removed and changed, and never show a value', () => {
    const after = keptOf(file.replace('A=1, SECRET=hunter2', 'SECRET=hunter3, B=2'));
    const lines = changesOf({ before, after });
    expect(lines).toEqual(['web: env +B -A ~SECRET']);
    expect(lines.join()).not.toContain('hunter');
  });

  it('name services that come and go, and what is around them', () => {
    const after = keptOf(file.replaceAll('web', 'site'));
    expect(changesOf({ before, after })).toEqual(['web: removed', 'site: new: 1 × app:1']);
    const probe = { kind: 'tcp', port: 3000, intervalSeconds: 5, timeoutSeconds: 3, failures: 3 } as const;
    const runtime = { ...plainRuntime, health: { web: probe }, stopGraceSeconds: 1 };
    expect(changesOf({ before, after: { ...before, runtime } })).toEqual([
      'web: another health probe',
      'how it is kept running: logs, snapshots, time to stop',
    ]);
  });

  it('are none of a group with itself, and not known where nothing was kept', () => {
    expect(changesOf({ before, after: before })).toEqual([]);
    expect(changesOf({ before: undefined, after: before })).toHaveLength(1);
  });
});
