import { Fault } from '@souk/protocol';
import { afterEach, expect, test } from 'vitest';
import type { WorkloadSpec } from '../driver.ts';
import { createMockDriver } from './mock.ts';

const lease = `0x${'11'.repeat(32)}` as const;
const signal = new AbortController().signal;
const driver = createMockDriver({ registry: ['hello:1'] });
afterEach(() => driver.control.forgetAll());

async function hello(count = 1, env: Record<string, string> = {}): Promise<WorkloadSpec> {
  const image = await driver.ensureImage({ kind: 'registry', reference: 'hello:1' }, { signal });
  const size = (val: string) => ({ size: { val } });
  const service = {
    name: 'web',
    image: 'hello:1',
    command: null,
    args: null,
    env: null,
    resources: {
      id: 1,
      cpu: { units: { val: '100' } },
      memory: size('1000'),
      storage: [],
      gpu: { units: { val: '0' } },
      endpoints: null,
    },
    count,
    expose: null,
  };
  return { lease, env, services: [{ service, image }] };
}

test('a failure asked for happens as often as asked, then no more', async () => {
  const spec = await hello();
  const fault = new Fault('driver.unavailable', 'down', { blame: 'self', retry: true });
  driver.control.fail('apply', fault, 2);
  await expect(driver.apply(spec, signal)).rejects.toBe(fault);
  await expect(driver.apply(spec, signal)).rejects.toBe(fault);
  await driver.apply(spec, signal);
  expect(await driver.list()).toHaveLength(1);
});

test('apply restarts what crashed and leaves the rest', async () => {
  const spec = await hello(2);
  await driver.apply(spec, signal);
  driver.control.crash(lease, 'web', 1, 'exit code 3');
  await driver.apply(spec, signal);
  const [status] = await driver.list();
  expect(status?.replicas).toMatchObject([
    { replica: 0, state: 'running', restarts: 0, lastExit: null },
    { replica: 1, state: 'running', restarts: 1, lastExit: 'exit code 3' },
  ]);
});

test('an image that was never put in place is not found', async () => {
  const spec = await hello();
  const missing = { reference: 'other:1', digest: 'sha256:00' };
  const wrong = { ...spec, services: spec.services.map((each) => ({ ...each, image: missing })) };
  await expect(driver.apply(wrong, signal)).rejects.toMatchObject({ code: 'driver.image-not-found' });
});

test('a replica that waits on an aborted follow ends without an error', async () => {
  await driver.apply(await hello(), signal);
  const abort = new AbortController();
  const texts: string[] = [];
  const followed = (async () => {
    for await (const line of driver.logs(lease, {
      service: null,
      follow: true,
      tail: 10,
      signal: abort.signal,
    })) {
      texts.push(line.text);
      if (line.text === 'last') abort.abort();
    }
  })();
  await new Promise((resolve) => setImmediate(resolve));
  driver.control.print(lease, 'web', 0, 'last');
  await followed;
  expect(texts).toEqual(['started', 'last']);
});
