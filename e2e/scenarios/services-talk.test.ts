/** Several services of one file reach each other by name, and only as the file allows. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { get } from '../http.ts';
import { startTestNetwork, type TestNetwork } from '../souk.ts';

const guestbook = join(import.meta.dirname, '../../examples/guestbook/deploy.yaml');

describe('a deployment of two services', () => {
  let net: TestNetwork;
  beforeAll(async () => {
    net = await startTestNetwork({ driver: 'sandbox' });
    await net.souk('image', 'build-example', 'guestbook');
  });
  afterAll(async () => {
    await net[Symbol.asyncDispose]();
  });

  it('answers through the one from what the other holds', async () => {
    const deployed = await net.souk('deploy', guestbook, '--name', 'book', '--yes', '--json');
    expect(deployed.code).toBe(0);
    const [group] = deployed.json<{ groups: { urls: string[] }[] }>().groups;
    expect(group?.urls).toHaveLength(1);
    const answer = await get(group?.urls[0] ?? '');
    expect(answer.status).toBe(200);
    const api = await net.souk(
      'exec',
      'book',
      '--service',
      'web',
      '--',
      'node',
      '-e',
      "fetch('http://api:8080/').then((r) => console.log('api', r.status))",
    );
    expect(api.stdout).toMatch(/^api \d+/);
    const reverse = await net.souk(
      'exec',
      'book',
      '--service',
      'api',
      '--',
      'node',
      '-e',
      "fetch('http://web:3000/').then(() => console.log('reached'), () => console.log('not reached'))",
    );
    expect(reverse.stdout.trim()).toBe('not reached');
    expect((await net.souk('close', 'book')).code).toBe(0);
  });
});
