/**
 * Runs the health probes that a tenant wishes for, from inside this machine: HTTP and TCP by dialling the replica as
 * the ingress does, commands inside it. Each by its own interval; bounded in number, time and what is read of an
 * answer. It only notes what a probe said: what follows from that is for `life.ts`.
 */
import { request } from 'node:http';
import type { Socket } from 'node:net';
import { type Clock, type HealthProbe, type LeaseId, type Runtime, toFault } from '@souk/protocol';
import type { Driver, ReplicaStatus } from '../drivers/driver.ts';
import { connect } from '../ingress/connect.ts';
import { keyOf, noteProbe, type Vitals } from './condition.ts';

export interface ProbesDeps {
  readonly driver: Pick<Driver, 'dial' | 'exec'>;
  readonly clock: Clock;
  /** Aborted when the daemon stops. */
  readonly signal: AbortSignal;
}

export interface Probed {
  readonly id: LeaseId;
  readonly runtime: Runtime;
  readonly replicas: readonly ReplicaStatus[];
  readonly vitals: ReadonlyMap<string, Vitals>;
}

export interface Prober {
  /** Start what is due; `onSaid` is called when a probe has said something. */
  tick(probed: Probed, onSaid: () => void): void;
  /** Resolves when no probe is under way. */
  idle(): Promise<void>;
}

/** More than this wait for the next tick. */
const maxAtOnce = 64;
/** A bridge into a sandbox takes any connection and drops it when nobody listens behind. */
const bridgeDropMs = 100;

export function createProber(deps: ProbesDeps): Prober {
  const { clock, signal } = deps;
  const running = new Map<string, Promise<void>>();
  const startedAt = new WeakMap<Vitals, number>();

  const start = (probed: Probed, replica: ReplicaStatus, probe: HealthProbe, onSaid: () => void) => {
    const known = probed.vitals.get(keyOf(replica));
    const id = `${probed.id} ${keyOf(replica)}`;
    if (!known || running.has(id) || running.size >= maxAtOnce) return;
    const now = clock.now();
    if (now - (startedAt.get(known) ?? Number.NEGATIVE_INFINITY) < probe.intervalSeconds * 1000) return;
    startedAt.set(known, now);
    const { restarts } = known;
    const work = probeOnce(deps, probed.id, replica, probe)
      .then((result) => {
        // What was said of a process that is gone says nothing of its successor.
        if (signal.aborted || known.restarts !== restarts) return;
        noteProbe(known, result, Math.floor(clock.now() / 1000));
        onSaid();
      })
      .finally(() => running.delete(id));
    running.set(id, work);
  };

  return {
    tick(probed, onSaid) {
      if (signal.aborted) return;
      for (const replica of probed.replicas) {
        const { health } = probed.runtime;
        const probe = Object.hasOwn(health, replica.service) ? health[replica.service] : undefined;
        if (probe && replica.state === 'running') start(probed, replica, probe, onSaid);
      }
    },
    idle: async () => void (await Promise.all(running.values())),
  };
}

interface Said {
  readonly isPassed: boolean;
  readonly detail: string;
}

/** Never throws. */
export async function probeOnce(
  deps: ProbesDeps,
  lease: LeaseId,
  { service, replica }: Pick<ReplicaStatus, 'service' | 'replica'>,
  probe: HealthProbe,
): Promise<Said> {
  const timeout = AbortSignal.timeout(probe.timeoutSeconds * 1000);
  const until = AbortSignal.any([timeout, deps.signal]);
  try {
    if (probe.kind === 'exec')
      return await probeByCommand(deps, lease, { service, replica }, probe.command, until);
    const target = await deps.driver.dial(lease, service, replica, probe.port);
    const socket = await connect(target);
    const stop = () => socket.destroy(new Error('no answer in time'));
    until.addEventListener('abort', stop, { once: true });
    try {
      until.throwIfAborted();
      if (probe.kind === 'http') return await getStatus(socket, probe.path);
      return target.kind === 'tcp' || (await staysOpen(socket))
        ? { isPassed: true, detail: `port ${probe.port} takes connections` }
        : { isPassed: false, detail: `nothing listens on port ${probe.port}` };
    } finally {
      until.removeEventListener('abort', stop);
      socket.destroy();
    }
  } catch (error) {
    const fault = toFault(error, 'lease.probe-failed', 'user');
    const detail = timeout.aborted ? `no answer within ${probe.timeoutSeconds} s` : fault.message;
    return { isPassed: false, detail: detail.slice(0, 300) };
  }
}

function getStatus(socket: Socket, path: string): Promise<Said> {
  return new Promise((resolve, reject) => {
    const ask = request({
      path,
      headers: { host: 'localhost', 'user-agent': 'souk-health', connection: 'close' },
      createConnection: () => socket,
    });
    ask.once('error', reject);
    ask.once('response', (response) => {
      response.destroy();
      const status = response.statusCode ?? 0;
      resolve({ isPassed: status > 0 && status < 400, detail: `${path} answers ${status}` });
    });
    ask.end();
  });
}

function staysOpen(socket: Socket): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(true), bridgeDropMs);
    socket.once('data', () => resolve(true));
    for (const end of ['end', 'error', 'close'] as const)
      socket.once(end, () => {
        clearTimeout(timer);
        resolve(false);
      });
    socket.resume();
  });
}

async function probeByCommand(
  { driver }: Pick<ProbesDeps, 'driver'>,
  lease: LeaseId,
  at: Pick<ReplicaStatus, 'service' | 'replica'>,
  command: readonly string[],
  signal: AbortSignal,
): Promise<Said> {
  const session = await driver.exec(lease, { ...at, command, tty: null, signal });
  const read = async () => {
    let tail = Buffer.alloc(0);
    for await (const { bytes } of session.output) tail = Buffer.concat([tail, bytes]).subarray(-200);
    return tail.toString('utf8').trim();
  };
  const gone = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(new Error('no answer in time')), { once: true }),
  );
  const [said, code] = await Promise.race([Promise.all([read(), session.exit]), gone]);
  if (code === 0) return { isPassed: true, detail: 'its command exits with 0' };
  return { isPassed: false, detail: `its command exits with ${code}${said === '' ? '' : `: ${said}`}` };
}
