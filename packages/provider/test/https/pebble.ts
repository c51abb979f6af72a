/** Pebble, Let's Encrypt's ACME server for tests, with a DNS of its own in which every name leads to this machine. */
import { type ChildProcess, spawn } from 'node:child_process';
import { webcrypto } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509';

export interface Pebble extends AsyncDisposable {
  readonly directory: string;
  /** PEM file of who signed its own TLS. */
  readonly caFile: string;
  /** PEM of the root of what it issues. */
  readonly root: string;
  /** Where it looks for answers. */
  readonly httpPort: number;
}

export interface PebbleOptions {
  readonly folder: string;
  readonly httpPort: number;
  /** For which it signs nothing. */
  readonly blocked: readonly string[];
}

const host = '127.0.0.1';

export async function startPebble({ folder, httpPort, blocked }: PebbleOptions): Promise<Pebble> {
  await using stack = new AsyncDisposableStack();
  const [port = 0, management = 0, dns = 0, dnsManagement = 0] = await freePorts(4);
  const certificate = join(folder, 'pebble.pem');
  const privateKey = join(folder, 'pebble.key');
  const made = await selfSigned();
  writeFileSync(certificate, made.certificate);
  writeFileSync(privateKey, made.key, { mode: 0o600 });
  const config = join(folder, 'pebble.json');
  const pebble = {
    listenAddress: `${host}:${port}`,
    managementListenAddress: `${host}:${management}`,
    certificate,
    privateKey,
    httpPort,
    tlsPort: 1,
    externalAccountBindingRequired: false,
    domainBlocklist: blocked,
    certificateValidityPeriod: 90 * 86_400,
  };
  writeFileSync(config, JSON.stringify({ pebble }));
  stack.use(
    await start('pebble-challtestsrv', [
      ['-dns01', `${host}:${dns}`],
      ['-management', `${host}:${dnsManagement}`],
      ['-defaultIPv4', host],
      ['-defaultIPv6', ''],
      ['-http01', ''],
      ['-https01', ''],
      ['-tlsalpn01', ''],
    ]),
  );
  stack.use(
    await start('pebble', [
      ['-config', config],
      ['-dnsserver', `${host}:${dns}`],
    ]),
  );
  const root = await untilAnswers(`https://${host}:${management}/roots/0`);
  const running = stack.move();
  return {
    directory: `https://localhost:${port}/dir`,
    caFile: certificate,
    root,
    httpPort,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** Throws where the program is not there: `apt-get install pebble`. */
async function start(
  program: string,
  flags: readonly (readonly [string, string])[],
): Promise<AsyncDisposable> {
  const child: ChildProcess = spawn(program, flags.flat(), {
    stdio: 'ignore',
    env: { ...process.env, PEBBLE_VA_NOSLEEP: '1', PEBBLE_WFE_NONCEREJECT: '20' },
  });
  await once(child, 'spawn');
  return {
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, host);
      await once(server, 'listening');
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

async function untilAnswers(url: string): Promise<string> {
  for (let tries = 0; tries < 200; tries += 1) {
    const body = await new Promise<string | undefined>((resolve) => {
      // Its own certificate is not what is tested here.
      get(url, { rejectUnauthorized: false, agent: false }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => resolve(text));
      }).once('error', () => resolve(undefined));
    });
    if (body !== undefined) return body;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('pebble does not answer');
}

async function selfSigned(): Promise<{ certificate: string; key: string }> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const made = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=localhost',
    notBefore: new Date(Date.now() - 60_000),
    notAfter: new Date(Date.now() + 86_400_000),
    keys,
    signingAlgorithm: algorithm,
    extensions: [new SubjectAlternativeNameExtension([{ type: 'dns', value: 'localhost' }])],
  });
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  const body = der.toString('base64').replace(/(.{64})/g, '$1\n');
  return {
    certificate: made.toString('pem'),
    key: `-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----\n`,
  };
}
