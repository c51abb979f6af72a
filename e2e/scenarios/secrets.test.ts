/** Secrets reach the workload, and are nowhere else: not on a disk, a chain, a topic, in a log or a process list. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildNodeImage } from '@souk/provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsOf, readChain } from '../chain-view.ts';
import { get } from '../http.ts';
import { eventually, type Outcome, runSouk, startTestNetwork, type TestNetwork } from '../souk.ts';
import { type GossipWitness, listenToGossip, seek } from '../witness.ts';

const file = join(import.meta.dirname, '../fixtures/keeper.yaml');
const nowhere = { disk: [], chain: [], gossip: [], processes: [] };
/** With what a shell, JSON or YAML would change. */
const word = `k'"$\\ ${randomBytes(24).toString('base64url')}`;
const bytes = randomBytes(300);
const needles = [Buffer.from(word), Buffer.from(word.slice(-32)), bytes.subarray(20, 60)];
const hashes = { env: sha256(word), file: sha256(bytes) };

let net: TestNetwork;
let gossip: GossipWitness;
/** Of the test's own, outside of the network's. */
let folder: string;
const said: Outcome[] = [];
const stack = new AsyncDisposableStack();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'souk-secrets-'));
  stack.defer(() => rmSync(folder, { recursive: true }));
  net = stack.use(await startTestNetwork({ driver: 'sandbox' }));
  gossip = stack.use(await listenToGossip(net));
  const image = await buildNodeImage(
    {
      reference: 'souk/keeper:1',
      output: join(folder, 'keeper.tar'),
      files: { '/app/keeper.mjs': { from: join(import.meta.dirname, '../fixtures/keeper.mjs') } },
      entrypoint: ['node', '/app/keeper.mjs'],
      nodePath: process.execPath,
    },
    new AbortController().signal,
  );
  expect((await net.souk('image', 'add', image.reference, image.path)).code).toBe(0);
});
afterAll(() => stack.disposeAsync());

describe('secrets', () => {
  it('that have no value stop a deployment before it is ordered, with what to do', async () => {
    const refused = await net.souk('deploy', file, '--yes', '--json');
    expect(refused.code).toBe(2);
    expect(JSON.parse(refused.stderr)).toMatchObject({
      error: {
        code: 'cli.secret-missing',
        data: { missing: ['API_KEY', 'tls-key'] },
        remedy: expect.stringContaining('souk secret set API_KEY'),
      },
    });
    expect(gossip.heard.filter((text) => text.includes('"order"'))).toEqual([]);
  });

  it('reach the workload, and again whenever it starts anew', async () => {
    const set = await runSouk(['--home', net.home, 'secret', 'set', 'API_KEY'], { input: `${word}\n` });
    expect({ code: set.code, stderr: set.stderr }).toMatchObject({ code: 0 });
    const tls = join(folder, 'tls.key');
    writeFileSync(tls, bytes);
    said.push(set, await net.souk('secret', 'ls'));
    expect(said.at(-1)?.stdout).toMatch(/^API_KEY /m);

    const deployed = await net.souk('deploy', file, '--secret-file', `tls-key=${tls}`, '--yes', '--json');
    said.push(deployed);
    expect({ code: deployed.code, stderr: deployed.stderr }).toMatchObject({ code: 0 });
    const [url = ''] = deployed.json<{ urls: string[] }>().urls;
    const { startedAt, ...given } = await answerOf(url);
    expect(given).toEqual(hashes);

    // The provider's daemon starts anew, and gives them to what runs already: it goes on running.
    await net.stop();
    await net.restart();
    expect(await eventually('the workload to answer', () => answerOf(url), 60_000)).toEqual({
      ...hashes,
      startedAt,
    });
    // The workload ends by itself: its supervisor, which nobody has asked, starts it with the same.
    said.push(await net.souk('exec', 'keeper', '--', 'sh', '-c', 'test -n "$API_KEY" && kill 2'));
    const again = await eventually('a new process', async () => {
      const answer = await answerOf(url);
      return answer.startedAt > startedAt ? answer : undefined;
    });
    expect(again).toMatchObject(hashes);
  });

  it('are nowhere else', async () => {
    said.push(await net.souk('logs', 'keeper'), await net.souk('status', 'keeper', '--json'));
    expect(said.at(-2)?.stdout).toContain('keeper is up');
    expect(await seek(needles, { net, gossip })).toEqual(nowhere);
    for (const { stdout, stderr } of said)
      for (const secret of [word, bytes.toString('hex'), bytes.toString('base64')])
        expect(stdout + stderr).not.toContain(secret);
  });

  it('would have been found: what is known to be somewhere is', async () => {
    const lease = eventsOf(await readChain(net), 'lease-opened')[0]?.lease ?? '0x';
    const [order = ''] = gossip.heard.filter((text) => text.includes('"order"'));
    const manifest = /"manifest":"0x([0-9a-f]{64})"/.exec(order)?.[1] ?? '';
    const planted = randomBytes(40);
    const write = `Buffer.from('${planted.toString('base64')}', 'base64').toString('hex')`;
    const line = ['node', '-e', `fs.writeFileSync('/tmp/planted', ${write})`];
    expect((await net.souk('exec', 'keeper', '--', ...line)).code).toBe(0);
    const known = [
      Buffer.from(lease.slice(2), 'hex'),
      Buffer.from(manifest, 'hex'),
      planted,
      Buffer.from(net.home),
    ];
    const seen = await seek(known, { net, gossip });
    expect(seen.chain).toContain('logs');
    expect(seen.gossip).toContain(order);
    expect(seen.processes).not.toEqual([]);
    for (const part of [
      /\/tmp\/planted$/,
      /\/deployments\/keeper\.json$/,
      /\/logs\/(amber|basil|cedar)\.log$/,
    ])
      expect(seen.disk.filter((path) => part.test(path))).not.toEqual([]);
  });

  it('are gone with their lease, and stay gone', async () => {
    expect((await net.souk('close', 'keeper')).code).toBe(0);
    expect((await net.souk('secret', 'rm', 'API_KEY')).code).toBe(0);
    expect(await seek(needles, { net, gossip })).toEqual(nowhere);
  });
});

function sha256(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}

async function answerOf(url: string): Promise<{ env: string; file: string; startedAt: number }> {
  const { status, body } = await get(url);
  if (status !== 200) throw new Error(`answers ${status}`);
  return JSON.parse(body) as { env: string; file: string; startedAt: number };
}
