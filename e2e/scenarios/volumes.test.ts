/**
 * A volume outlives its provider: a service appends numbered lines, its provider is killed for good, and what comes back
 * elsewhere lacks no more than the stated recovery point: one interval between snapshots and the time that one takes.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildNodeImage } from '@souk/provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { get } from '../http.ts';
import { eventually, startTestNetwork, type TestNetwork } from '../souk.ts';

const reference = 'souk/diary:1';
const everySeconds = 10;
/** Of a few KiB, on a machine that is busy with other tests. */
const snapshotSeconds = 10;

/** Appends a line every 20 ms, from where the file ends; answers with the first line that it has written itself. */
const diary = `
const fs = require('node:fs');
const file = '/data/diary';
const old = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trimEnd().split('\\n') : [];
const [number, at] = (old.at(-1) ?? '0 0').split(' ').map(Number);
let next = number + 1;
setInterval(() => fs.appendFileSync(file, next++ + ' ' + Date.now() + '\\n'), 20);
require('node:http').createServer((request, response) => {
  if (request.url === '/spoil') fs.writeFileSync(file, '1 1\\n');
  response.end(JSON.stringify({ number, at, next }));
}).listen(8080);
`;

const workload = `
version: "2.0"
services:
  diary:
    image: ${reference}
    params:
      storage:
        data: { mount: /data }
    expose:
      - port: 8080
        as: 80
        to: [{ global: true }]
profiles:
  compute:
    diary:
      resources:
        cpu: { units: 0.2 }
        memory: { size: 128Mi }
        storage:
          - size: 128Mi
          - { name: data, size: 64Mi, attributes: { persistent: true, class: beta2 } }
  placement:
    here:
      pricing:
        diary: { denom: uact, amount: 10000 }
deployment:
  diary:
    here: { profile: diary, count: 1 }
x-souk:
  snapshots: { everySeconds: ${everySeconds}, keep: 5, holders: 1 }
`;

interface Diary {
  readonly number: number;
  readonly at: number;
  readonly next: number;
}
interface Volumes {
  readonly volumes: readonly {
    readonly everySeconds: number;
    readonly snapshot: {
      readonly root: string;
      readonly at: number;
      readonly bytes: number;
      readonly holders: string[];
    } | null;
    readonly held: readonly { readonly root: string; readonly bytes: number }[];
  }[];
}

describe('a persistent volume', () => {
  let net: TestNetwork;
  let address: string;
  let operator: string;
  beforeAll(async () => {
    net = await startTestNetwork({ driver: 'sandbox', noRestart: true });
    const file = join(net.home, 'diary.yaml');
    writeFileSync(file, workload);
    const tar = join(net.home, 'diary.tar');
    await buildNodeImage(
      {
        reference,
        output: tar,
        files: { '/diary.cjs': diary },
        entrypoint: ['node', '/diary.cjs'],
        nodePath: process.execPath,
      },
      AbortSignal.timeout(60_000),
    );
    const args = ['--yes', '--json', '--bids-wait', '5000', '--image', `${reference}=${tar}`];
    const deployed = await net.souk('deploy', file, '--name', 'diary', ...args);
    const shown = deployed.json<{ address: string; groups: { operator: string }[] }>();
    address = shown.address;
    operator = shown.groups[0]?.operator ?? '';
  });
  afterAll(async () => {
    await net[Symbol.asyncDispose]();
  });
  const ask = async () => JSON.parse((await get(address)).body) as Diary;
  const volume = async (...args: string[]) => {
    const listed = await net.souk('volume', 'ls', 'diary', '--json', ...args);
    const [found] = listed.json<Volumes>().volumes;
    if (!found) throw new Error('no volume');
    return found;
  };

  it('is saved on schedule, and put back in place when it was spoilt', async () => {
    const before = await eventually('a snapshot with data', async () => {
      const { snapshot } = await volume();
      return snapshot && snapshot.bytes > 0 ? snapshot : undefined;
    });
    expect(before.holders.length).toBeGreaterThanOrEqual(1);
    const { snapshots } = (await net.souk('volume', 'snapshot', 'diary', '--json')).json<{
      snapshots: { root: string; bytes: number }[];
    }>();
    const [good] = snapshots;
    expect(good?.bytes).toBeGreaterThanOrEqual(before.bytes);
    await get(`${address}/spoil`);
    const restored = await net.souk(
      'volume',
      'restore',
      'diary',
      '--root',
      good?.root ?? '',
      '--yes',
      '--json',
    );
    expect(restored.code).toBe(0);
    const { number } = await eventually('the diary', async () => ask().catch(() => undefined));
    expect(number).toBeGreaterThan(10);
  });

  it('comes back elsewhere after its provider was killed, and lacks no more than the recovery point', async () => {
    const began = await ask();
    const beganAt = Date.now();
    const saved = await eventually('a later snapshot', async () => {
      const { snapshot } = await volume();
      return snapshot && snapshot.at * 1000 > beganAt ? snapshot : undefined;
    });
    const last = await ask();
    const killedAt = Date.now();
    process.kill(net.providers.find((each) => each.operator === operator)?.pid ?? 0, 'SIGKILL');
    const resumed = await eventually(
      'the diary to go on elsewhere',
      async () => {
        const now = await ask().catch(() => undefined);
        return now && now.number !== began.number ? now : undefined;
      },
      90_000,
    );
    expect(resumed.number).toBeGreaterThan(began.number);
    expect(resumed.number).toBeLessThanOrEqual(last.next + 1000);
    // Nothing of what was said to be saved; times of snapshots are whole seconds.
    expect(resumed.at).toBeGreaterThan((saved.at - 1) * 1000);
    const lostMs = killedAt - resumed.at;
    expect(lostMs).toBeLessThanOrEqual((everySeconds + snapshotSeconds) * 1000);
  });

  it('can be read into a folder, whole and in order; never into one that holds something', async () => {
    const folder = join(net.home, 'out');
    expect((await net.souk('volume', 'restore', 'diary', '--to', folder)).code).toBe(0);
    const lines = readFileSync(join(folder, 'diary'), 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => Number(line.split(' ')[0]))).toEqual(lines.map((_line, at) => at + 1));
    const again = await net.souk('volume', 'restore', 'diary', '--to', folder);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('name an empty folder');
    mkdirSync(join(net.home, 'empty'));
    const unknown = ['--root', '0xffffffff', '--to', join(net.home, 'empty')];
    const none = await net.souk('volume', 'restore', 'diary', ...unknown);
    expect(none.code).toBe(7);
    expect(none.stderr).toContain('souk volume ls');
  });
});
