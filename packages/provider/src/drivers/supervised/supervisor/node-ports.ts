/**
 * Loaded into Node programs of the process driver, which all share this machine's network: the ports they ask for are
 * swapped for ports of their own on loopback, and names of services for where those are. SOUK_PORTS says which.
 */
import { Server, Socket } from 'node:net';

interface Ports {
  /** Port asked for → port taken. */
  readonly listen: Readonly<Record<string, number>>;
  /** `name:port` → port on loopback. */
  readonly connect: Readonly<Record<string, number>>;
}

type Call = (this: unknown, ...words: unknown[]) => unknown;
type Options = Record<string, unknown>;

const ports = JSON.parse(process.env['SOUK_PORTS'] ?? '{"listen":{},"connect":{}}') as Ports;
const isOptions = (value: unknown): value is Options => typeof value === 'object' && value !== null;

replace(Server.prototype, 'listen', (words) => {
  const [first] = words;
  const asked = isOptions(first) ? first['port'] : first;
  const taken = ports.listen[String(asked)];
  if (taken === undefined) return words;
  const rest = isOptions(first) ? first : {};
  return [{ ...rest, port: taken, host: '127.0.0.1' }, ...words.filter((word) => typeof word === 'function')];
});

replace(Socket.prototype, 'connect', (words) => {
  const [first] = words;
  // Node's own callers hand over one list of options and callback.
  const options: unknown = Array.isArray(first) ? first[0] : first;
  if (!isOptions(options)) return words;
  const taken = ports.connect[`${String(options['host'])}:${String(options['port'])}`];
  if (taken === undefined) return words;
  Object.assign(options, { host: '127.0.0.1', port: taken });
  return words;
});

function replace(
  target: object,
  name: string,
  change: (words: readonly unknown[]) => readonly unknown[],
): void {
  const original = Reflect.get(target, name) as Call;
  Reflect.set(target, name, function (this: unknown, ...words: unknown[]) {
    return original.apply(this, [...change(words)]);
  });
}
