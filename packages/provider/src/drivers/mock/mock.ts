/**
 * The driver that runs nothing: workloads are entries in a map, logs are what `control.print` says, `dial` reaches a
 * small HTTP server on loopback that answers with the replica's name. It does what its control is told, above all
 * fail. For tests of whatever calls a driver; never constructed by a daemon.
 */
import { createHash } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, type Fault, type LeaseId, type LogLine, systemClock } from '@souk/protocol';
import type {
  DialTarget,
  Driver,
  ExecOptions,
  ExecSession,
  ImageSource,
  LocalImage,
  LogOptions,
  ReplicaStatus,
  ReplicaUsage,
  VolumePlace,
  WorkloadSpec,
} from '../driver.ts';
import { imageNotFound, notRunning, portNotExposed } from '../faults.ts';
import { mayRestart, type WantedReplica, wantedReplicas } from '../wanted.ts';

export type MockMethod =
  | 'ping'
  | 'ensureImage'
  | 'hasImage'
  | 'apply'
  | 'stop'
  | 'prepareVolumes'
  | 'volumes'
  | 'remove'
  | 'list'
  | 'usage'
  | 'dial'
  | 'logs'
  | 'exec';

export interface MockOptions {
  readonly clock?: Clock;
  readonly warnings?: readonly string[];
  /** Images of registries that exist; all do where it is left out. */
  readonly registry?: readonly string[];
  /** Where persistent volumes are made, as real folders; a temporary folder where it is left out. */
  readonly volumesFolder?: string;
  /** How long each method takes. */
  readonly delayMs?: Partial<Record<MockMethod, number>>;
}

export interface MockControl {
  /** The next `times` (default 1) calls of `method` throw `fault`. */
  fail(method: MockMethod, fault: Fault, times?: number): void;
  /** Calls so far, oldest first, the last 10,000. */
  readonly calls: readonly { readonly method: MockMethod; readonly lease?: LeaseId }[];
  /** The latest spec that was applied, with its secrets. */
  appliedTo(lease: LeaseId): WorkloadSpec | undefined;
  /** As if the replica's process had ended by itself. */
  crash(lease: LeaseId, service: string, replica: number, lastExit: string): void;
  print(lease: LeaseId, service: string, replica: number, text: string): void;
  setUsage(lease: LeaseId, service: string, replica: number, usage: Partial<ReplicaUsage>): void;
  /** As if somebody had removed everything behind the driver's back. */
  forgetAll(): void;
}

interface MockReplica {
  readonly wanted: WantedReplica;
  state: Exclude<ReplicaStatus['state'], 'starting'>;
  restarts: number;
  lastExit: string | null;
  usage: ReplicaUsage;
  server: Server | undefined;
}

interface MockLease {
  spec: WorkloadSpec;
  replicas: Map<string, MockReplica>;
  readonly lines: LogLine[];
  readonly events: EventEmitter;
  /** Lines dropped from the front of `lines`. */
  dropped: number;
}

const maxLines = 10_000;
const maxCalls = 10_000;
const keyOf = (service: string, replica: number) => `${service}/${replica}`;

export function createMockDriver(options: MockOptions = {}): Driver & { readonly control: MockControl } {
  const clock = options.clock ?? systemClock;
  const images = new Map<string, LocalImage>();
  const leases = new Map<LeaseId, MockLease>();
  const failures = new Map<MockMethod, Fault[]>();
  const calls: { method: MockMethod; lease?: LeaseId }[] = [];
  const places = new Map<LeaseId, Map<string, VolumePlace>>();
  let ownFolder: string | undefined;
  const volumesFolder = () =>
    options.volumesFolder ?? (ownFolder ??= mkdtempSync(join(tmpdir(), 'souk-mock-')));

  async function enter(method: MockMethod, lease?: LeaseId, signal?: AbortSignal): Promise<void> {
    calls.push(lease === undefined ? { method } : { method, lease });
    if (calls.length > maxCalls) calls.shift();
    const delay = options.delayMs?.[method] ?? 0;
    if (delay > 0) await clock.sleep(delay, signal);
    signal?.throwIfAborted();
    const fault = failures.get(method)?.shift();
    if (fault !== undefined) throw fault;
  }

  function find(lease: LeaseId, service: string, replica: number): MockReplica {
    const found = leases.get(lease)?.replicas.get(keyOf(service, replica));
    if (found === undefined) throw notRunning(service, replica);
    return found;
  }

  function findRunning(lease: LeaseId, service: string, replica: number): MockReplica {
    const found = find(lease, service, replica);
    if (found.state !== 'running') throw notRunning(service, replica);
    return found;
  }

  function print(lease: LeaseId, service: string, replica: number, text: string): void {
    const entry = leases.get(lease);
    if (entry === undefined) return;
    entry.lines.push({ at: clock.now(), service, replica, stream: 'stdout', text });
    if (entry.lines.length > maxLines) {
      entry.lines.shift();
      entry.dropped += 1;
    }
    entry.events.emit('line');
  }

  function makeVolumes(spec: WorkloadSpec): readonly VolumePlace[] {
    const made = places.get(spec.lease) ?? new Map<string, VolumePlace>();
    return wantedReplicas(spec).flatMap(({ service, replica, mounts }) =>
      mounts.flatMap(({ volume, bytes, kind }) => {
        if (kind !== 'persistent') return [];
        const key = `${service}.${replica}.${volume}`;
        const path = join(volumesFolder(), spec.lease, key);
        mkdirSync(path, { recursive: true });
        const place = { service, replica, volume, path, bytes, owner: null };
        places.set(spec.lease, made.set(key, place));
        return [place];
      }),
    );
  }

  function removeLease(lease: LeaseId): void {
    const entry = leases.get(lease);
    leases.delete(lease);
    if (places.delete(lease)) rmSync(join(volumesFolder(), lease), { recursive: true, force: true });
    for (const replica of entry?.replicas.values() ?? []) replica.server?.close();
    entry?.events.emit('line');
  }

  const control: MockControl = {
    calls,
    fail(method, fault, times = 1) {
      const queue = failures.get(method) ?? [];
      failures.set(method, [...queue, ...Array.from({ length: times }, () => fault)]);
    },
    appliedTo: (lease) => leases.get(lease)?.spec,
    crash(lease, service, replica, lastExit) {
      const found = find(lease, service, replica);
      found.state = 'exited';
      found.lastExit = lastExit;
      found.server?.close();
      found.server = undefined;
    },
    print,
    setUsage(lease, service, replica, usage) {
      const found = find(lease, service, replica);
      found.usage = { ...found.usage, ...usage };
    },
    forgetAll() {
      for (const lease of leases.keys()) removeLease(lease);
    },
  };

  return {
    name: 'mock',
    warnings: options.warnings ?? [],
    control,

    async ping() {
      await enter('ping');
    },

    async ensureImage(source: ImageSource, { signal, onProgress }) {
      await enter('ensureImage', undefined, signal);
      onProgress?.(0);
      const { reference } = source;
      if (
        source.kind === 'registry' &&
        options.registry !== undefined &&
        !options.registry.includes(reference)
      )
        throw imageNotFound(reference);
      const image = {
        reference,
        digest: source.kind === 'archive' ? source.digest : digestOfText(reference),
      };
      images.set(image.digest, image);
      onProgress?.(100);
      return image;
    },

    async hasImage(digest) {
      await enter('hasImage');
      return images.get(digest);
    },

    async apply(spec: WorkloadSpec, signal) {
      await enter('apply', spec.lease, signal);
      for (const { image } of spec.services)
        if (!images.has(image.digest)) throw imageNotFound(image.reference);
      const wanted = wantedReplicas(spec);
      makeVolumes(spec);
      const entry = leases.get(spec.lease) ?? {
        spec,
        replicas: new Map<string, MockReplica>(),
        lines: [],
        events: new EventEmitter().setMaxListeners(0),
        dropped: 0,
      };
      entry.spec = spec;
      leases.set(spec.lease, entry);
      const before = entry.replicas;
      entry.replicas = new Map(
        wanted.map((each) => {
          const key = keyOf(each.service, each.replica);
          const old = before.get(key);
          before.delete(key);
          if (old?.wanted.hash === each.hash) return [key, old];
          old?.server?.close();
          return [key, newReplica(each)];
        }),
      );
      for (const gone of before.values()) gone.server?.close();
      for (const replica of entry.replicas.values()) {
        const { service, replica: index } = replica.wanted;
        if (replica.state === 'stopped') replica.state = 'running';
        else if (replica.state === 'exited') {
          if (!mayRestart(replica.wanted.restart, replica.lastExit)) continue;
          replica.state = 'running';
          replica.restarts += 1;
        } else if (entry.lines.some((line) => line.service === service && line.replica === index)) continue;
        print(spec.lease, service, index, 'started');
      }
    },

    async stop(lease) {
      await enter('stop', lease);
      for (const replica of leases.get(lease)?.replicas.values() ?? []) {
        replica.state = 'stopped';
        replica.server?.close();
        replica.server = undefined;
      }
    },

    async prepareVolumes(spec) {
      await enter('prepareVolumes', spec.lease);
      return makeVolumes(spec);
    },

    async volumes(lease) {
      await enter('volumes', lease);
      return [...(places.get(lease)?.values() ?? [])];
    },

    async remove(lease) {
      await enter('remove', lease);
      removeLease(lease);
    },

    async list() {
      await enter('list');
      return [...leases].map(([lease, entry]) => ({
        lease,
        replicas: [...entry.replicas.values()].map(({ wanted, state, restarts, lastExit }) => ({
          service: wanted.service,
          replica: wanted.replica,
          state,
          restarts,
          lastExit,
        })),
      }));
    },

    async usage(lease) {
      await enter('usage', lease);
      return [...(leases.get(lease)?.replicas.values() ?? [])].map(({ usage }) => usage);
    },

    async dial(lease, service, replica, port): Promise<DialTarget> {
      await enter('dial', lease);
      const found = findRunning(lease, service, replica);
      if (!found.wanted.tcpPorts.includes(port)) throw portNotExposed(service, port);
      found.server ??= await serveName(`${service}/${replica}`);
      return { kind: 'tcp', host: '127.0.0.1', port: (found.server.address() as AddressInfo).port };
    },

    async *logs(lease, logOptions: LogOptions) {
      await enter('logs', lease, logOptions.signal);
      const entry = leases.get(lease);
      if (entry !== undefined) yield* followLines(entry, logOptions, () => leases.get(lease) === entry);
    },

    async exec(lease, execOptions: ExecOptions) {
      await enter('exec', lease, execOptions.signal);
      findRunning(lease, execOptions.service, execOptions.replica);
      return playCommand(execOptions.command);
    },

    async [Symbol.asyncDispose]() {
      for (const { replicas } of leases.values())
        for (const replica of replicas.values()) replica.server?.close();
      if (ownFolder !== undefined) rmSync(ownFolder, { recursive: true, force: true });
    },
  };
}

function newReplica(wanted: WantedReplica): MockReplica {
  const { service, replica } = wanted;
  const usage = {
    service,
    replica,
    cpuSeconds: 0,
    memoryBytes: 0,
    networkRxBytes: 0,
    networkTxBytes: 0,
    diskBytes: 0,
  };
  return { wanted, state: 'running', restarts: 0, lastExit: null, usage, server: undefined };
}

async function* followLines(
  entry: MockLease,
  { service, follow, tail, since = 0, signal }: LogOptions,
  isAlive: () => boolean,
): AsyncIterable<LogLine> {
  const isWanted = (line: LogLine) => (service === null || line.service === service) && line.at >= since;
  const past = entry.lines.filter(isWanted);
  yield* tail === 0 ? [] : past.slice(-tail);
  let next = entry.dropped + entry.lines.length;
  while (follow && isAlive() && !signal.aborted) {
    const fresh = entry.lines.slice(Math.max(0, next - entry.dropped));
    next = entry.dropped + entry.lines.length;
    yield* fresh.filter(isWanted);
    if (fresh.length === 0 && isAlive()) await once(entry.events, 'line', { signal }).catch(() => undefined);
  }
}

/** Understands `echo WORD…`, `cat` (until input ends) and `exit CODE`, alone or after `sh -c`. */
function playCommand(command: readonly string[]): ExecSession {
  const words = command[0] === 'sh' && command[1] === '-c' ? (command[2] ?? '').split(' ') : command;
  const [program = '', ...rest] = words;
  const input: Uint8Array[] = [];
  const { promise: inputEnded, resolve: endInput } = Promise.withResolvers<void>();

  async function play(): Promise<{ stdout?: Uint8Array; stderr?: Uint8Array; code: number }> {
    if (program === 'echo') return { stdout: Buffer.from(`${rest.join(' ')}\n`), code: 0 };
    if (program === 'exit') return { code: Number(rest[0] ?? 0) };
    if (program !== 'cat') return { stderr: Buffer.from(`${program}: not found\n`), code: 127 };
    await inputEnded;
    return { stdout: Buffer.concat(input), code: 0 };
  }
  const played = play();
  async function* output(): ExecSession['output'] {
    const { stdout, stderr } = await played;
    if (stdout !== undefined) yield { stream: 'stdout', bytes: stdout };
    if (stderr !== undefined) yield { stream: 'stderr', bytes: stderr };
  }
  return {
    output: output(),
    write: async (bytes) => void input.push(bytes),
    endInput: async () => endInput(),
    resize: async () => undefined,
    exit: played.then(({ code }) => code),
  };
}

async function serveName(name: string): Promise<Server> {
  const server = createServer((_request, response) => response.end(name));
  server.unref();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function digestOfText(value: string): string {
  return `sha256:${createHash('sha256').update(value).digest('hex')}`;
}
