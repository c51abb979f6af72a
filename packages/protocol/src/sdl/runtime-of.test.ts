import { expect, test } from 'vitest';
import { plainRuntime } from '../runtime.ts';
import { readSdl } from './read.ts';
import { runtimeOf } from './runtime-of.ts';
import { sampleSdl } from './sample.ts';

const xSouk = `x-souk:
  health: {web: {tcp: {port: 80}}}
  restart: {web: never}
  stopGraceSeconds: 3
  snapshots: {everySeconds: 60}`;

test('a group gets what the file says of its own services', () => {
  const { workload } = readSdl(sampleSdl({ top: xSouk }));
  const [group] = workload?.groups ?? [];
  expect(runtimeOf(workload?.xSouk, group!.manifest)).toEqual({
    ...plainRuntime,
    health: { web: { kind: 'tcp', port: 80, intervalSeconds: 5, timeoutSeconds: 3, failures: 3 } },
    restart: { web: 'never' },
    stopGraceSeconds: 3,
  });
  const other = { ...group!.manifest, services: [{ ...group!.manifest.services[0]!, name: 'other' }] };
  expect(runtimeOf(workload?.xSouk, other)).toMatchObject({ health: {}, restart: {} });
});

test('only a group with persistent volumes is to be saved elsewhere', () => {
  const { workload } = readSdl(sampleSdl({ top: xSouk }));
  const [service] = workload!.groups[0]!.manifest.services;
  const [storage] = service!.resources.storage;
  const attributes = [{ key: 'persistent', value: 'true' }];
  const kept = { ...service!, resources: { ...service!.resources, storage: [{ ...storage!, attributes }] } };
  expect(runtimeOf(workload?.xSouk, { name: 'a', services: [kept] }).snapshots).toEqual({
    everySeconds: 60,
    keep: 3,
    holders: [],
  });
  expect(runtimeOf(workload?.xSouk, workload!.groups[0]!.manifest).snapshots).toBeNull();
});

test('without x-souk it is the plain one', () => {
  const { workload } = readSdl(sampleSdl());
  expect(runtimeOf(workload?.xSouk, workload!.groups[0]!.manifest)).toEqual(plainRuntime);
});
