import { describe, expect, it } from 'vitest';
import type { LeaseId, ManifestExpose, ManifestGroup } from '@souk/protocol';
import { createRoutes, isHttp, isRawPort } from './routes.ts';

const leaseOf = (start: string) => `0x${start.padEnd(64, '0')}` as LeaseId;

function expose(patch: Partial<ManifestExpose> = {}): ManifestExpose {
  const httpOptions = {
    maxBodySize: 0,
    readTimeout: 0,
    sendTimeout: 0,
    nextTries: 0,
    nextTimeout: 0,
    nextCases: null,
  };
  return {
    port: 3000,
    externalPort: 80,
    proto: 'TCP',
    service: '',
    global: true,
    hosts: null,
    httpOptions,
    ip: '',
    endpointSequenceNumber: 0,
    ...patch,
  };
}

function group(...exposes: ManifestExpose[]): ManifestGroup {
  return {
    name: 'g',
    services: [
      {
        name: 'Web',
        image: 'i',
        command: null,
        args: null,
        env: null,
        count: 2,
        expose: exposes,
        resources: {
          id: 1,
          cpu: { units: { val: '1' } },
          memory: { size: { val: '1' } },
          storage: [],
          gpu: { units: { val: '0' } },
          endpoints: null,
        },
      },
    ],
  };
}

const bothAt3000 = [
  { replica: 0, port: 3000 },
  { replica: 1, port: 3000 },
];

describe('routes', () => {
  it('are names of service and lease, without regard to case, port or final dot', () => {
    const routes = createRoutes('souk.example');
    const lease = leaseOf('abcdef0123');
    routes.set(lease, [{ group: group(expose()) }]);
    for (const host of [
      'web-abcdef01.souk.example',
      'WEB-abcdef01.souk.example:8080',
      'web-abcdef01.souk.example.',
    ]) {
      expect(routes.find(host)).toMatchObject({ lease, service: 'Web', targets: bothAt3000 });
    }
    expect(routes.find('web-abcdef01.example')).toBeUndefined();
    expect(routes.find('')).toBeUndefined();
    routes.remove(lease);
    expect(routes.hostsOf(lease)).toEqual([]);
  });

  it('give a lease with the same beginning a longer name', () => {
    const routes = createRoutes('d');
    const [first, second] = [leaseOf('11111111aa'), leaseOf('11111111bb')];
    routes.set(first, [{ group: group(expose()) }]);
    routes.set(second, [{ group: group(expose()) }]);
    expect(routes.find('web-11111111.d')?.lease).toBe(first);
    expect(routes.find('web-11111111bb000000.d')?.lease).toBe(second);
    routes.set(first, [{ group: group(expose()) }]);
    expect(routes.hostsOf(first)).toHaveLength(1);
  });

  it('are of the deployment where there is one: they stay over its leases, and nobody else takes them', () => {
    const routes = createRoutes('d');
    const deployment = leaseOf('dddddddd');
    const [old, thief, next] = [leaseOf('11'), leaseOf('22'), leaseOf('33')];
    routes.set(old, [{ group: group(expose()), deployment }]);
    routes.set(thief, [{ group: group(expose()), deployment }]);
    expect(routes.find('web-dddddddd.d')?.lease).toBe(old);
    routes.remove(old);
    routes.remove(thief);
    routes.set(next, [{ group: group(expose()), deployment }]);
    expect(routes.find('web-dddddddd.d')?.lease).toBe(next);
  });

  it('never let a lease take another’s name or one of ours', () => {
    const routes = createRoutes('d');
    const [first, second] = [leaseOf('11'), leaseOf('22')];
    expect(routes.set(first, [{ group: group(expose({ hosts: ['Shop.example'] })) }]).taken).toEqual([]);
    const greedy = ['shop.example', 'web-33333333.d', 'd', 'mine.example'];
    expect(routes.set(second, [{ group: group(expose({ hosts: greedy })) }]).taken).toEqual([
      'shop.example',
      'web-33333333.d',
      'd',
    ]);
    expect(routes.find('shop.example')?.lease).toBe(first);
    expect(routes.find('mine.example')?.lease).toBe(second);
    // The next in turn gets it, or whom it is settled for.
    routes.remove(first);
    expect(routes.find('shop.example')?.lease).toBe(second);
    const third = leaseOf('33');
    routes.set(third, [{ group: group(expose({ hosts: ['shop.example'] })) }]);
    routes.settle('shop.example', third);
    expect(routes.find('shop.example')?.lease).toBe(third);
    expect(routes.claims().get('shop.example')).toEqual([second, third]);
    expect(routes.hostsOf(second).map(({ host }) => host)).not.toContain('shop.example');
    routes.settle('shop.example', undefined);
    expect(routes.find('SHOP.example.:80')?.lease).toBe(second);
    routes.remove(second);
    routes.remove(third);
    expect(routes.find('shop.example')).toBeUndefined();
    expect(routes.claims().size).toBe(0);
  });

  it('are for public port 80 alone; other public TCP ports are raw', () => {
    const kinds = (patch: Partial<ManifestExpose>) => [isHttp(expose(patch)), isRawPort(expose(patch))];
    expect(kinds({})).toEqual([true, false]);
    expect(kinds({ port: 80, externalPort: 0 })).toEqual([true, false]);
    expect(kinds({ externalPort: 5432 })).toEqual([false, true]);
    expect(kinds({ externalPort: 5432, proto: 'UDP' })).toEqual([false, false]);
    expect(kinds({ global: false })).toEqual([false, false]);
  });
});
