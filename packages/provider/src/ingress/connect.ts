/** Connect to where a driver says a replica listens. */
import { connect as connectSocket, type Socket } from 'node:net';
import { Fault, toFault } from '@souk/protocol';
import type { DialTarget } from '../drivers/driver.ts';

const connectTimeoutMs = 5000;

/** Throws `ingress.unreachable`. */
export function connect(target: DialTarget): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket =
      target.kind === 'tcp' ? connectSocket(target.port, target.host) : connectSocket(target.path);
    const fail = (error: Error) => {
      socket.destroy();
      reject(
        new Fault('ingress.unreachable', `the workload does not take connections: ${error.message}`, {
          blame: 'user',
          retry: true,
          cause: toFault(error, 'ingress.unreachable', 'user'),
        }),
      );
    };
    const timer = setTimeout(() => fail(new Error('timed out')), connectTimeoutMs);
    socket.once('error', fail);
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.off('error', fail);
      socket.setNoDelay(true);
      resolve(socket);
    });
    socket.once('close', () => clearTimeout(timer));
  });
}
