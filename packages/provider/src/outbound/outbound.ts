/**
 * HTTP requests to addresses that a tenant names. The daemon stands inside the provider's network, so it must not be
 * made to knock at its doors: a name is resolved once, every address that it has must be public, and the connection
 * goes to what was checked. Redirects are not followed, answers are cut short, nothing of them is logged.
 */
import { lookup as systemLookup } from 'node:dns/promises';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { Fault } from '@souk/protocol';
import { isPublicAddress } from './addresses.ts';

export interface Answer {
  readonly status: number;
  /** The first 4 KiB. */
  readonly body: string;
  readonly retryAfter: string | undefined;
}

export interface Call {
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

export type Outbound = (url: URL, call: Call) => Promise<Answer>;

/** All addresses of a host name. */
export type Resolve = (host: string) => Promise<readonly string[]>;

export interface OutboundOptions {
  /** Let it call this machine and its network too: for networks on one machine. */
  readonly mayCallPrivate: boolean;
  readonly resolve?: Resolve;
}

const timeoutMs = 10_000;
const maxBody = 4096;

const resolveBySystem: Resolve = async (host) =>
  (await systemLookup(host, { all: true })).map(({ address }) => address);

/** Calls fault with `outbound.private-address` (not to be tried again), `outbound.unreachable` or `outbound.bad-request`. */
export function createOutbound({ mayCallPrivate, resolve = resolveBySystem }: OutboundOptions): Outbound {
  const checked = async (host: string): Promise<readonly string[]> => {
    const addresses = isIP(host) ? [host] : await resolve(host);
    const inside = mayCallPrivate ? undefined : addresses.find((address) => !isPublicAddress(address));
    if (inside === undefined) return addresses;
    throw new Fault('outbound.private-address', `${host} is not a public address`, {
      blame: 'user',
      remedy: 'name a host on the internet: this provider calls nothing in its own network',
    });
  };

  return async (url, call) => {
    const signal = AbortSignal.any([call.signal, AbortSignal.timeout(timeoutMs)]);
    // Node asks no lookup for what is an address already.
    if (isIP(hostOf(url))) await checked(hostOf(url));
    const lookup: LookupFunction = (host, options, done) => {
      checked(host).then(
        (addresses) => {
          const all = addresses.map((address) => ({ address, family: isIP(address) }));
          const [first] = all;
          if (!first) return done(new Error('no address'), '', 0);
          return options.all === true ? done(null, all) : done(null, first.address, first.family);
        },
        (error: Error) => done(error, '', 0),
      );
    };
    try {
      return await send(url, call, { lookup, signal });
    } catch (error) {
      call.signal.throwIfAborted();
      throw faultOf(error, url);
    }
  };
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

function send(
  url: URL,
  { method, headers, body }: Call,
  { lookup, signal }: { readonly lookup: LookupFunction; readonly signal: AbortSignal },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, {
      method,
      lookup,
      signal,
      agent: false,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }) },
    });
    request.once('error', reject);
    request.once('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const finish = () =>
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks).toString('utf8').slice(0, maxBody),
          retryAfter: response.headers['retry-after'],
        });
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size < maxBody) return;
        finish();
        request.destroy();
      });
      response.once('end', finish);
      response.once('error', reject);
    });
    request.end(body);
  });
}

function faultOf(error: unknown, url: URL): Fault {
  if (error instanceof Fault) return error;
  const { code = '' } = error as { code?: string };
  const isRequestBad = code === 'ERR_INVALID_CHAR' || code === 'ERR_INVALID_HTTP_TOKEN';
  // The error's own text may hold the headers, and those may hold a token.
  return isRequestBad
    ? new Fault('outbound.bad-request', 'a header can’t be sent as it is', { blame: 'user' })
    : new Fault('outbound.unreachable', `${url.host} does not answer${code && ` (${code})`}`, {
        blame: 'user',
        retry: true,
      });
}
