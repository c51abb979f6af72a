/** The status of a GET, redirects not followed, the body not read: what a probe needs, in Node and in a browser. */
export async function getStatus(url: string, signal: AbortSignal): Promise<number> {
  const target = new URL(url);
  const http = nodeHttp();
  if (http && target.protocol === 'http:' && target.hostname.endsWith('.localhost')) {
    return getLoopbackStatus(http, target, signal);
  }
  const response = await fetch(url, { redirect: 'manual', signal });
  await response.body?.cancel();
  return response.status;
}

/** Undefined in a browser. */
function nodeHttp() {
  return globalThis.process?.getBuiltinModule?.('node:http');
}

/** Names under .localhost are this machine (RFC 6761 §6.3): browsers and curl know, the resolver under Node may not. */
function getLoopbackStatus(
  http: NonNullable<ReturnType<typeof nodeHttp>>,
  target: URL,
  signal: AbortSignal,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const options = {
      host: '127.0.0.1',
      port: target.port,
      path: `${target.pathname}${target.search}`,
      headers: { host: target.host },
      agent: false as const,
      signal,
    };
    const request = http.get(options, (response) => {
      response.destroy();
      resolve(response.statusCode ?? 0);
    });
    request.on('error', reject);
  });
}
