/** What of a message's head goes on to the other side of a proxy, and what is said of who sent it. */
import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';

/** Per connection only, RFC 9110 §7.6.1. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Origin form, also where a client sent the absolute one. */
export function pathOf(request: IncomingMessage): string {
  const url = request.url ?? '/';
  return url.startsWith('/') || url === '*' ? url : url.replace(/^[a-z]+:\/\/[^/]*/i, '') || '/';
}

/** What we say of the client; what it says of itself is dropped. */
export function forwarded(request: IncomingMessage): Record<string, string> {
  return {
    'x-forwarded-for': request.socket.remoteAddress ?? '',
    'x-forwarded-host': request.headers.host ?? '',
    'x-forwarded-proto': (request.socket as Partial<TLSSocket>).encrypted === true ? 'https' : 'http',
  };
}

export function forwardedHeaders(request: IncomingMessage): Record<string, string | string[]> {
  const named = connectionNames(request);
  const kept = Object.entries(request.headers).filter(
    ([name, value]) => value !== undefined && !hopByHop.has(name) && !named.has(name),
  ) as [string, string | string[]][];
  const isChunked = request.headers['transfer-encoding'] !== undefined;
  return {
    ...Object.fromEntries(kept),
    ...(isChunked ? { 'transfer-encoding': 'chunked' } : {}),
    ...forwarded(request),
  };
}

export function responseHeaders(from: IncomingMessage): string[] {
  const named = connectionNames(from);
  const headers: string[] = [];
  for (let index = 0; index + 1 < from.rawHeaders.length; index += 2) {
    const name = from.rawHeaders[index] ?? '';
    if (hopByHop.has(name.toLowerCase()) || named.has(name.toLowerCase())) continue;
    headers.push(name, from.rawHeaders[index + 1] ?? '');
  }
  return headers;
}

function connectionNames(message: IncomingMessage): ReadonlySet<string> {
  const value = message.headers.connection ?? '';
  return new Set(value.split(',').map((name) => name.trim().toLowerCase()));
}
