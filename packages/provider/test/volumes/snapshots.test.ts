import { randomBytes } from 'node:crypto';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Peer } from '@souk/net';
import {
  createKey,
  encodeJson,
  type Hex,
  type LeaseId,
  leaseSnapshotProtocol,
  type LocalKey,
  plainRuntime,
  publicKeyOfSigner,
  type Restore,
  type Runtime,
  seal,
  silentLog,
  type Snapshot,
  snapshotHasProtocol,
  snapshotHeadsProtocol,
} from '@souk/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { type HolderStore, openHolderStore } from '../../src/volumes/holder/store.ts';
import { serveHolder } from '../../src/volumes/holder/serve.ts';
import { readSnapshots } from '../../src/volumes/read.ts';
import { createWorld, sdl, type World } from '../world.ts';

const text = sdl
  .replace(
    'storage: { size: 512Mi }',
    'storage: [{ size: 256Mi }, { name: data, size: 64Mi, attributes: { persistent: true, class: beta2 } }]',
  )
  .replace('    expose:', '    params: { storage: { data: { mount: /data } } }\n    expose:');
const deployment: Hex = `0x${'dd'.repeat(32)}`;
const key: Hex = `0x${'11'.repeat(32)}`;
const everySeconds = 20;

interface TestHolder extends AsyncDisposable {
  readonly key: LocalKey;
  readonly folder: string;
  peer: Peer;
  store: HolderStore;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Files of all its blobs, the largest first. */
  blobs(): string[];
}

let world: World;
let holder: TestHolder;
const toDispose: AsyncDisposable[] = [];

async function createHolder(limits: { readonly bytes?: number } = {}): Promise<TestHolder> {
  const folder = mkdtempSync(join(tmpdir(), 'souk-holder-'));
  const own = createKey();
  let stop = new AbortController();
  const made = {
    key: own,
    folder,
    async start() {
      stop = new AbortController();
      made.peer = await world.network.peer(own, { clock: world.clock });
      const bytes = BigInt(limits.bytes ?? 1 << 30);
      made.store = openHolderStore(
        folder,
        { totalBytes: bytes, bytesPerDeployment: bytes, reserveBytes: 0n, keepDays: 7 },
        world.clock,
      );
      const { peer, store } = made;
      const { clock } = world;
      const { reads: chain } = world.chain;
      await serveHolder({
        peer,
        chain,
        store,
        accepts: () => true,
        clock,
        log: silentLog,
        signal: stop.signal,
      });
    },
    async stop() {
      stop.abort();
      await made.peer[Symbol.asyncDispose]();
    },
    blobs() {
      const files = readdirSync(folder, { recursive: true, withFileTypes: true });
      return files
        .filter((entry) => /^[0-9a-f]{62}$/.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name))
        .sort((a, b) => statSync(b).size - statSync(a).size);
    },
    async [Symbol.asyncDispose]() {
      await made.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  } as unknown as TestHolder;
  await made.start();
  toDispose.push(made);
  return made;
}

beforeEach(async () => {
  world = await createWorld({ config: { restorePatienceMs: 5000, readyPatienceMs: 2_000_000_000 } });
  holder = await createHolder();
});
afterEach(async () => {
  for (const one of toDispose.splice(0)) await one[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

interface RunOptions {
  readonly holders?: readonly TestHolder[];
  readonly restore?: readonly Restore[];
  readonly snapshotKey?: Hex;
  readonly keep?: number;
}

async function accept(options: RunOptions = {}): Promise<LeaseId> {
  const draft = await world.draft({}, text);
  const bid = await world.bidOn(draft);
  const request = await world.acceptance(draft, bid);
  const secrets = { services: {}, snapshotKey: options.snapshotKey ?? key };
  const publicKey = publicKeyOfSigner(world.chain.reads.domain, 'Bid', bid);
  const runtime: Runtime = {
    ...plainRuntime,
    deployment,
    secrets: await seal(new TextEncoder().encode(encodeJson(secrets)), publicKey),
    snapshots: {
      everySeconds,
      keep: options.keep ?? 3,
      holders: (options.holders ?? [holder]).map(({ peer }) => [...peer.addresses()]),
    },
    restore: [...(options.restore ?? [])],
  };
  const answer = await world.accept({ ...request, runtime });
  if (!answer.ok) throw new Error(`refused: ${answer.reason} ${answer.detail}`);
  return draft.lease;
}

async function run(options: RunOptions = {}): Promise<LeaseId> {
  const lease = await accept(options);
  await world.until('running', async () => (await world.status(lease)).phase === 'running');
  return lease;
}

const volumeOf = async (lease: LeaseId) => {
  const [place] = await world.driver.volumes(lease);
  if (!place) throw new Error('no volume');
  return place.path;
};
/** Asks once a second, as a watch would. */
const latest = (lease: LeaseId, isIt: (snapshot: Snapshot) => boolean) =>
  world.until('a snapshot', async () => {
    const found = await snapshotOf(lease);
    if (found && isIt(found)) return found;
    await world.clock.advance(1000);
    return undefined;
  });
const snapshotOf = async (lease: LeaseId) => (await world.status(lease)).snapshots[0];

type Answer = Extract<z.output<(typeof leaseSnapshotProtocol)['answer']>, { ok: true }>;

async function ask(request: z.output<(typeof leaseSnapshotProtocol)['request']>): Promise<Answer> {
  let answer: Answer | undefined;
  let error: unknown;
  world.peer
    .ask(world.providerPeer.addresses(), leaseSnapshotProtocol, request)
    .then((got) => {
      if (got.ok) answer = got;
      else error = new Error(`${got.reason}: ${got.detail}`);
    })
    .catch((caught: unknown) => {
      error = caught;
    });
  return world.until('an answer', () => {
    if (error) throw error;
    return answer;
  });
}
async function take(lease: LeaseId): Promise<Answer> {
  for (let turn: number | null = null; ;) {
    const answer = await ask({ kind: 'take', lease, turn });
    if (answer.isDone) return answer;
    turn = answer.turn;
  }
}
const restoreOf = (root: Hex, holders = [holder]): Restore => ({
  service: 'web',
  replica: 0,
  volume: 'data',
  root,
  holders: holders.map(({ peer }) => [...peer.addresses()]),
});
/** As the journal has them; it is written every two seconds. */
async function eventsOf(lease: LeaseId): Promise<string> {
  await world.clock.advance(3000);
  return world.store
    .all('SELECT kind, detail FROM events WHERE lease = ?', lease)
    .map((row) => `${String(row['kind'])}: ${String(row['detail'])}`)
    .join('\n');
}

describe('volumes are saved', () => {
  it('by themselves, every so often, and each time only what has changed', async () => {
    const lease = await run();
    const folder = await volumeOf(lease);
    const first = await latest(lease, () => true);
    expect(first).toMatchObject({ service: 'web', volume: 'data', bytes: 0, holders: [holder.peer.peerId] });
    const data = randomBytes(3_000_000);
    writeFileSync(join(folder, 'log'), data);
    const second = await latest(lease, ({ bytes }) => bytes > 0);
    expect(second.sentBytes).toBeGreaterThan(3_000_000);
    expect(second.at - first.at).toBeGreaterThanOrEqual(everySeconds);
    writeFileSync(join(folder, 'log'), Buffer.concat([data, Buffer.from('one more line')]));
    const third = await latest(lease, ({ bytes }) => bytes > second.bytes);
    expect(third.sentBytes).toBeLessThan(1_100_000);
    const fourth = await latest(lease, ({ at }) => at > third.at);
    expect(fourth).toMatchObject({ root: third.root, sentBytes: 0 });
  });

  it('in a way that nobody reads without the key', async () => {
    const lease = await run();
    writeFileSync(join(await volumeOf(lease), 'secret-name'), `the tenant's words `.repeat(10_000));
    await take(lease);
    for (const file of readdirSync(holder.folder, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue;
      const bytes = readFileSync(join(file.parentPath, file.name)).toString('latin1');
      expect(bytes).not.toContain('words');
      expect(bytes).not.toContain('secret-name');
    }
  });

  it('with every holder that answers; one that is back gets what it lacks', async () => {
    const second = await createHolder();
    await second.stop();
    const lease = await run({ holders: [holder, second] });
    writeFileSync(join(await volumeOf(lease), 'x'), randomBytes(500_000));
    const taken = await take(lease);
    expect(taken.snapshots[0]?.holders).toEqual([holder.peer.peerId]);
    expect(taken.troubles.join()).toContain(second.peer.peerId);
    await second.start();
    // It listens elsewhere now: a holder keeps its address.
    const moved = await run({ holders: [holder, second] });
    writeFileSync(join(await volumeOf(moved), 'x'), randomBytes(500_000));
    const both = await take(moved);
    expect(both.troubles).toEqual([]);
    expect(both.snapshots[0]?.holders).toHaveLength(2);
  });

  it('with nobody where no holder answers, which is told and tried again', async () => {
    await holder.stop();
    const lease = await run();
    const taken = await take(lease);
    expect(taken.snapshots).toEqual([]);
    expect(taken.troubles.join()).toMatch(/no holder takes the snapshot.*souk watch/);
    expect(await world.status(lease)).toMatchObject({ phase: 'running', snapshots: [] });
    await holder.start();
  });

  it('only as far as a holder has room; what was saved before stays', async () => {
    const small = await createHolder({ bytes: 1_000_000 });
    const lease = await run({ holders: [small] });
    const folder = await volumeOf(lease);
    writeFileSync(join(folder, 'small'), randomBytes(100_000));
    const fits = await take(lease);
    expect(fits.troubles).toEqual([]);
    writeFileSync(join(folder, 'large'), randomBytes(3_000_000));
    const full = await take(lease);
    expect(full.troubles.join()).toContain('share is full');
    expect(full.snapshots).toEqual(fits.snapshots);
    const found = await small.store.heads({ tenant: world.tenant.address, deployment });
    expect(found[0]?.message.root).toBe(fits.snapshots[0]?.root);
  });

  it('not where they are larger than this provider saves, and the reason says what to do', async () => {
    await world.stop();
    await world.start({ config: { snapshotMaxGib: 0.01 } });
    const lease = await run();
    const { snapshots, troubles } = await take(lease);
    expect(snapshots).toEqual([]);
    expect(troubles.join()).toMatch(/larger than the 0.01 GiB.*smaller volume/);
    expect((await world.status(lease)).phase).toBe('running');
  });

  it('from where a provider that was stopped in the middle left off', async () => {
    const lease = await run();
    const data = randomBytes(12_000_000);
    writeFileSync(join(await volumeOf(lease), 'x'), data);
    void ask({ kind: 'take', lease, turn: null }).catch(() => undefined);
    await world.until('half of it', () => holder.blobs().length > 10);
    await world.stop();
    const before = holder.blobs().reduce((sum, file) => sum + statSync(file).size, 0);
    expect(before).toBeLessThan(12_000_000);
    await world.start();
    await world.until('running', async () => (await world.status(lease)).phase === 'running');
    const { snapshots, troubles } = await take(lease);
    expect(troubles).toEqual([]);
    expect(snapshots[0]?.sentBytes).toBeLessThan(12_010_000 - before + 1_000_000);
    expect(snapshots[0]?.bytes).toBe(12_000_000);
  });
});

describe('volumes are restored', () => {
  const data = randomBytes(2_000_000);
  const saved = async (holders = [holder]) => {
    const lease = await run({ holders });
    writeFileSync(join(await volumeOf(lease), 'data'), data);
    writeFileSync(join(await volumeOf(lease), 'note'), 'as saved');
    const { snapshots } = await take(lease);
    const root = snapshots[0]?.root;
    if (!root) throw new Error('not saved');
    return { lease, root };
  };
  const failed = (lease: LeaseId) =>
    world.until('failed', async () => {
      const status = await world.status(lease);
      return status.phase === 'failed' && status;
    });

  it('before another lease of the deployment starts', async () => {
    const { root } = await saved();
    const lease = await run({ restore: [restoreOf(root)] });
    expect(readFileSync(join(await volumeOf(lease), 'data')).equals(data)).toBe(true);
    const calls = world.driver.control.calls
      .filter((call) => call.lease === lease)
      .map(({ method }) => method);
    expect(calls.indexOf('prepareVolumes')).toBeLessThan(calls.indexOf('apply'));
    expect(await eventsOf(lease)).toContain('restored: web/0 data');
  });

  it('from the next holder where one has parts damaged, cut short or lost', async () => {
    const second = await createHolder();
    const { root } = await saved([holder, second]);
    const [largest = '', next = '', other = ''] = holder.blobs();
    const bytes = readFileSync(largest);
    bytes[1000] = (bytes[1000] ?? 0) ^ 1;
    writeFileSync(largest, bytes);
    truncateSync(next, 5000);
    rmSync(other);
    const lease = await run({ restore: [restoreOf(root, [holder, second])] });
    expect(readFileSync(join(await volumeOf(lease), 'data')).equals(data)).toBe(true);
  });

  it('not from a snapshot that is damaged everywhere: the lease ends at no cost, and nothing was started', async () => {
    const { root } = await saved();
    truncateSync(holder.blobs()[0] ?? '', 5000);
    const lease = await accept({ restore: [restoreOf(root)] });
    const status = await failed(lease);
    expect(status.detail).toMatch(/can’t be restored|can't be restored/);
    expect(status.detail).toContain('no holder has a part of the snapshot');
    expect(world.driver.control.calls.some((call) => call.lease === lease && call.method === 'apply')).toBe(
      false,
    );
  });

  it('not with another key', async () => {
    const { root } = await saved();
    const lease = await accept({ restore: [restoreOf(root)], snapshotKey: `0x${'22'.repeat(32)}` });
    expect((await failed(lease)).detail).toContain('not sealed with this key');
  });

  it('once their holder is back, also when the provider has crashed meanwhile', async () => {
    const { root } = await saved();
    const addresses = [...holder.peer.addresses()];
    await holder.stop();
    const lease = await accept({ restore: [restoreOf(root)] });
    await world.until('waiting', async () => (await world.status(lease)).detail.includes('will try again'));
    await world.stop();
    await holder.start();
    // In memory a peer that starts anew has another place; its folder is what matters.
    const stored = world.store.get('SELECT request FROM leases WHERE lease = ?', lease)?.['request'];
    const moved = String(stored).replaceAll(addresses[0] ?? '', holder.peer.addresses()[0] ?? '');
    world.store.run('UPDATE leases SET request = ? WHERE lease = ?', moved, lease);
    await world.start();
    await world.until('running', async () => (await world.status(lease)).phase === 'running');
    expect(readFileSync(join(await volumeOf(lease), 'data')).equals(data)).toBe(true);
  });

  it('in place when the tenant asks, with the workload stopped meanwhile', async () => {
    const { lease, root } = await saved();
    writeFileSync(join(await volumeOf(lease), 'note'), 'spoilt');
    expect(await ask({ kind: 'restore', lease, restore: [restoreOf(root)] })).toMatchObject({
      isDone: false,
    });
    await world.until('restored', async () => (await ask({ kind: 'restoring', lease })).isDone);
    await world.until('running', async () => (await world.status(lease)).phase === 'running');
    expect(readFileSync(join(await volumeOf(lease), 'note'), 'utf8')).toBe('as saved');
    const calls = world.driver.control.calls
      .filter((call) => call.lease === lease)
      .map(({ method }) => method);
    expect(calls.lastIndexOf('stop')).toBeLessThan(calls.lastIndexOf('apply'));
  });

  it('in place not from what can’t be had: the volumes stay as they are, and it runs again', async () => {
    const { lease } = await saved();
    const none = restoreOf(`0x${'ee'.repeat(32)}`);
    await ask({ kind: 'restore', lease, restore: [none] });
    const done = await world.until('given up', async () => {
      const answer = await ask({ kind: 'restoring', lease });
      return answer.isDone && answer;
    });
    expect(done.troubles.join()).toContain('no holder has a part');
    await world.until('running', async () => (await world.status(lease)).phase === 'running');
    expect(readFileSync(join(await volumeOf(lease), 'note'), 'utf8')).toBe('as saved');
    expect(await eventsOf(lease)).toContain('restore-failed');
  });

  it('into a folder, without any provider', async () => {
    const { lease, root } = await saved();
    await world.stop();
    const folder = join(holder.folder, 'out');
    const input = { peer: world.peer, lease, deployment, snapshotKey: key, restores: [restoreOf(root)] };
    const options = { signal: new AbortController().signal };
    const [written] = await readSnapshots(folder, input, options);
    expect(written).toMatchObject({ volume: 'data', files: 2, folder });
    expect(readFileSync(join(folder, 'data')).equals(data)).toBe(true);
    await expect(readSnapshots(folder, input, options)).rejects.toMatchObject({
      code: 'snapshot.folder-in-use',
    });
    await world.start();
  });
});

describe('a holder', () => {
  it('lets nobody at a deployment but its tenant’s side and the provider of an open lease', async () => {
    const lease = await run();
    const { snapshots } = await take(lease);
    const shelf = { lease, deployment };
    const stranger = await world.network.peer(createKey(), { clock: world.clock });
    const ids = [snapshots[0]?.root ?? '0x'] as Hex[];
    const at = holder.peer.addresses();
    expect(await stranger.ask(at, snapshotHeadsProtocol, shelf)).toMatchObject({ reason: 'not-yours' });
    expect(await stranger.ask(at, snapshotHasProtocol, { ...shelf, ids })).toMatchObject({
      reason: 'not-yours',
    });
    expect(await world.peer.ask(at, snapshotHasProtocol, { ...shelf, ids })).toMatchObject({
      reason: 'not-yours',
    });
    const heads = await world.peer.ask(at, snapshotHeadsProtocol, shelf);
    expect(heads.ok && heads.heads[0]).toMatchObject({ signer: world.hotKey.address, message: { lease } });
    expect(
      await world.providerPeer.ask(at, snapshotHasProtocol, {
        ...shelf,
        ids: [...ids, `0x${'ab'.repeat(32)}`],
      }),
    ).toEqual({ ok: true, missing: [1] });
    await world.close(lease);
    await world.until('closed', async () => (await world.onChain(lease)).status === 'closed');
    await world.clock.advance(11_000);
    expect(await world.providerPeer.ask(at, snapshotHasProtocol, { ...shelf, ids })).toMatchObject({
      reason: 'not-yours',
    });
    expect(await world.peer.ask(at, snapshotHeadsProtocol, shelf)).toMatchObject({ ok: true });
    await stranger[Symbol.asyncDispose]();
  });

  it('keeps as many snapshots of a volume as were asked for', async () => {
    const lease = await run({ keep: 2 });
    const folder = await volumeOf(lease);
    for (let turn = 0; turn < 4; turn += 1) {
      writeFileSync(join(folder, 'x'), randomBytes(5000));
      await take(lease);
    }
    const heads = await holder.store.heads({ tenant: world.tenant.address, deployment });
    expect(heads).toHaveLength(2);
    expect(heads[0]?.message.root).toBe((await snapshotOf(lease))?.root);
  });
});
