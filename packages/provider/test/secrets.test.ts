import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore, type Store } from '@souk/daemon';
import {
  type AcceptRequest,
  createKey,
  type GroupSecrets,
  type Hex,
  publicKeyOfSigner,
  seal,
  type ServiceSecrets,
} from '@souk/protocol';
import { formsOf, searchFolder } from '../src/drivers/conformance/search.ts';
import { createWorld, type World } from './world.ts';

let world: World;
/** A journal on a real disk, unlike the world's own. */
let folder: string;
let store: Store;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'souk-secrets-'));
  store = openStore(join(folder, 'provider.sqlite'));
  world = await createWorld({ store: () => store });
});
afterEach(async () => {
  await world[Symbol.asyncDispose]();
  store[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

const word = randomBytes(24).toString('base64url');
const web: ServiceSecrets = {
  env: { KEY: word },
  files: { '/run/secrets/a': Buffer.from(word).toString('base64') },
};

async function plainRequest(): Promise<AcceptRequest> {
  const deployment = await world.draft();
  return world.acceptance(deployment, await world.bidOn(deployment));
}

/** `to`: compressed public key; left out, the one that signed the bid. */
async function withSecrets(
  request: AcceptRequest,
  services: GroupSecrets['services'],
  to?: Hex,
): Promise<AcceptRequest> {
  const key = to ?? publicKeyOfSigner(world.chain.reads.domain, 'Bid', request.bid);
  const secrets = await seal(Buffer.from(JSON.stringify({ services, snapshotKey: null })), key);
  return { ...request, runtime: { ...request.runtime, secrets } };
}

async function applied(request: AcceptRequest) {
  const answer = await world.accept(request);
  if (!answer.ok) throw new Error(`refused: ${answer.detail}`);
  await world.until('running', async () => (await world.status(answer.lease)).phase === 'running');
  return { lease: answer.lease, service: world.driver.control.appliedTo(answer.lease)?.services[0] };
}

describe('sealed secrets', () => {
  it('reach the driver, after a restart too, and lie on no disk of the provider', async () => {
    const startedAt = Date.now() - 2000;
    const request = await withSecrets(await plainRequest(), { web });
    const { lease, service } = await applied(request);
    expect(service?.secrets).toEqual(web);
    const tells = formsOf(Buffer.from(word)).some((form) =>
      String(service?.secretsVersion).includes(form.toString()),
    );
    expect(tells).toBe(false);
    await world.stop();
    await world.start();
    await world.until('applied again', () => world.driver.control.calls.at(-1)?.method === 'list');
    expect(world.driver.control.appliedTo(lease)?.services[0]).toEqual(service);
    const search = (text: string) =>
      [world.folder, folder].flatMap((each) => searchFolder(each, [Buffer.from(text)], startedAt));
    expect(search(word)).toEqual([]);
    // The search does find what is there.
    expect(search(request.runtime.secrets?.bytes.slice(2, 80) ?? '')).not.toEqual([]);
  });

  it('are the same version however often they are sealed, and another where one byte is', async () => {
    const first = await applied(await withSecrets(await plainRequest(), { web }));
    const second = await applied(await withSecrets(await plainRequest(), { web }));
    const third = await applied(
      await withSecrets(await plainRequest(), { web: { ...web, env: { KEY: `${word}.` } } }),
    );
    expect(second.service?.secretsVersion).toBe(first.service?.secretsVersion);
    expect(third.service?.secretsVersion).not.toBe(first.service?.secretsVersion);
  });

  it('that this provider can’t open, or no workload can be given, are refused before anything is opened', async () => {
    const request = await plainRequest();
    const { domain } = world.chain.reads;
    const stranger = await createKey().sign(domain, 'Bid', request.bid.message);
    const shut = await withSecrets(request, { web }, publicKeyOfSigner(domain, 'Bid', stranger));
    const { runtime } = await withSecrets(request, { web });
    const garbled = {
      ...runtime,
      secrets: runtime.secrets && { ...runtime.secrets, bytes: '0x00' as const },
    };
    const unknownField = { env: {}, files: {}, more: {} } as ServiceSecrets;
    const cases: readonly (readonly [AcceptRequest, string])[] = [
      [shut, 'secrets-unreadable'],
      [{ ...request, runtime: garbled }, 'secrets-unreadable'],
      [await withSecrets(request, { web: unknownField }), 'secrets-unreadable'],
      [await withSecrets(request, { nobody: web }), 'unsupported'],
      [await withSecrets(request, { web: { env: { 'A B': word }, files: {} } }), 'unsupported'],
      [await withSecrets(request, { web: { env: {}, files: { '/proc/1/x': word } } }), 'unsupported'],
    ];
    for (const [asked, reason] of cases) {
      const answer = await world.accept(asked);
      expect(answer).toMatchObject({ ok: false, reason });
      expect(JSON.stringify(answer)).not.toContain(word);
    }
    expect(await world.driver.list()).toEqual([]);
    expect(world.provider.countLeases()).toBe(0);
  });
});
