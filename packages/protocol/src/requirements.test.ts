import { describe, expect, it } from 'vitest';
import { encodeJson } from './json.ts';
import type { ManifestGroup, ManifestService } from './manifest.ts';
import {
  hashRequirements,
  manifestMatchesRequirements,
  requirementsOfManifest,
  requirementsSchema,
  totalResources,
} from './requirements.ts';
import { readSdl, type WorkloadGroup } from './sdl/read.ts';
import { fullSdl } from './sdl/sample.ts';

function groupsOf(text: string): readonly WorkloadGroup[] {
  const result = readSdl(text);
  if (!result.ok) throw new Error('the sample is not readable');
  return result.workload.groups;
}

const groups = groupsOf(fullSdl);
const front = groups.find(({ name }) => name === 'front') as WorkloadGroup;
const back = groups.find(({ name }) => name === 'back') as WorkloadGroup;

function changed(
  group: WorkloadGroup,
  name: string,
  change: (service: ManifestService) => ManifestService,
): ManifestGroup {
  const { manifest } = group;
  return {
    ...manifest,
    services: manifest.services.map((each) => (each.name === name ? change(each) : each)),
  };
}

describe('requirements', () => {
  it('are the same from either side', () => {
    for (const { manifest, requirements } of groups) {
      const derived = requirementsOfManifest(manifest, requirements);
      expect(derived).toEqual(requirements);
      expect(hashRequirements(derived)).toBe(hashRequirements(requirements));
      expect(manifestMatchesRequirements(manifest, requirements)).toBeUndefined();
    }
  });

  it('survive the wire with their hash', () => {
    for (const { requirements } of groups) {
      const arrived = requirementsSchema.parse(JSON.parse(encodeJson(requirements)));
      expect(arrived).toEqual(requirements);
      expect(hashRequirements(arrived)).toBe(hashRequirements(requirements));
    }
  });

  it('say nothing that only the manifest may know', () => {
    const text = encodeJson(groups.map(({ requirements }) => requirements));
    expect(text).not.toMatch(/registry\.example|secret-1|API=|shop\.example|exec web/);
  });

  it('wish for nothing where no placement is given', () => {
    expect(requirementsOfManifest(front.manifest)).toMatchObject({
      attributes: {},
      signedBy: { allOf: [], anyOf: [] },
      reclamationSeconds: 0,
    });
  });

  it('add up over replicas, memory volumes counting as memory', () => {
    expect(totalResources(front.requirements)).toEqual({
      cpuMilli: 750,
      memoryBytes: 3n * 1_610_612_736n,
      storageBytes: 3n * (536_870_912n + 10_000_000_000n + 1_073_741_824n),
      gpus: 0,
    });
    expect(totalResources(back.requirements)).toEqual({
      cpuMilli: 4000,
      memoryBytes: 72n * 1024n ** 3n,
      storageBytes: 20n * 1024n ** 3n,
      gpus: 2,
    });
  });
});

describe('a manifest that is not what was ordered', () => {
  const resources = (change: object) => (service: ManifestService) => ({
    ...service,
    resources: { ...service.resources, ...change },
  });

  it.each<[string, ManifestGroup, RegExp]>([
    ['another group', { ...front.manifest, name: 'other' }, /group is "other", ordered "front"/],
    [
      'a service less',
      { ...front.manifest, services: front.manifest.services.slice(1) },
      /services are web, ordered api, web/,
    ],
    [
      'a service twice',
      { ...front.manifest, services: [...front.manifest.services, ...front.manifest.services] },
      /same name/,
    ],
    [
      'more replicas',
      changed(front, 'web', (service) => ({ ...service, count: 3 })),
      /has 3 replicas, ordered 2/,
    ],
    [
      'more cpu',
      changed(front, 'web', resources({ cpu: { units: { val: '9000' } } })),
      /cpuMilli of service "web"/,
    ],
    [
      'more memory',
      changed(front, 'api', resources({ memory: { size: { val: '1' } } })),
      /memoryBytes of service "api"/,
    ],
    ['other storage', changed(front, 'web', resources({ storage: [] })), /storage of service "web"/],
    [
      'another GPU',
      changed(back, 'trainer', resources({ gpu: { units: { val: '2' } } })),
      /gpu of service "trainer"/,
    ],
    [
      'another kind of cpu',
      changed(front, 'web', resources({ cpu: { units: { val: '250' } } })),
      /cpuAttributes/,
    ],
    [
      'a port less',
      changed(front, 'web', (service) => ({ ...service, expose: [] })),
      /endpoints are not the ordered/,
    ],
    [
      'endpoints that its ports do not have',
      changed(front, 'web', resources({ endpoints: [] })),
      /don't match its ports/,
    ],
    [
      'a mount of nothing',
      changed(front, 'api', (service) => ({
        ...service,
        params: { storage: [{ name: 'gone', mount: '/g', readOnly: false }] },
      })),
      /mounts "gone"/,
    ],
  ])('is found out: %s', (_what, manifest, difference) => {
    const ordered = manifest.name === 'back' ? back.requirements : front.requirements;
    expect(manifestMatchesRequirements(manifest, ordered)).toMatch(difference);
  });

  it('is found out: a trusted environment nobody ordered', () => {
    expect(manifestMatchesRequirements(back.manifest, { ...back.requirements, attributes: {} })).toMatch(
      /trusted/,
    );
  });

  it('is not found out by what the market does not see', () => {
    const manifest = changed(front, 'web', (service) => ({ ...service, image: 'other', env: ['X=1'] }));
    expect(manifestMatchesRequirements(manifest, front.requirements)).toBeUndefined();
  });

  it('reads a GPU it cannot read as one that nobody has', () => {
    const odd = { units: { val: '1' }, attributes: [{ key: 'vendor/nvidia', value: 'true' }] };
    const manifest = changed(back, 'trainer', resources({ gpu: odd }));
    expect(requirementsOfManifest(manifest).units[0]?.resources.gpu.alternatives).toEqual([
      { vendor: 'vendor/nvidia' },
    ]);
  });
});
