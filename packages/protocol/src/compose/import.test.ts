import { describe, expect, it } from 'vitest';
import { readSdl } from '../sdl/read.ts';
import { importCompose, isComposeFile } from './import.ts';

const files: Readonly<Record<string, string>> = { '.env.web': '# ports\nPORT=8080\nexport NAME="a b"\n' };
const options = {
  variables: { TAG: '1.27', SHELL_ONLY: 'here' },
  readFile: (path: string) => files[path],
  maxPricePerHour: 0.05,
};

function convert(text: string) {
  const result = importCompose(text, options);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  const { workload, errors } = readSdl(result.sdl);
  if (!workload) throw new Error(`${result.sdl}\n${JSON.stringify(errors)}`);
  return { ...result, workload, services: workload.groups[0]?.manifest.services ?? [] };
}

const shop = `
services:
  web:
    image: nginx:\${TAG}
    command: nginx -g 'daemon off;'
    ports: ["8080:80", "127.0.0.1:9000:9000"]
    environment: {MODE: prod, LEVEL: 3, SHELL_ONLY: }
    env_file: .env.web
    depends_on: [db]
    deploy: {replicas: 2, resources: {limits: {cpus: "0.25", memory: 128M}}}
    healthcheck: {test: ["CMD-SHELL", "curl -f localhost"], interval: 10s, timeout: 2s, retries: 2}
    restart: on-failure:3
    stop_grace_period: 1m
    secrets: [api-key]
  db:
    image: postgres:17
    environment: [POSTGRES_PASSWORD=x]
    volumes: ["db-data:/var/lib/postgresql/data"]
    tmpfs: /run
  later:
    image: x
    profiles: [debug]
volumes: {db-data: {}}
secrets: {api-key: {file: ./key}}
`;

describe('a compose file', () => {
  it('is told from a workload file', () => {
    expect(isComposeFile(shop)).toBe(true);
    expect(isComposeFile('version: "2.0"\nservices: {}\nprofiles: {}\ndeployment: {}')).toBe(false);
    expect(isComposeFile('[1, 2')).toBe(false);
  });

  it('becomes a workload that the reader takes, with the same images, commands, sizes and counts', () => {
    const { services, workload } = convert(shop);
    const [db, web] = [...services].sort((a, b) => (a.name < b.name ? -1 : 1));
    expect(web).toMatchObject({ name: 'web', image: 'nginx:1.27', count: 2 });
    expect(web?.args).toEqual(['nginx', '-g', 'daemon off;']);
    expect(web?.env).toEqual(['PORT=8080', 'NAME=a b', 'MODE=prod', 'LEVEL=3', 'SHELL_ONLY=here']);
    expect(web?.resources.cpu.units.val).toBe('250');
    expect(web?.resources.memory.size.val).toBe(String(128 * 2 ** 20));
    expect(db?.params?.storage).toEqual([
      { name: 'db-data', mount: '/var/lib/postgresql/data', readOnly: false },
      { name: 'memory-1', mount: '/run', readOnly: false },
    ]);
    expect(workload.xSouk?.restart).toEqual(new Map([['web', 'on-failure']]));
    expect(workload.xSouk?.health.get('web')).toEqual({
      kind: 'exec',
      command: ['/bin/sh', '-c', 'curl -f localhost'],
      intervalSeconds: 10,
      timeoutSeconds: 2,
      failures: 2,
    });
    expect(workload.xSouk).toMatchObject({ stopGraceSeconds: 60, snapshots: { everySeconds: 300 } });
    expect(workload.xSouk?.secrets).toEqual([
      { name: 'api-key', services: ['web'], file: '/run/secrets/api-key' },
    ]);
  });

  it('makes HTTP reachable by name, and lets services reach each other', () => {
    const { services } = convert(shop);
    const web = services.find(({ name }) => name === 'web');
    expect(web?.expose?.find(({ global }) => global)).toMatchObject({ port: 80, externalPort: 0 });
    expect(web?.expose?.find(({ port }) => port === 9000)).toMatchObject({ global: false, service: 'db' });
    const db = services.find(({ name }) => name === 'db');
    expect(db?.expose).toMatchObject([{ port: 5432, global: false, service: 'web' }]);
  });

  it('reaches databases by port, and only the first HTTP port by name', () => {
    const text = 'services: {a: {image: x, ports: ["5432:5432", "3000:3000", "3001:3001", "53:53/udp"]}}';
    const [service] = convert(text).services;
    expect(
      service?.expose?.map(({ port, externalPort, proto }) => [port, externalPort || port, proto]),
    ).toEqual([
      [53, 53, 'UDP'],
      [3000, 80, 'TCP'],
      [3001, 3001, 'TCP'],
      [5432, 5432, 'TCP'],
    ]);
  });

  it('tells what changes its meaning', () => {
    const { notes } = convert(shop);
    expect(notes.map(({ path }) => path)).toEqual([
      '/services/web',
      '/services/web/depends_on',
      '/services/db/environment/0',
      '/services/later',
    ]);
  });

  it('asks for GPUs', () => {
    const text =
      'services: {a: {image: x, deploy: {resources: {reservations: {devices: [{capabilities: [gpu], count: 2}]}}}}}';
    expect(convert(text).services[0]?.resources.gpu.units.val).toBe('2');
  });

  it.each([
    ['services: {}', '/'],
    ['services: {a: {build: .}}', '/services/a'],
    ['services: {a: {image: x, privileged: true}}', '/services/a/privileged'],
    ['services: {a: {image: x, network_mode: host}}', '/services/a/network_mode'],
    ['services: {a: {image: x, volumes: ["./src:/src"]}}', '/services/a/volumes/0'],
    ['services: {a: {image: x, volumes: [{type: bind, source: /a, target: /b}]}}', '/services/a/volumes/0'],
    [
      'services: {a: {image: x, volumes: ["d:/d"]}, b: {image: x, volumes: ["d:/d"]}}',
      '/services/b/volumes/0',
    ],
    ['services: {a: {image: x, ports: ["8000-8010:80"]}}', '/services/a/ports/0'],
    ['services: {a: {image: "x:${NOPE}"}}', '/services/a/image'],
    ['services: {a: {image: "x:${NOPE:?say which}"}}', '/services/a/image'],
    ['services: {a: {image: x, environment: {NOPE: }}}', '/services/a/environment/NOPE'],
    ['services: {a: {image: x, env_file: gone.env}}', '/services/a/env_file'],
    ['services: {a: {image: x, secrets: [s]}}', '/services/a'],
    ['services: {a_b: {image: x}, a-b: {image: x}}', '/services/a-b'],
    ['services: {a: {image: x, mem_limit: lots}}', '/services/a/mem_limit'],
    ['services: {a: {image: x, command: "sh -c \'x"}}', '/services/a/command'],
    ['include: [b.yaml]\nservices: {a: {image: x}}', '/include'],
  ])('is refused where it asks for what can’t be had: %s', (text, path) => {
    const result = importCompose(text, options);
    expect(result.ok ? [] : result.errors.map((issue) => issue.path)).toEqual([path]);
  });
});
