import { describe, expect, it } from 'vitest';
import { readSdl } from './read.ts';
import { sampleSdl } from './sample.ts';

const read = (xSouk: string) => readSdl(sampleSdl({ top: `x-souk: ${xSouk}` }));

describe('x-souk', () => {
  it('says how to tell that a service works, and what the whole may cost', () => {
    const workload = read(
      '{health: {web: {http: {port: 80, path: /healthz}, intervalSeconds: 2}}, maxTotal: 12.50, clawbackSeconds: 300, startSeconds: 120}',
    ).workload;
    expect(workload?.xSouk).toEqual({
      health: new Map([
        [
          'web',
          { kind: 'http', port: 80, path: '/healthz', intervalSeconds: 2, timeoutSeconds: 3, failures: 3 },
        ],
      ]),
      restart: new Map(),
      secrets: [],
      logForward: [],
      maxTotal: '12.5',
      clawbackSeconds: 300,
      startSeconds: 120,
    });
  });

  it('says how the workload is kept running', () => {
    const { workload, errors } = read(`
  restart: {web: on-failure}
  secrets:
    DB_PASSWORD: {services: [web], env: DB_PASSWORD}
    tls-key: {file: /run/secrets/tls.key}
  logs: {forward: [{kind: loki, url: 'https://loki.example.com', headers: {authorization: Bearer x}}]}
  update: {strategy: canary, healthySeconds: 60, canaryReplicas: 2, bakeSeconds: 30}
  snapshots: {everySeconds: 60, holders: 2}
  stopGraceSeconds: 30
  topUp: {amount: 2, whenLeftSeconds: 600}
  health: {web: {exec: [pg_isready, -q], timeoutSeconds: 5, failures: 2}}`);
    expect(errors).toEqual([]);
    expect(workload?.xSouk).toEqual({
      health: new Map([
        [
          'web',
          { kind: 'exec', command: ['pg_isready', '-q'], intervalSeconds: 5, timeoutSeconds: 5, failures: 2 },
        ],
      ]),
      restart: new Map([['web', 'on-failure']]),
      secrets: [
        { name: 'DB_PASSWORD', services: ['web'], env: 'DB_PASSWORD' },
        { name: 'tls-key', services: ['web'], file: '/run/secrets/tls.key' },
      ],
      logForward: [{ kind: 'loki', url: 'https://loki.example.com', headers: { authorization: 'Bearer x' } }],
      update: { strategy: 'canary', healthySeconds: 60, canaryReplicas: 2, bakeSeconds: 30 },
      snapshots: { everySeconds: 60, keep: 3, holders: 2 },
      stopGraceSeconds: 30,
      topUp: { amount: '2', whenLeftSeconds: 600 },
    });
  });

  it('asks the market for regions, any GPU and an interruptible lease', () => {
    const { workload } = read('{interruptible: true, regions: [eu-west, eu-north], anyGpu: true}');
    expect(workload?.xSouk?.interruptible).toEqual({ noticeSeconds: 30 });
    expect(workload?.groups[0]?.requirements).toMatchObject({
      interruptible: true,
      reclamationSeconds: 30,
      regions: ['eu-west', 'eu-north'],
      anyGpu: true,
    });
    expect(read('{interruptible: false}').workload?.groups[0]?.requirements).not.toHaveProperty(
      'interruptible',
    );
  });

  it('has defaults', () => {
    expect(read('{health: {web: {tcp: {port: 5432}}}}').workload?.xSouk?.health.get('web')).toEqual({
      kind: 'tcp',
      port: 5432,
      intervalSeconds: 5,
      timeoutSeconds: 3,
      failures: 3,
    });
    expect(read('{health: {web: {http: {port: 80}}}}').workload?.xSouk?.health.get('web')).toMatchObject({
      path: '/',
    });
  });

  it('changes neither the manifest nor what is asked of the market', () => {
    const without = readSdl(sampleSdl()).workload;
    const withIt = read('{health: {web: {tcp: {port: 80}}}, maxTotal: "5"}').workload;
    expect(withIt?.manifestHash).toBe(without?.manifestHash);
    expect(withIt?.groups).toEqual(without?.groups);
    expect(without?.xSouk).toBeUndefined();
  });

  it.each([
    ['null', ''],
    ['{probes: {}}', '/probes'],
    ['{health: {api: {tcp: {port: 80}}}}', '/health/api'],
    ['{health: {web: {}}}', '/health/web'],
    ['{health: {web: {tcp: {port: 80}, http: {port: 80}}}}', '/health/web'],
    ['{health: {web: {tcp: {port: 0}}}}', '/health/web/tcp/port'],
    ['{health: {web: {tcp: {port: 80, path: /}}}}', '/health/web/tcp/path'],
    ['{health: {web: {http: {port: 80, path: x}}}}', '/health/web/http/path'],
    ['{health: {web: {tcp: {port: 80}, intervalSeconds: 0}}}', '/health/web/intervalSeconds'],
    ['{health: {web: {exec: []}}}', '/health/web/exec'],
    ['{health: {web: {tcp: {port: 80}, failures: 0}}}', '/health/web/failures'],
    ['{restart: {web: sometimes}}', '/restart/web'],
    ['{restart: {api: never}}', '/restart/api'],
    ['{secrets: {PASSWORD: hunter2}}', '/secrets/PASSWORD'],
    ['{secrets: {PASSWORD: {services: [web]}}}', '/secrets/PASSWORD'],
    ['{secrets: {PASSWORD: {services: [api], env: A}}}', '/secrets/PASSWORD/services/0'],
    ['{secrets: {PASSWORD: {env: 1A}}}', '/secrets/PASSWORD/env'],
    ['{secrets: {PASSWORD: {file: /run/../etc/passwd}}}', '/secrets/PASSWORD/file'],
    ['{secrets: {"a b": {env: A}}}', '/secrets/a b'],
    ['{logs: {}}', '/logs'],
    ['{logs: {forward: [{kind: loki, url: "file:///etc/passwd"}]}}', '/logs/forward/0/url'],
    ['{logs: {forward: [{kind: syslog, url: "https://a.b"}]}}', '/logs/forward/0/kind'],
    ['{update: {strategy: blue}}', '/update/strategy'],
    ['{update: {healthySeconds: 0}}', '/update/healthySeconds'],
    ['{snapshots: {everySeconds: 1}}', '/snapshots/everySeconds'],
    ['{snapshots: {holders: 8}}', '/snapshots/holders'],
    ['{stopGraceSeconds: 601}', '/stopGraceSeconds'],
    ['{topUp: {}}', '/topUp'],
    ['{topUp: {amount: 0}}', '/topUp/amount'],
    ['{interruptible: {noticeSeconds: 1}}', '/interruptible/noticeSeconds'],
    ['{regions: []}', '/regions'],
    ['{anyGpu: "yes"}', '/anyGpu'],
    ['{maxTotal: 0}', '/maxTotal'],
    ['{maxTotal: free}', '/maxTotal'],
    ['{maxTotal: [1]}', '/maxTotal'],
    ['{clawbackSeconds: 0}', '/clawbackSeconds'],
    ['{clawbackSeconds: 604801}', '/clawbackSeconds'],
    ['{startSeconds: 1.5}', '/startSeconds'],
  ])('is refused as %s', (xSouk, path) => {
    expect(read(xSouk).errors.map((issue) => issue.path)).toEqual([`/x-souk${path}`]);
  });
});
