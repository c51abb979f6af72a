import { expect, test } from 'vitest';
import type { ManifestService } from '@souk/protocol';
import { serviceOf, type ServiceWish, specOf } from './conformance/kit.ts';
import { limitsOf, linksOf, mountsOf, wantedReplicas } from './wanted.ts';

const lease = `0x${'11'.repeat(32)}` as const;
const image = { reference: 'x:1', digest: 'sha256:00' };

test('one entry per replica, whose hash changes with what is wanted and with nothing else', () => {
  const [first, second] = wantedReplicas(specOf(lease, image, [{ count: 2 }]));
  expect([first?.replica, second?.replica]).toEqual([0, 1]);
  expect(first?.hash).not.toBe(second?.hash);
  const scaled = wantedReplicas(specOf(lease, image, [{ count: 5 }, { name: 'other' }]));
  expect(scaled[0]?.hash).toBe(first?.hash);
  expect(wantedReplicas(specOf(lease, image, [{ env: ['A=1'] }]))[0]?.hash).not.toBe(first?.hash);
  const newer = { ...image, digest: 'sha256:01' };
  expect(wantedReplicas(specOf(lease, newer, [{}]))[0]?.hash).not.toBe(first?.hash);
});

test('a replica is another where its restart policy or the version of its secrets is, not where it is stopped otherwise', () => {
  const hashOf = (how: ServiceWish['how']) =>
    wantedReplicas(specOf(lease, image, [how ? { how } : {}]))[0]?.hash;
  const plain = hashOf(undefined);
  const secrets = { env: { A: 'x' }, files: {} };
  expect(hashOf({ restart: 'always', stopGraceSeconds: 3 })).toBe(plain);
  expect(hashOf({ restart: 'never' })).not.toBe(plain);
  const first = hashOf({ secrets, secretsVersion: '1' });
  expect(new Set([plain, first, hashOf({ secrets, secretsVersion: '2' })]).size).toBe(3);
  // Only the version tells: a hash over what they are would let a reader guess.
  expect(hashOf({ secrets: { env: { A: 'y' }, files: {} }, secretsVersion: '1' })).toBe(first);
});

test('versions of a service share their links and each replica has one', () => {
  const api = { name: 'api', to: ['web'] };
  const spec = specOf(lease, image, [
    {},
    { ...api, how: { replicas: [0] } },
    { ...api, env: ['V=2'], how: { replicas: [1] } },
  ]);
  expect(linksOf(spec)).toHaveLength(1);
  const wanted = wantedReplicas(spec);
  expect(wanted.map(({ service, replica }) => `${service}/${replica}`)).toEqual(['web/0', 'api/0', 'api/1']);
  expect(wanted[0]?.hash).toBe(wantedReplicas(specOf(lease, image, [{}, api]))[0]?.hash);
});

test('the service’s environment comes after the lease’s, and who it is last', () => {
  const [wanted] = wantedReplicas(
    specOf(lease, image, [{ env: ['SOUK_LEASE=mine', 'SOUK_SERVICE=forged'] }]),
  );
  expect(wanted?.env).toEqual([
    `SOUK_LEASE=${lease}`,
    'SOUK_LEASE=mine',
    'SOUK_SERVICE=forged',
    'SOUK_SERVICE=web',
    'SOUK_REPLICA=0',
  ]);
});

test('a service links to those that expose themselves to it, by the port it is told', () => {
  const api = serviceOf({ name: 'api', to: ['web', 'nobody'] });
  const [global, ...others] = api.expose ?? [];
  const expose = others.map((each) => ({ ...each, externalPort: 8080 }));
  const services = [serviceOf({}), { ...api, expose: global ? [global, ...expose] : expose }];
  const links = linksOf({ lease, env: {}, services: services.map((service) => ({ service, image })) });
  expect(links).toEqual([{ service: 'web', target: 'api', port: 8080, targetPort: 3000, proto: 'TCP' }]);
});

test('memory volumes count as memory, persistent ones as neither memory nor the replica’s disk', () => {
  const mebibytes = (count: number) => count * 2 ** 20;
  const plain = limitsOf(serviceOf({ memoryMib: 100 }));
  expect(plain).toEqual({
    cpuMilli: 1000,
    memoryBytes: mebibytes(100),
    diskBytes: mebibytes(64),
    pids: 1024,
    gpus: 0,
  });
  const ram = serviceOf({ memoryMib: 100, volume: { mount: '/ram', kind: 'ram' } });
  expect(limitsOf(ram)).toEqual({ ...plain, memoryBytes: mebibytes(132) });
  const kept = serviceOf({ memoryMib: 100, volume: { mount: '/data', kind: 'persistent' } });
  expect(limitsOf(kept)).toEqual(plain);
  expect(mountsOf(kept)).toEqual([
    { volume: 'data', path: '/data', kind: 'persistent', bytes: mebibytes(32), isReadOnly: false },
  ]);
});

test('a mount of a volume that the resources don’t have is left out', () => {
  const service: ManifestService = {
    ...serviceOf({}),
    params: { storage: [{ name: 'missing', mount: '/x', readOnly: false }] },
  };
  expect(mountsOf(service)).toEqual([]);
});
