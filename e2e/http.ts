import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** GET a workload's URL. Names under `localhost` are this machine, whatever its resolver thinks of them. */
export async function get(url: string): Promise<Answer> {
  const { hostname, port, pathname, search, host } = new URL(url);
  const isHere = hostname === 'localhost' || hostname.endsWith('.localhost');
  const call = request({
    host: isHere ? '127.0.0.1' : hostname,
    port,
    path: `${pathname}${search}`,
    headers: { host },
    timeout: 10_000,
    agent: false,
  });
  call.on('timeout', () => call.destroy(new Error(`${url} did not answer`)));
  call.end();
  const [response] = (await once(call, 'response')) as [IncomingMessage];
  let body = '';
  for await (const chunk of response) body += String(chunk);
  return { status: response.statusCode ?? 0, body };
}
