/**
 * HTTPS at the ingress: a TLS listener that shows each custom domain the certificate that is its own, and what the HTTP
 * listener must answer so that there are certificates. Must never show one name another's certificate, nor serve over
 * TLS a host that the client did not ask the certificate of.
 */
import type { IncomingMessage } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createSecureContext, type SecureContext, type TLSSocket } from 'node:tls';
import { type Clock, Fault, type LeaseId, type Log } from '@souk/protocol';
import type { ProviderConfig } from '../../config.ts';
import type { Book } from '../../leases/book.ts';
import type { Prior } from '../proxy.ts';
import { hostName, type Routes } from '../routes.ts';
import { createAuthority } from './authority.ts';
import { startDomains } from './domains.ts';
import { checkPath, type Claimant, type DomainNames, systemNames } from './ownership.ts';
import { openVault } from './vault.ts';

export interface Secure extends AsyncDisposable {
  /** What is answered before any workload is asked. */
  before(request: IncomingMessage): Prior | undefined;
  /** Of this lease's domains that have a certificate. */
  urlOf(lease: LeaseId, host: string): string | undefined;
  warningsOf(lease: LeaseId): readonly string[];
}

export interface SecureDeps {
  readonly book: Pick<Book, 'get' | 'note'>;
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly names?: DomainNames;
}

/** The HTTP side that it belongs to. */
export interface Front {
  readonly routes: Routes;
  /** Serve what this server takes as the HTTP listener does. */
  readonly attach: (server: Server) => void;
}

const challengePath = '/.well-known/acme-challenge/';
const maxConnections = 4096;

export async function startSecure(
  deps: SecureDeps,
  { routes, attach }: Front,
  config: ProviderConfig & { readonly httpsPort: number },
): Promise<Secure> {
  if (!config.acmeAgreeTos) throw notAgreed(config.acmeDirectory);
  await using stack = new AsyncDisposableStack();
  /** By path. */
  const answers = new Map<string, string>();
  const contexts = new Map<string, SecureContext>();
  const publish = (path: string, answer: string) => {
    answers.set(path, answer);
    return () => void answers.delete(path);
  };

  const server = createServer({
    minVersion: 'TLSv1.2',
    requestTimeout: 0,
    headersTimeout: 30_000,
    maxHeaderSize: 32 * 1024,
    SNICallback: (name, done) => done(null, contexts.get(name.toLowerCase())),
  });
  server.maxConnections = maxConnections;
  attach(server);
  await listen(server, config);
  stack.defer(async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });
  const { port } = server.address() as AddressInfo;
  const publicPort = config.publicHttpsPort || port;
  const urlOf = (host: string) => `https://${host}${publicPort === 443 ? '' : `:${publicPort}`}`;

  const vault = openVault(join(deps.folder, 'tls'));
  const domains = stack.use(
    startDomains(
      {
        ...deps,
        vault,
        names: deps.names ?? systemNames(),
        authority: createAuthority(vault, config),
        claims: () => routes.claims(),
        settle: (domain, lease) => routes.settle(domain, lease),
        claimantOf: (lease) => claimantOf(deps.book, lease),
        publishChallenge: (token, answer) => publish(`${challengePath}${token}`, answer),
        publishCheck: (token) => publish(`${checkPath}${token}`, token),
        onCertificate(domain, certificate) {
          if (!certificate) return void contexts.delete(domain);
          const { key, chain: cert } = certificate;
          contexts.set(domain, createSecureContext({ key, cert, minVersion: 'TLSv1.2' }));
        },
        note(id, detail) {
          const lease = deps.book.get(id);
          if (lease) deps.book.note(lease, 'https', detail);
        },
      },
      config,
    ),
  );

  const running = stack.move();
  return {
    before(request) {
      const host = hostName(request.headers.host ?? '');
      const answer = answers.get(request.url ?? '');
      if (answer !== undefined)
        return { status: 200, headers: { 'content-type': 'text/plain' }, body: answer };
      const socket = request.socket as Partial<TLSSocket>;
      if (socket.encrypted === true)
        return socket.servername === host
          ? undefined
          : { status: 421, headers: {}, body: 'asked for another name\n' };
      const route = config.httpsRedirect ? routes.find(host) : undefined;
      if (!route || !domains.isSecured(route.lease, host)) return undefined;
      return { status: 308, headers: { location: `${urlOf(host)}${request.url ?? '/'}` }, body: '' };
    },
    urlOf: (lease, host) => (domains.isSecured(lease, host) ? urlOf(host) : undefined),
    warningsOf: (lease) => domains.warningsOf(lease),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

function claimantOf(book: Pick<Book, 'get'>, lease: LeaseId): Claimant {
  const record = book.get(lease)?.record;
  const ids = [record?.request?.runtime.deployment, record?.parties.tenant];
  return { lease, ids: ids.flatMap((id) => id?.toLowerCase() ?? []) };
}

function listen(server: Server, { ingressHost: host, httpsPort: port }: ProviderConfig): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new Fault('ingress.port-taken', `HTTPS can't be listened for on ${host}:${port}: ${cause.message}`, {
          blame: 'user',
          remedy: 'stop what uses the port, or set provider.httpsPort (0 takes any free port)',
          cause,
        }),
      ),
    );
    server.listen(port, host, () => resolve());
  });
}

function notAgreed(directory: string): Fault {
  return new Fault(
    'https.terms-not-agreed',
    'HTTPS needs certificates, and their authority has terms of service',
    {
      blame: 'user',
      data: { directory },
      remedy: 'read them, and set provider.acmeAgreeTos: true; or leave provider.httpsPort out',
    },
  );
}
