import { describe, expect, it } from 'vitest';
import { hashManifest, type ManifestGroup, manifestGroupSchema } from './manifest.ts';
import { readSdl } from './sdl/read.ts';
import { fullSdl, sampleSdl } from './sdl/sample.ts';

function groupOf(text: string): ManifestGroup {
  const group = readSdl(text).workload?.groups[0];
  if (group === undefined) throw new Error('the sample is not readable');
  return group.manifest;
}

const group = groupOf(sampleSdl());
const service = group.services[0];

describe('the hash of a manifest', () => {
  it('does not depend on the order of keys', () => {
    const reversed = JSON.parse(JSON.stringify(group), (_key, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    ) as ManifestGroup;
    expect(Object.keys(reversed)).not.toEqual(Object.keys(group));
    expect(hashManifest([reversed])).toBe(hashManifest([group]));
  });

  it('tells null from an empty list', () => {
    const [first] = group.services;
    const emptied = { ...group, services: first === undefined ? [] : [{ ...first, env: [] }] };
    expect(hashManifest([emptied])).not.toBe(hashManifest([group]));
  });

  // The expected value: sha256sum of the JSON with the escapes spelled out.
  it('is of text with <, > and & escaped, as Go writes JSON', () => {
    expect(hashManifest([{ name: '<&>\u2028', services: [] }])).toBe(
      '0xbbb9f44c7e731986a2f3d91c2026f07989a189d1decc90fb94690826067dd9c7',
    );
  });
});

describe('a manifest on the wire', () => {
  it('is what the reader makes of a file with every field', () => {
    for (const { manifest } of readSdl(fullSdl).workload?.groups ?? []) {
      const wire: unknown = JSON.parse(JSON.stringify(manifest));
      expect(manifestGroupSchema.parse(wire)).toEqual(wire);
    }
  });

  it.each([
    ['an unknown field', { extra: 1 }],
    ['no replicas', { count: 0 }],
    ['too many replicas', { count: 1001 }],
    ['a fraction of a core', { resources: { ...service?.resources, cpu: { units: { val: '0.5' } } } }],
    ['an amount in hex', { resources: { ...service?.resources, memory: { size: { val: '0x10' } } } }],
    ['a long name', { name: 'a'.repeat(64) }],
    ['a trusted environment of another form', { params: { tee: 'cpu' } }],
    ['a port past 65535', { expose: [{ ...service?.expose?.[0], port: 65_536 }] }],
  ])('is refused with %s', (_what, change) => {
    expect(manifestGroupSchema.safeParse(group).success).toBe(true);
    expect(manifestGroupSchema.safeParse({ ...group, services: [{ ...service, ...change }] }).success).toBe(
      false,
    );
  });
});
