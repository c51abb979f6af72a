import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { aborted } from '@souk/daemon';
import { Fault, toFault } from '@souk/protocol';
import type { Tenant } from '@souk/tenant';
import { InvalidArgumentError } from 'commander';
import type { Context } from '../context.ts';
import { openBuyer } from '../session.ts';
import type { DefineCommand } from './entry.ts';

interface PortFlags {
  readonly service?: string;
  readonly group?: string;
}

export interface PortPair {
  /** On this machine; 0 takes any free one. */
  readonly local: number;
  readonly remote: number;
}

export const definePort: DefineCommand = (command, act) => {
  command
    .description('reach a port of a workload at a port of this machine, until Ctrl-C')
    .argument('<name>', 'deployment')
    .argument('<ports>', 'LOCAL or LOCAL:REMOTE, e.g. 8080 or 8080:80', parsePorts)
    .option('--service <service>', 'of this service, where there are several')
    .option('--group <group>', 'placement group, where there are several')
    .action(act(forwardPort));
};

async function forwardPort(context: Context, name: string, ports: PortPair, flags: PortFlags): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const { tenant } = openBuyer(context, stack);
  await tenant.status(name, { signal: context.signal });
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    carry(tenant, name, socket, { ...flags, port: ports.remote, signal: context.signal }).catch(
      (error: unknown) => {
        socket.destroy();
        if (!context.signal.aborted) context.output.warn(toFault(error, 'cli.port-broken', 'peer').message);
      },
    );
  });
  const local = await listen(server, ports.local);
  stack.defer(() => void server.close());
  const value = { event: 'listening', host: '127.0.0.1', port: local, remote: ports.remote };
  context.output.item(value, () => `127.0.0.1:${local} → ${name}:${ports.remote}  (Ctrl-C ends it)`);
  await aborted(context.signal);
}

/** One connection, both ways, each half ending by itself. */
async function carry(
  tenant: Tenant,
  name: string,
  socket: Socket,
  options: Parameters<Tenant['forward']>[1],
): Promise<void> {
  // A socket without a listener for errors would end the process; the loops below see the end anyway.
  socket.on('error', () => undefined);
  await using connection = await tenant.forward(name, options);
  const out = async () => {
    for await (const chunk of socket) await connection.write(chunk as Uint8Array);
    await connection.end();
  };
  const back = async () => {
    for await (const bytes of connection.output) {
      if (!socket.write(bytes))
        await new Promise((resolve) => socket.once('drain', resolve).once('close', resolve));
    }
    socket.end();
  };
  await Promise.all([out(), back()]);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new Fault('cli.port-taken', `can't listen on 127.0.0.1:${port}: ${cause.message}`, {
          blame: 'user',
          data: { port },
          remedy: 'choose another local port, or 0 for any free one',
          cause,
        }),
      ),
    );
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

export function parsePorts(text: string): PortPair {
  const match = /^([0-9]{1,5})(?::([0-9]{1,5}))?$/.exec(text);
  const local = Number(match?.[1]);
  const remote = Number(match?.[2] ?? match?.[1]);
  if (match && local <= 65_535 && remote >= 1 && remote <= 65_535) return { local, remote };
  throw new InvalidArgumentError('give LOCAL or LOCAL:REMOTE, each at most 65535, e.g. 8080:80');
}
