/**
 * Carries TCP connections over unix sockets, in and out of a replica's network: from each exposed port's socket to
 * the port inside, and from a stand-in address of each linked service to the sockets of its replicas.
 */
import { readdirSync, rmSync } from 'node:fs';
import { type ListenOptions, connect, createServer, type Server, type Socket } from 'node:net';
import type { PlannedLink } from './plan.ts';

export interface Traffic {
  rxBytes: number;
  txBytes: number;
}

const maxConnections = 1024;

/** Connections to `socket` go to `port` inside. */
export function bridgePort(socket: string, port: number, traffic: Traffic): Promise<Server> {
  rmSync(socket, { force: true });
  return listen({ path: socket }, (outer) => {
    const inner = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
    join(
      outer,
      inner,
      (bytes) => (traffic.rxBytes += bytes),
      (bytes) => (traffic.txBytes += bytes),
    );
  });
}

/** Connections to the link's address go to the target's replicas in turn, past those that don't answer. */
export function bridgeLink(link: PlannedLink, traffic: Traffic): Promise<Server> {
  let turn = 0;
  const at = { host: link.address, port: link.inside };
  return listen(at, (inner) => {
    const sockets = socketsOf(link);
    const first = turn++;
    const attempt = (tried: number) => {
      const path = sockets[(first + tried) % sockets.length];
      if (path === undefined || tried >= sockets.length) return void inner.destroy();
      const outer = connect({ path, allowHalfOpen: true });
      outer.once('error', () => attempt(tried + 1));
      outer.once('connect', () => {
        outer.removeAllListeners('error');
        join(
          inner,
          outer,
          (bytes) => (traffic.txBytes += bytes),
          (bytes) => (traffic.rxBytes += bytes),
        );
      });
    };
    inner.once('error', () => inner.destroy());
    attempt(0);
  });
}

function socketsOf({ sockets: { folder, prefix, port } }: PlannedLink): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith(`${prefix}.`) && name.endsWith(`.${port}`))
    .sort()
    .map((name) => `${folder}/${name}`);
}

async function listen(at: ListenOptions, onConnection: (socket: Socket) => void): Promise<Server> {
  const server = createServer({ allowHalfOpen: true, noDelay: true }, onConnection);
  server.maxConnections = maxConnections;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(at, resolve);
  });
  server.on('error', () => undefined);
  return server;
}

/** Both ways, each end's close passed on; `pipe` holds back a fast writer. */
function join(
  near: Socket,
  far: Socket,
  countNear: (bytes: number) => void,
  countFar: (bytes: number) => void,
): void {
  near.on('data', (chunk: Buffer) => countNear(chunk.length));
  far.on('data', (chunk: Buffer) => countFar(chunk.length));
  near.pipe(far);
  far.pipe(near);
  for (const [one, other] of [
    [near, far],
    [far, near],
  ] as const) {
    one.on('error', () => other.destroy());
    one.on('close', () => other.destroySoon());
  }
}
