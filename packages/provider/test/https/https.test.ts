import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer, request as httpRequest, type Server } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { createMetrics } from '@souk/daemon';
import { type Clock, type LeaseId, type ManifestGroup, silentLog, systemClock } from '@souk/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ProviderConfig, providerConfigSchema } from '../../src/config.ts';
import { type DomainNames } from '../../src/ingress/https/ownership.ts';
import { startSecure } from '../../src/ingress/https/secure.ts';
import { type Ingress, startIngress } from '../../src/ingress/ingress.ts';
import type { Lease } from '../../src/leases/book.ts';
import { createProviderMetrics } from '../../src/metrics.ts';
import { createWorld, sdl } from '../world.ts';
import { freePorts, type Pebble, startPebble } from './pebble.ts';

const [mine, theirs] = [`0x${'ab'.repeat(32)}` as LeaseId, `0x${'cd'.repeat(32)}` as LeaseId];
const tenants: Readonly<Record<string, string>> = {
  [mine]: `0x${'11'.repeat(20)}`,
  [theirs]: `0x${'22'.repeat(20)}`,
};
const deployments: Readonly<Record<string, string>> = {
  [mine]: `0x${'33'.repeat(32)}`,
  [theirs]: `0x${'44'.repeat(32)}`,
};

let pebble: Pebble;
let pebbleFolder: string;
let httpPort = 0;
let httpsPort = 0;
let upstream: Server;
let folder: string;
let ingress: Ingress;
/** By name; what is left out leads to this machine. */
let addresses: Map<string, readonly string[]>;
let texts: Map<string, readonly string[]>;
let events: string[];
let aheadMs: number;
/** How often it was looked whose a domain is. */
let looks = 0;
let isDnsSilent = false;

const clock: Clock = {
  now: () => systemClock.now() + aheadMs,
  sleep: (ms) => systemClock.sleep(Math.min(ms, 20)),
};
const names: DomainNames = {
  addresses: async (name) => addresses.get(name) ?? ['127.0.0.1'],
  texts: async (name) => {
    looks += 1;
    if (isDnsSilent) throw new Error('ETIMEOUT');
    return texts.get(name) ?? [];
  },
};

beforeAll(async () => {
  pebbleFolder = mkdtempSync(join(tmpdir(), 'souk-pebble-'));
  [httpPort = 0, httpsPort = 0] = await freePorts(2);
  pebble = await startPebble({ folder: pebbleFolder, httpPort, blocked: ['blocked.example'] });
  upstream = createServer((request, response) =>
    response.end(JSON.stringify({ url: request.url, proto: request.headers['x-forwarded-proto'] })),
  );
  upstream.listen(0, '127.0.0.1');
  await once(upstream, 'listening');
});
afterAll(async () => {
  await pebble[Symbol.asyncDispose]();
  upstream.close();
  rmSync(pebbleFolder, { recursive: true });
});
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'souk-https-'));
  addresses = new Map();
  texts = new Map();
  events = [];
  aheadMs = 0;
  isDnsSilent = false;
  ingress = await start();
});
afterEach(async () => {
  await ingress[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

function start(patch: Partial<ProviderConfig> = {}): Promise<Ingress> {
  const config: ProviderConfig = {
    ...providerConfigSchema.parse({
      ingressPort: httpPort,
      httpsPort,
      acmeDirectory: pebble.directory,
      acmeCaFile: pebble.caFile,
      acmeAgreeTos: true,
      acmeEmail: 'ops@provider.example',
      acmeChallengePort: httpPort,
      callPrivateAddresses: true,
      publicHost: 'front.example',
    }),
    ...patch,
  };
  const leaseOf = (id: string) =>
    ({
      id,
      record: { parties: { tenant: tenants[id] }, request: { runtime: { deployment: deployments[id] } } },
    }) as unknown as Lease;
  const book = {
    get: leaseOf,
    note: (_lease: Lease, kind: string, detail: string) => void events.push(`${kind}: ${detail}`),
  };
  const { port } = upstream.address() as AddressInfo;
  return startIngress(
    {
      driver: { dial: async () => ({ kind: 'tcp', host: '127.0.0.1', port }) },
      phaseOf: () => 'running',
      onTrouble: () => undefined,
      lastPort: undefined,
      log: silentLog,
      metrics: createProviderMetrics(createMetrics({ process: false })),
      startSecure: (front) =>
        startSecure({ book, folder, clock, log: silentLog, names }, front, { ...config, httpsPort }),
    },
    config,
  );
}

function group(...hosts: string[]): ManifestGroup {
  const httpOptions = {
    maxBodySize: 0,
    readTimeout: 0,
    sendTimeout: 0,
    nextTries: 0,
    nextTimeout: 0,
    nextCases: null,
  };
  const expose = [{ port: 80, externalPort: 80, proto: 'TCP', global: true, hosts, httpOptions }];
  return { services: [{ name: 'web', count: 1, expose }] } as unknown as ManifestGroup;
}
const serve = (lease: LeaseId, ...hosts: string[]) => ingress.serve(lease, [{ group: group(...hosts) }], []);

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly location?: string | undefined;
  readonly serial?: string;
}

/** Over HTTPS, believing only Pebble's root; `host`, where the Host header says something else than SNI. */
function safely(domain: string, host = domain): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpsRequest(
      {
        host: '127.0.0.1',
        port: httpsPort,
        servername: domain,
        path: '/hello',
        headers: { host },
        ca: pebble.root,
        agent: false,
      },
      (response) => {
        const { serialNumber: serial } = (response.socket as TLSSocket).getPeerCertificate();
        let body = '';
        response.on('data', (chunk: Buffer) => (body += chunk.toString()));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body, serial }));
      },
    );
    request.once('error', reject).end();
  });
}

function plainly(host: string, path = '/hello'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: httpPort, path, headers: { host }, agent: false };
    const request = httpRequest(options, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body, location: response.headers.location }),
      );
    });
    request.once('error', reject).end();
  });
}

async function until<T>(
  what: string,
  get: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    const found = await get();
    if (found !== undefined && found !== false) return found;
    await systemClock.sleep(10);
  }
  throw new Error(
    `never came: ${what}; events: ${events.join(' | ')}; warnings: ${ingress.warningsOf(mine).join(' | ')}`,
  );
}
const urls = (lease: LeaseId) => ingress.urlsOf(lease).map(({ url }) => url);
const secured = (lease: LeaseId, domain: string) =>
  until(`HTTPS at ${domain}`, () => urls(lease).includes(`https://${domain}:${httpsPort}`));
const warned = (lease: LeaseId, text: string) =>
  until(`a warning with “${text}”`, () =>
    ingress.warningsOf(lease).find((warning) => warning.includes(text)),
  );

describe('HTTPS at a tenant’s own domain', () => {
  it('comes by itself once the domain leads here, with keys that only the daemon can read', async () => {
    await serve(mine, 'Shop.example');
    await secured(mine, 'shop.example');
    const answer = await safely('shop.example');
    expect(answer).toMatchObject({ status: 200, body: '{"url":"/hello","proto":"https"}' });
    expect(events).toEqual([
      expect.stringMatching(/^https: domain shop\.example has a certificate until 20/),
    ]);
    expect(ingress.warningsOf(mine)).toEqual([]);
    const files = readdirSync(join(folder, 'tls'));
    expect(files.toSorted((a, b) => a.localeCompare(b))).toEqual(['account.pem', 'shop.example.json']);
    for (const file of files) expect(statSync(join(folder, 'tls', file)).mode & 0o777).toBe(0o600);
    // HTTP goes on, also below the path at which the authority asks.
    expect(await plainly('shop.example')).toMatchObject({
      status: 200,
      body: '{"url":"/hello","proto":"http"}',
    });
    const elsewhere = await plainly('shop.example', '/.well-known/acme-challenge/not-ours');
    expect(elsewhere.body).toContain('/.well-known/acme-challenge/not-ours');
  });

  it('is kept over a restart without asking the authority again', async () => {
    await serve(mine, 'kept.example');
    await secured(mine, 'kept.example');
    const { serial } = await safely('kept.example');
    await ingress[Symbol.asyncDispose]();
    ingress = await start({ acmeDirectory: 'https://127.0.0.1:1/dir' });
    await serve(mine, 'kept.example');
    await secured(mine, 'kept.example');
    expect((await safely('kept.example')).serial).toBe(serial);
  });

  it('gets a new certificate after two thirds of the old one’s life, and serves the old one until then', async () => {
    await serve(mine, 'renewed.example');
    await secured(mine, 'renewed.example');
    const { serial } = await safely('renewed.example');
    for (const days of [58, 59]) {
      const before = looks;
      aheadMs = days * 86_400_000;
      await until('another look', () => looks > before);
    }
    // The second look began when the first was over.
    expect(events).toHaveLength(1);
    expect((await safely('renewed.example')).serial).toBe(serial);
    aheadMs = 61 * 86_400_000;
    await until('a second certificate', () => events.length === 2);
    expect((await safely('renewed.example')).serial).not.toBe(serial);
  });

  it('shows nobody another name’s certificate, and serves no host that it was not asked for', async () => {
    await serve(mine, 'one.example', 'two.example');
    await secured(mine, 'one.example');
    await secured(mine, 'two.example');
    expect((await safely('one.example', 'two.example')).status).toBe(421);
    await expect(safely('unknown.example')).rejects.toThrow('handshake failure');
    await expect(safely('web-abababab.localhost')).rejects.toThrow('handshake failure');
  });

  it('takes HTTP over where the provider wants that, but only at domains that have a certificate', async () => {
    await ingress[Symbol.asyncDispose]();
    ingress = await start({ httpsRedirect: true });
    await serve(mine, 'moved.example');
    await secured(mine, 'moved.example');
    const location = `https://moved.example:${httpsPort}/hello`;
    expect(await plainly('moved.example')).toMatchObject({ status: 308, location });
    expect(await plainly('web-abababab.localhost')).toMatchObject({ status: 200 });
  });

  it('ends with the lease', async () => {
    await serve(mine, 'gone.example');
    await secured(mine, 'gone.example');
    await ingress.withdraw(mine);
    expect(urls(mine)).toEqual([]);
    await until('its certificate to be put away', () =>
      safely('gone.example').then(
        () => false,
        (error: Error) => error.message.includes('handshake failure'),
      ),
    );
    // The next one gets it once it is found that the domain still leads here, without asking for another.
    addresses.set('gone.example', ['127.0.0.2']);
    await serve(theirs, 'gone.example');
    await warned(theirs, 'not owned');
    await expect(safely('gone.example')).rejects.toThrow('handshake failure');
    addresses.delete('gone.example');
    aheadMs = 60_000;
    await secured(theirs, 'gone.example');
  });
});

describe('a domain that is not the tenant’s', () => {
  it('gets no certificate while it leads elsewhere; no authority is asked, other names go on', async () => {
    addresses.set('bank.example', ['127.0.0.2']);
    await serve(mine, 'bank.example');
    expect(await warned(mine, 'not owned')).toBe(
      `domain bank.example not owned: it leads to 127.0.0.2, where nothing answers on port ${httpPort}; ` +
        'do this: point an A, AAAA or CNAME record of bank.example at front.example',
    );
    expect(events).toEqual([`https: ${ingress.warningsOf(mine)[0]}`]);
    expect(() => readdirSync(join(folder, 'tls'))).toThrow('ENOENT');
    expect(urls(mine)).toEqual([
      `http://web-abababab.localhost:${httpPort}`,
      `http://bank.example:${httpPort}`,
    ]);
    expect(await plainly('web-abababab.localhost')).toMatchObject({ status: 200 });
    await expect(safely('bank.example')).rejects.toThrow('handshake failure');
    // Mended: it is found out without being told.
    addresses.delete('bank.example');
    aheadMs = 60_000;
    await secured(mine, 'bank.example');
    expect(ingress.warningsOf(mine)).toEqual([]);
  });

  it.each([
    ['has no address', [], 'it has no address in the DNS'],
    ['leads into the provider’s network', ['10.0.0.1'], 'is not a public address'],
  ])('is told so where it %s', async (_, found, text) => {
    await ingress[Symbol.asyncDispose]();
    ingress = await start({ callPrivateAddresses: false });
    addresses.set('bank.example', found);
    await serve(mine, 'bank.example');
    await warned(mine, text);
    expect(() => readdirSync(join(folder, 'tls'))).toThrow('ENOENT');
  });

  it('is told so where something else answers at it', async () => {
    const other = createServer((_request, response) => response.end('something else'));
    other.listen(httpPort, '127.0.0.3');
    await once(other, 'listening');
    addresses.set('bank.example', ['127.0.0.3']);
    await serve(mine, 'bank.example');
    expect(await warned(mine, 'not owned')).toContain('it leads to 127.0.0.3, where something else answers');
    other.close();
  });

  it('stays with the lease that came first, until a DNS record says whose it is', async () => {
    await serve(mine, 'both.example');
    await secured(mine, 'both.example');
    await serve(theirs, 'both.example');
    expect(await warned(theirs, 'not owned')).toBe(
      'domain both.example not owned: another lease here came first; ' +
        `do this: add the DNS record _souk.both.example TXT "${deployments[theirs]}"`,
    );
    expect(urls(theirs)).toEqual([`http://web-cdcdcdcd.localhost:${httpPort}`]);
    texts.set('_souk.both.example', [
      'v=something',
      tenants[theirs]?.toUpperCase().replace('0X', '0x') ?? '',
    ]);
    aheadMs = 3_600_000;
    await secured(theirs, 'both.example');
    await warned(mine, 'its DNS record _souk.both.example names somebody else');
    expect(urls(mine)).toEqual([`http://web-abababab.localhost:${httpPort}`]);
    texts.set('_souk.both.example', [deployments[mine] ?? '', tenants[theirs] ?? '']);
    aheadMs = 7_200_000;
    await secured(mine, 'both.example');
  });

  it('waits where the DNS is silent, and says so', async () => {
    isDnsSilent = true;
    await serve(mine, 'silent.example');
    await warned(mine, 'the DNS does not answer for _souk.silent.example');
    expect(() => readdirSync(join(folder, 'tls'))).toThrow('ENOENT');
  });

  it('gets no certificate where its DNS record names somebody who has no lease here', async () => {
    texts.set('_souk.away.example', [`0x${'99'.repeat(20)}`]);
    await serve(mine, 'away.example');
    await warned(mine, 'names somebody else');
    expect(() => readdirSync(join(folder, 'tls'))).toThrow('ENOENT');
  });
});

describe('a provider that offers HTTPS', () => {
  it('tells the tenant in status and events what its domain lacks, and which URL it has', async () => {
    await ingress[Symbol.asyncDispose]();
    await using world = await createWorld({
      config: { httpsPort: 0, acmeAgreeTos: true, callPrivateAddresses: true },
      names: { ...names, addresses: async () => [] },
    });
    const { lease } = await world.run(
      {},
      sdl.replace('        as: 80\n', '        as: 80\n        accept: [shop.example]\n'),
    );
    const { warnings, services } = await world.until('the warning', async () => {
      const status = await world.status(lease);
      return status.warnings.length > 0 && status;
    });
    expect(warnings).toEqual([expect.stringMatching(/^domain shop\.example not owned: it has no address/)]);
    expect(services[0]?.urls).toContain(`http://shop.example:${new URL(world.provider.url).port}`);
    const row = await world.until('the event', () =>
      world.store.get("SELECT detail FROM events WHERE kind = 'https'"),
    );
    expect(row).toEqual({ detail: warnings[0] });
    ingress = await start();
  });
});

describe('an authority', () => {
  it('that refuses is asked again after a growing pause; what it said is told', async () => {
    await serve(mine, 'blocked.example');
    const warning = await warned(mine, 'has no certificate yet');
    expect(warning).toContain('it is tried again');
    expect(warning).toMatch(/blocked|policy|rejected/i);
    expect(await plainly('blocked.example')).toMatchObject({ status: 200 });
    expect(events).toHaveLength(1);
  });

  it('is not asked for more domains of one lease than the provider allows', async () => {
    await ingress[Symbol.asyncDispose]();
    ingress = await start({ maxDomainsPerLease: 1 });
    await serve(mine, 'first.example', 'second.example');
    await secured(mine, 'first.example');
    await warned(mine, 'domain second.example has no certificate');
    expect(readdirSync(join(folder, 'tls'))).not.toContain('second.example.json');
  });

  it('has terms to which a provider must agree first', async () => {
    await ingress[Symbol.asyncDispose]();
    await expect(start({ acmeAgreeTos: false })).rejects.toMatchObject({ code: 'https.terms-not-agreed' });
    ingress = await start();
  });
});
