import { describe, expect, it } from 'vitest';
import { hashManifest } from '../manifest.ts';
import { formatSdlIssue } from './issue.ts';
import { ceilingPerHour } from './pricing.ts';
import { readSdl, sdlCheckJson, type Workload } from './read.ts';
import { fullSdl, publicPort, sampleSdl } from './sample.ts';

function workloadOf(text: string): Workload {
  const result = readSdl(text);
  if (!result.ok) throw new Error(result.errors.map((issue) => formatSdlIssue(issue, 'test')).join('\n'));
  return result.workload;
}

describe('a whole file', () => {
  const workload = workloadOf(fullSdl);
  const [back, front] = workload.groups;

  it('becomes one group a placement, sorted by name', () => {
    expect(workload.groups.map(({ name }) => name)).toEqual(['back', 'front']);
    expect(workload.services).toEqual(['api', 'trainer', 'web']);
    expect(workload.endpoints).toEqual(['shop-ip']);
    expect(workload.version).toBe('2.1');
  });

  it('hashes to what SDL tools agree on, all groups together and each alone', () => {
    expect(workload.manifestHash).toBe('0xfde59bb7935c8f1385a72436984dd3478c888879f95650eae69b50bb1d18cc34');
    expect(workload.groups.map(({ manifestHash }) => manifestHash)).toEqual(
      workload.groups.map(({ manifest }) => hashManifest([manifest])),
    );
  });

  it('keeps service fields in the manifest, with null for empty lists', () => {
    const [api, web] = front?.manifest.services ?? [];
    expect(web).toMatchObject({
      image: 'registry.example/shop/web:1.4',
      command: ['sh', '-c'],
      args: ["exec web --title '<A&B>'"],
      env: ['API=http://api:9000', 'EMPTY='],
      count: 2,
      credentials: {
        host: 'registry.example',
        email: 'a@b.example',
        username: 'puller',
        password: 'secret-1',
      },
    });
    expect(api).toMatchObject({ command: null, args: null, env: null, credentials: null });
    expect(api).toHaveProperty('params.storage', [{ name: 'assets', mount: '/srv', readOnly: false }]);
    expect(web?.params).toEqual({
      storage: [
        { name: 'assets', mount: '/assets', readOnly: true },
        { name: 'cache', mount: '/cache', readOnly: false },
      ],
      permissions: { read: ['logs', 'events'] },
    });
  });

  it('sorts exposes by service, port, protocol and public first, and defaults their options', () => {
    const web = front?.manifest.services[1];
    expect(web?.expose?.map(({ service, port, proto, global }) => [service, port, proto, global])).toEqual([
      ['', 8080, 'TCP', true],
      ['', 8443, 'UDP', true],
      ['api', 8443, 'UDP', false],
    ]);
    expect(web?.expose?.[0]?.httpOptions).toEqual({
      maxBodySize: 2_097_152,
      readTimeout: 1000,
      sendTimeout: 2000,
      nextTries: 0,
      nextTimeout: 5,
      nextCases: ['off'],
      proxyBufferSize: 16_384,
    });
    expect(web?.expose?.[1]?.httpOptions).toEqual({
      maxBodySize: 1_048_576,
      readTimeout: 60_000,
      sendTimeout: 60_000,
      nextTries: 3,
      nextTimeout: 0,
      nextCases: ['error', 'timeout'],
    });
  });

  it('merges equal profiles of a group into one resource of the group spec', () => {
    expect(front?.groupSpec.resources).toHaveLength(1);
    expect(front?.groupSpec.resources[0]).toMatchObject({
      count: 3,
      price: { denom: 'uact', amount: '12.500000000000000000' },
      resource: {
        id: 1,
        endpoints: [{ sequence_number: 0 }, { kind: 1, sequence_number: 0 }, { kind: 2, sequence_number: 1 }],
      },
    });
    expect(front?.groupSpec.requirements).toEqual({
      signed_by: { all_of: ['auditor-b', 'auditor-c'], any_of: ['auditor-a'] },
      attributes: [
        { key: 'region', value: 'eu-west' },
        { key: 'tier', value: '2' },
      ],
    });
    expect(back?.groupSpec.requirements.signed_by).toEqual({ all_of: null, any_of: null });
  });

  it('asks of the market resources, endpoints, attributes and notice', () => {
    expect(front?.requirements.endpoints).toEqual([
      { kind: 'http', service: 'web' },
      { kind: 'ip', service: 'web' },
      { kind: 'port', service: 'web' },
    ]);
    expect(front?.requirements).toMatchObject({
      attributes: { region: 'eu-west', tier: '2' },
      signedBy: { allOf: ['auditor-b', 'auditor-c'], anyOf: ['auditor-a'] },
      reclamationSeconds: 86_400,
    });
    expect(back?.requirements.units[0]?.resources.gpu).toEqual({
      units: 2,
      alternatives: [
        { vendor: 'nvidia', model: 'a100', ram: '80Gi', interface: 'sxm' },
        { vendor: 'nvidia', model: 'h100' },
      ],
    });
  });

  it('makes a wish for a trusted environment an attribute, and says it in the manifest', () => {
    expect(back?.requirements.attributes).toEqual({ 'tee/type': 'cpu-gpu' });
    expect(back?.groupSpec.requirements.attributes).toEqual([{ key: 'tee/type', value: 'cpu-gpu' }]);
    expect(back?.manifest.services[0]?.params?.tee).toEqual({ type: 'cpu-gpu', attestation: true });
  });

  it('has ceilings that count every replica', () => {
    expect(front?.ceilings).toEqual([
      { service: 'web', count: 2, denom: 'uact', amount: '12.5' },
      { service: 'api', count: 1, denom: 'uact', amount: '12.5' },
    ]);
    expect(front && ceilingPerHour(front, { decimals: 6 })).toEqual({ kind: 'usd', ratePerHour: 22_500n });
  });

  it('warns that dependencies have no effect', () => {
    expect(workload.warnings.map(({ path }) => path)).toEqual(['/services/web/dependencies']);
  });
});

describe('positions', () => {
  it('point at the key that is not known, with the nearest one that is', () => {
    const result = readSdl(sampleSdl({ service: `image: x\nexposes: []` }));
    expect(result.errors).toEqual([
      {
        line: 5,
        column: 5,
        path: '/services/web/exposes',
        reason: '"exposes" is not known here',
        remedy: 'did you mean "expose"?',
      },
    ]);
  });

  it('point at the value that is wrong', () => {
    const { errors } = readSdl(sampleSdl({ count: '0' }));
    expect(errors).toMatchObject([{ path: '/deployment/web/here/count', line: 24, column: 14 }]);
  });

  it('point at what should hold a missing key', () => {
    const { errors } = readSdl(sampleSdl({ service: 'env: []' }));
    expect(errors).toMatchObject([
      { line: 3, column: 3, path: '/services/web', reason: '"image" is missing here', remedy: 'add "image"' },
    ]);
  });

  it('follow aliases and merge keys to where the text stands', () => {
    const text = sampleSdl({ service: `image: &name nginx\nenv: &list [1]\nargs: *list\n${publicPort}` });
    expect(readSdl(text).errors.map(({ path, line, column }) => [path, line, column])).toEqual([
      ['/services/web/args/0', 5, 17],
      ['/services/web/env/0', 5, 17],
    ]);
    const merged = sampleSdl({ service: `image: nginx\n<<: {env: [2]}\n${publicPort}` });
    expect(readSdl(merged).errors).toMatchObject([{ path: '/services/web/env/0', line: 5, column: 16 }]);
  });

  it('come with every syntax error', () => {
    expect(readSdl('version: "2.0"\nservices: [').errors[0]).toMatchObject({ line: 2, path: '/' });
    expect(readSdl('version: "2.0"\nversion: "2.1"').errors[0]).toMatchObject({
      line: 2,
      column: 1,
      path: '/version',
      reason: '"version" is there twice',
    });
  });

  it('are sorted, and all errors come at once', () => {
    const { errors } = readSdl(
      sampleSdl({ version: '2', cpu: '{units: 0}', count: 'x', service: 'image: ""' }),
    );
    expect(errors.map(({ path }) => path)).toEqual([
      '/version',
      '/services/web/image',
      '/profiles/compute/small/resources/cpu/units',
      '/deployment/web/here/count',
    ]);
  });
});

describe('top-level sections', () => {
  it.each([['"2.0"'], ["'2.1'"]])('reads version %s', (version) => {
    expect(readSdl(sampleSdl({ version })).ok).toBe(true);
  });

  it.each([['"1.0"'], ['"2.2"'], ['2.0'], ['null']])('refuses version %s', (version) => {
    expect(readSdl(sampleSdl({ version })).errors.map(({ path }) => path)).toEqual(['/version']);
  });

  it.each([['version'], ['services'], ['profiles'], ['deployment']])('needs %s', (section) => {
    const text = fullSdl.replace(new RegExp(`^${section}:`, 'm'), `x${section}:`);
    expect(readSdl(text).errors.map(({ reason }) => reason)).toContain(`"${section}" is missing here`);
  });

  it.each([['endpoints:'], ['reclamation:'], ['include: x'], ['other: 1'], ['x-other: 1']])(
    'refuses %s',
    (top) => {
      expect(readSdl(sampleSdl({ top })).ok).toBe(false);
    },
  );

  it.each([['1s'], ['59m'], ['721h']])('takes no notice of %s into the market', (window) => {
    const text = sampleSdl({ top: `reclamation: {min_window: ${window}}` });
    expect(readSdl(text).errors.map(({ path }) => path)).toEqual(['/reclamation/min_window']);
    expect(readSdl(text, { purpose: 'check' }).ok).toBe(true);
  });

  it.each([
    ['1h', 3600],
    ['3600s', 3600],
    ['720h', 2_592_000],
  ])('takes notice of %s', (window, seconds) => {
    const workload = workloadOf(sampleSdl({ top: `reclamation: {min_window: ${window}}` }));
    expect(workload.groups[0]?.requirements.reclamationSeconds).toBe(seconds);
  });

  it.each([['0h'], ['-1h'], ['1.5h'], ['1d'], ['01h'], ['1h30m'], ['60']])(
    'knows no window of %s',
    (window) => {
      const text = sampleSdl({ top: `reclamation: {min_window: ${window}}` });
      expect(readSdl(text, { purpose: 'check' }).ok).toBe(false);
    },
  );
});

describe('null', () => {
  it('is an empty list for command, args, env and expose', () => {
    const empty = workloadOf(sampleSdl({ service: 'image: x\ncommand: []\nargs: []\nenv: []\nexpose: []' }));
    const nothing = workloadOf(sampleSdl({ service: 'image: x\ncommand:\nargs: ~\nenv: null\nexpose:' }));
    const leftOut = workloadOf(sampleSdl({ service: 'image: x' }));
    expect(empty.manifestHash).toBe(leftOut.manifestHash);
    expect(nothing.manifestHash).toBe(leftOut.manifestHash);
    expect(leftOut.manifest[0]?.services[0]).toMatchObject({
      command: null,
      args: null,
      env: null,
      expose: [],
    });
  });

  it.each([
    ['placement attributes', { placement: 'attributes:' }, '/profiles/placement/here/attributes'],
    [
      'cpu attributes',
      { cpu: '{units: 1, attributes: null}' },
      '/profiles/compute/small/resources/cpu/attributes',
    ],
    [
      'volume attributes',
      { storage: '{size: 1Gi, attributes: null}' },
      '/profiles/compute/small/resources/storage/attributes',
    ],
    [
      'gpu attributes',
      { gpu: '{units: 0, attributes: null}' },
      '/profiles/compute/small/resources/gpu/attributes',
    ],
    [
      'params.storage',
      { service: `image: x\nparams: {storage: null}\n${publicPort}` },
      '/services/web/params/storage',
    ],
  ])('is read as left out for %s, with a warning', (_what, parts, path) => {
    const result = readSdl(sampleSdl(parts));
    expect(result.errors).toEqual([]);
    expect(result.warnings.map((warning) => warning.path)).toEqual([path]);
  });

  it('is read as no storage for resources.storage, with warnings', () => {
    const result = readSdl(sampleSdl({ storage: 'null' }));
    expect(result.ok).toBe(true);
    expect(result.warnings.length).toBe(2);
    expect(result.workload?.manifest[0]?.services[0]?.resources.storage).toEqual([]);
  });

  it.each([
    [{ placement: 'signedBy:' }],
    [{ service: 'image:' }],
    [{ service: 'image: x\nparams:' }],
    [{ service: 'image: x\ncredentials:' }],
    [{ service: 'image: x\ndependencies:' }],
    [{ service: 'image: x\nexpose: [{port: 80, accept: null}]' }],
    [{ service: 'image: x\nexpose: [{port: 80, to: null}]' }],
    [{ service: 'image: x\nexpose: [{port: 80, http_options: null}]' }],
    [{ gpu: 'null' }],
    [{ placement: 'attributes: {region: null}' }],
  ])('is refused elsewhere: %j', (parts) => {
    expect(readSdl(sampleSdl(parts), { purpose: 'check' }).ok).toBe(false);
  });
});

describe('purpose', () => {
  const text = sampleSdl({ cpu: '{units: 999}' });

  it('order refuses what no order can be made of', () => {
    expect(readSdl(text).ok).toBe(false);
  });

  it('check gives the verdict of the reference and warns', () => {
    const result = readSdl(text, { purpose: 'check' });
    expect(result.ok).toBe(true);
    expect(result.warnings[0]?.reason).toMatch(/^no order can be made of this: /);
  });
});

describe('what souk sdl check prints', () => {
  it('counts and hashes an accepted file', () => {
    expect(sdlCheckJson('app.yaml', readSdl(fullSdl, { purpose: 'check' }))).toMatchObject({
      file: 'app.yaml',
      ok: true,
      services: 3,
      groups: 2,
      manifestHash: 'fde59bb7935c8f1385a72436984dd3478c888879f95650eae69b50bb1d18cc34',
      errors: [],
    });
  });

  it('has no hash for a refused one', () => {
    const check = sdlCheckJson('app.yaml', readSdl('{}'));
    expect(check).toMatchObject({ ok: false, services: 0, groups: 0, manifestHash: null });
    expect(check.errors).toHaveLength(4);
  });

  it('is a readable block for people', () => {
    const issue = { line: 3, column: 7, path: '/services/web', reason: 'it is empty', remedy: 'fill it' };
    expect(formatSdlIssue(issue, 'app.yaml')).toBe('app.yaml:3:7  /services/web\n  it is empty\n  → fill it');
  });
});
