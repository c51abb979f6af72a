/** A connection to where a provider serves something. */
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

const connectTimeoutMs = 3_000;

/** `http:`, `https:` and `tcp:`. Names under .localhost are this machine (RFC 6761 §6.3). */
export function dial(url: URL): Promise<Socket> {
  const isSecure = url.protocol === 'https:';
  const port = Number(url.port) || (isSecure ? 443 : 80);
  const isHere = url.hostname === 'localhost' || url.hostname.endsWith('.localhost');
  const host = isHere ? '127.0.0.1' : url.hostname;
  return new Promise((resolve, reject) => {
    const options = { host, port, timeout: connectTimeoutMs };
    const socket: Socket = isSecure ? connectTls({ ...options, servername: url.hostname }) : connect(options);
    const fail = (error: Error) => {
      socket.destroy();
      reject(error);
    };
    socket.once('error', fail);
    socket.once('timeout', () => fail(new Error(`${url.host} does not answer`)));
    socket.once(isSecure ? 'secureConnect' : 'connect', () => {
      socket.off('error', fail);
      socket.removeAllListeners('timeout');
      socket.setTimeout(0);
      socket.setNoDelay(true);
      resolve(socket);
    });
  });
}
