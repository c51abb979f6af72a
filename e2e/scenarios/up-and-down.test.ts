/** `souk up` deploys its example by itself, refuses to run twice, and `souk down --wipe` leaves nothing behind. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { get } from '../http.ts';
import { runSouk, startTestNetwork, type TestNetwork } from '../souk.ts';

describe('a network on one machine', () => {
  let net: TestNetwork;
  beforeAll(async () => {
    net = await startTestNetwork({ driver: 'sandbox', deploy: true });
  });
  afterAll(async () => {
    await net[Symbol.asyncDispose]();
  });

  it('runs the example once it says that it is up', async () => {
    const listed = (await net.souk('ps', '--json')).json<
      { name: string; status: string; groups: { urls: string[] }[] }[]
    >();
    expect(listed).toEqual([expect.objectContaining({ name: 'hello', status: 'running' })]);
    expect((await get(listed[0]?.groups[0]?.urls[0] ?? '')).status).toBe(200);
    const offers = (await net.souk('offers', '--json')).json<{ operator: string }[]>();
    expect(offers.map((offer) => offer.operator).sort()).toEqual(
      net.providers.map((each) => each.operator).sort(),
    );
  });

  it('is started once only', async () => {
    const second = await runSouk(['up', '--home', net.home, '--json']);
    expect(second.code).toBe(1);
    expect(second.stderr).toContain('local.already-up');
  });

  it('ends with down, and --wipe removes its processes and its state', async () => {
    const down = await net.souk('down', '--wipe', '--yes', '--json');
    expect(down.json<unknown>()).toMatchObject({ wasRunning: true, wiped: true });
    expect(existsSync(join(net.home, 'networks'))).toBe(false);
    expect(existsSync(join(net.home, 'keys'))).toBe(false);
    expect(processesNaming(net.home)).toEqual([]);
    await expect(fetch(net.rpcUrl)).rejects.toThrow('fetch failed');
    const after = await net.souk('ps', '--json');
    expect(after.code).toBe(7);
  });
});

/** Command lines of living processes that mention `text`, ours excepted. */
function processesNaming(text: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map((pid) => commandLine(pid))
    .filter((line) => line.includes(text));
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
