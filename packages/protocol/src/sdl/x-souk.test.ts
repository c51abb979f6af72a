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
      maxTotal: '12.5',
      clawbackSeconds: 300,
      startSeconds: 120,
    });
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
