import { describe, expect, it } from 'vitest';
import { readSdl } from './read.ts';
import { fullSdl, type SampleParts, sampleSdl } from './sample.ts';

function issuesOf(text: string) {
  return readSdl(text, { purpose: 'check' }).errors.map(({ path, reason }) => [path, reason]);
}

const disk = '[{size: 1Gi}, {name: data, size: 1Gi, attributes: {persistent: true, class: beta2}}]';
const shm = '[{size: 1Gi}, {name: shm, size: 1Gi, attributes: {persistent: false, class: ram}}]';
const mounts = (storage: string) => `image: x\nparams: {storage: ${storage}}`;

describe('references', () => {
  it.each([
    [
      'an unknown placement',
      ['    here:\n      profile', '    there:\n      profile'],
      '/deployment/web/there',
    ],
    ['an unknown profile', ['profile: small', 'profile: smal'], '/deployment/web/here/profile'],
    [
      'a profile with no price',
      ['        small: {denom', '        other: {denom'],
      '/profiles/placement/here',
    ],
    ['an unknown service', ['deployment:\n  web:', 'deployment:\n  wep:'], '/deployment/wep'],
  ])('to %s are refused', (_what, [from, to], path) => {
    const text = sampleSdl();
    expect(text).toContain(from);
    expect(issuesOf(text.replace(from ?? '', to ?? '')).map(([at]) => at)).toContain(path);
  });

  it('suggest the nearest name', () => {
    const { errors } = readSdl(sampleSdl().replace('profile: small', 'profile: smal'));
    expect(errors).toMatchObject([{ remedy: 'did you mean "small"?' }]);
  });

  it('want every service deployed', () => {
    const { errors } = readSdl(sampleSdl().replace('services:', 'services:\n  idle: {image: x}'));
    expect(errors).toMatchObject([{ path: '/services/idle', line: 3 }]);
  });

  it('are not confused by names of object members', () => {
    const text = sampleSdl()
      .replaceAll('web:', 'constructor:')
      .replaceAll('small', 'toString')
      .replaceAll('here:', '__proto__:');
    expect(readSdl(text).errors).toEqual([]);
    expect(readSdl(text).workload?.groups[0]?.name).toBe('__proto__');
  });
});

describe('volumes and mounts', () => {
  it.each<[string, SampleParts]>([
    ['a persistent volume with a mount', { storage: disk, service: mounts('{data: {mount: /d}}') }],
    ['a ram volume with a mount', { storage: shm, service: mounts('{shm: {mount: /dev/shm}}') }],
    ['a named volume without a mount', { storage: '{name: extra, size: 1Gi}' }],
  ])('fit: %s', (_what, parts) => {
    expect(readSdl(sampleSdl(parts)).errors).toEqual([]);
  });

  it.each<[string, SampleParts]>([
    ['a persistent volume mounted nowhere', { storage: disk }],
    [
      'a persistent volume with an entry and no path',
      { storage: disk, service: mounts('{data: {readOnly: true}}') },
    ],
    [
      'two volumes at one path',
      {
        storage: '[{size: 1Gi, name: a}, {size: 1Gi, name: b}]',
        service: mounts('{a: {mount: /d}, b: {mount: /d}}'),
      },
    ],
    [
      'two entries without a path',
      { storage: '[{size: 1Gi, name: a}, {size: 1Gi, name: b}]', service: mounts('{a: {}, b: {}}') },
    ],
  ])('do not fit: %s', (_what, parts) => {
    expect(readSdl(sampleSdl(parts), { purpose: 'check' }).ok).toBe(false);
  });

  it.each<[string, SampleParts]>([
    ['a ram volume mounted nowhere', { storage: shm }],
    ['a read-only ram volume', { storage: shm, service: mounts('{shm: {mount: /s, readOnly: true}}') }],
  ])('can not be ordered: %s', (_what, parts) => {
    expect(readSdl(sampleSdl(parts)).ok).toBe(false);
    expect(readSdl(sampleSdl(parts), { purpose: 'check' }).ok).toBe(true);
  });
});

describe('endpoints', () => {
  const withPorts = (first: string, second: string, top = 'endpoints: {my-ip: {kind: ip}}') =>
    sampleSdl({ top, service: `image: x\nexpose:\n  - ${first}\n  - ${second}` });
  const to = '[{global: true, ip: my-ip}]';

  it('are shared by ports that differ in number or protocol', () => {
    expect(issuesOf(withPorts(`{port: 80, to: ${to}}`, `{port: 81, to: ${to}}`))).toEqual([]);
    expect(issuesOf(withPorts(`{port: 80, to: ${to}}`, `{port: 80, proto: udp, to: ${to}}`))).toEqual([]);
  });

  it('are not shared by the same outer port', () => {
    const text = withPorts(`{port: 80, to: ${to}}`, `{port: 8080, as: 80, to: ${to}}`);
    expect(issuesOf(text).map(([path]) => path)).toEqual(['/services/web/expose/1/to/0/ip']);
  });

  it('must be declared and used', () => {
    const text = withPorts(`{port: 80, to: ${to}}`, '{port: 81}', 'endpoints: {other: {kind: ip}}');
    expect(issuesOf(text).map(([path]) => path)).toEqual([
      '/endpoints/other',
      '/services/web/expose/0/to/0/ip',
    ]);
  });
});

describe('trusted environments', () => {
  it('need a GPU where they span one', () => {
    expect(
      issuesOf(sampleSdl({ service: 'image: x\nparams: {tee: cpu-gpu}' })).map(([path]) => path),
    ).toEqual(['/services/web/params/tee']);
  });

  it('are of one kind in a placement', () => {
    const text = fullSdl
      .replace('back: {profile: large, count: 1}', 'front: {profile: large, count: 1}')
      .replace(
        '        small: {denom: uact, amount: 12.5}',
        '        small: {denom: uact, amount: 1}\n        large: {denom: uact, amount: 1}',
      )
      .replace(
        '    params: {storage: {assets: {mount: /srv}}}',
        '    params: {tee: cpu, storage: {assets: {mount: /srv}}}',
      );
    expect(issuesOf(text)).toEqual([
      ['/services/trainer/params/tee', 'placement "front" holds both "cpu" and "cpu-gpu"'],
    ]);
  });
});
