/**
 * A storm over a whole network: 3 providers, 30 leases, and for minutes daemons are killed, frozen and cut off, the
 * chain stands still and takes blocks back, disks fill. Afterwards everything must be where it should be, and nobody
 * may have paid, worked or lost more than was agreed. `npm run bench:chaos -- --minutes 10 [--seed N] [--json]`
 */
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type ChainEvent, connectChain } from '@souk/chain';
import {
  localFolder,
  localProviders,
  type LocalNetwork,
  openDeploymentStore,
  removeWorkloads,
  startLocalNetwork,
} from '@souk/cli';
import { silentLog, systemClock } from '@souk/protocol';
import { describeMachine, percentile, renderTable } from '../measure.ts';
import {
  bytesLostBeyondRpo,
  deadSecondsBeyondWindow,
  failoverSeconds,
  type LeaseSeen,
  type Line,
  outagesOf,
  unpaidSecondsBeyondGrace,
} from './judge.ts';
import { get, observe, type Observed, probe, runningWorkloads, urlOf } from './observe.ts';
import { canPartition, pause, seeded, type Sky, storm, type Tally, type Victim } from './weather.ts';
import { workloadFile } from './workload.ts';

const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '10' },
    leases: { type: 'string', default: '30' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const minutes = Number(flags.minutes);
const count = Number(flags.leases);
const seed = Number(flags.seed);
/** Pay of this age can be taken back: nobody may lose more. */
const windowSeconds = 60;
const snapshotSeconds = 20;
/** A snapshot's schedule, and the time one takes under a storm. */
const rpoSeconds = snapshotSeconds + 20;
/** For a provider that is up, with a chain that answers, to see that a lease has ended and to end its workload. */
const graceSeconds = 20;
const settleMs = 180_000;

/** Equal prices, so that leases are spread; room for all of them on any two. */
const [first] = localProviders;
const providers = localProviders.map((provider) => ({
  ...provider,
  prices: first?.prices ?? provider.prices,
  capacity: `cpu=${Math.max(1, count * 0.07)},memory=16Gi,storage=32Gi`,
}));

const main = join(import.meta.dirname, '../../packages/cli/src/main.ts');
const isRoot = process.getuid?.() === 0;
const abort = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => abort.abort(new Error(signal)));

console.log(
  `machine: ${describeMachine()}\ncommand: npm run bench:chaos -- --minutes ${minutes} --leases ${count} --seed ${seed}\n`,
);
const figures = await run();
if (flags.json) console.log(JSON.stringify(figures));
process.exit(figures.misplaced + figures.orphans + figures.bytesLostBeyondRpo > 0 ? 1 : 0);

async function run() {
  const home = mkdtempSync(join(tmpdir(), 'souk-chaos-'));
  await using stack = new AsyncDisposableStack();
  stack.defer(() => rmSync(home, { recursive: true, force: true }));
  const folder = localFolder(home);
  const disks = isRoot ? ownDisks((name) => folder.provider(name), stack) : new Map<string, string>();
  stack.defer(async () => void (await removeWorkloads(folder, silentLog)));
  const network = stack.use(
    await startLocalNetwork({
      home,
      log: silentLog,
      driver: 'sandbox',
      providers,
      watch: true,
      fundUsd: 10_000,
    }),
  );
  const names = await deployAll(home);
  const store = openDeploymentStore(join(folder.root, 'deployments'));
  const sky = skyOf({ home, network, disks });

  const watching = new AbortController();
  const ingressPorts = new Set(network.providers.map(({ ingress }) => new URL(ingress).port));
  const seeing = observe({
    list: () => store.list(),
    ingressPorts,
    isAble: sky.isAble,
    signal: watching.signal,
  });
  await pause(10_000, abort.signal);
  const tally = await storm(sky, seeded(seed), Date.now() + minutes * 60_000);
  say('the storm is over; everything may settle');
  await settle(store, names);
  const end = Date.now();
  watching.abort();
  const observed = await seeing;
  const chain = stack.use(connectChain({ log: silentLog, clock: systemClock }, { network: network.network }));
  const events = await chain.eventsSince(network.network.fromBlock, { tenant: network.tenant });
  const judged = await judge({ store, network, observed, events, end, blockTime: blockTimes(network) });
  const left = await closeAll({ home, names, folder, ingressPorts });
  return report({ ...judged, orphans: judged.orphans + left, leases: names.length, seed }, tally);
}

function say(text: string): void {
  console.log(`${new Date().toISOString().slice(11, 19)}  ${text}`);
}

/** A small disk for each provider, so that one can be filled without filling the machine's. */
function ownDisks(
  folderOf: (name: string) => string,
  stack: AsyncDisposableStack,
): ReadonlyMap<string, string> {
  const disks = new Map<string, string>();
  for (const name of ['amber', 'basil', 'cedar']) {
    const folder = folderOf(name);
    mkdirSync(folder, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2300m,mode=0700', 'tmpfs', folder]);
    stack.defer(() => void execFileSync('umount', ['-l', folder]));
    disks.set(name, folder);
  }
  return disks;
}

async function deployAll(home: string): Promise<readonly string[]> {
  await souk(home, 'image', 'build-example', 'hello');
  const image = 'souk/hello:1';
  const wish = { image, clawbackSeconds: windowSeconds, snapshotSeconds };
  const [plain, kept] = [join(home, 'plain.yaml'), join(home, 'kept.yaml')];
  writeFileSync(plain, workloadFile({ ...wish, hasVolume: false }));
  writeFileSync(kept, workloadFile({ ...wish, hasVolume: true }));
  const names = Array.from({ length: count }, (_, index) => `storm-${index}`);
  for (let from = 0; from < names.length; from += 3) {
    await Promise.all(
      names.slice(from, from + 3).map((name, offset) => {
        // Every third has a volume.
        const file = offset === 0 ? kept : plain;
        return souk(home, 'deploy', file, '--name', name, '--yes', '--deposit', '2', '--bids-wait', '10000');
      }),
    );
    say(`${Math.min(from + 3, names.length)} of ${names.length} deployed`);
  }
  return names;
}

function souk(home: string, ...args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const argv = ['--disable-warning=ExperimentalWarning', main, '--home', home, '--json', ...args];
    execFile(process.execPath, argv, { timeout: 240_000 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`souk ${args.join(' ')}: ${stderr.slice(-800)}`));
      else resolve(stdout);
    });
  });
}

interface WatchedSky extends Sky {
  readonly isAble: (ingressPort: string) => boolean;
}

function skyOf(input: {
  readonly home: string;
  readonly network: LocalNetwork;
  readonly disks: ReadonlyMap<string, string>;
}): WatchedSky {
  const { home, network, disks } = input;
  const folder = localFolder(home);
  const ports = JSON.parse(readFileSync(folder.stateFile, 'utf8')) as {
    providers: Record<string, { peerPort: number }>;
  };
  const providers = network.providers.map((provider): Victim => {
    const port = ports.providers[provider.name]?.peerPort;
    const disk = disks.get(provider.name);
    return {
      name: provider.name,
      pid: provider.pid,
      ...(port === undefined ? {} : { port }),
      ...(disk === undefined ? {} : { disk }),
    };
  });
  const troubledUntil = new Map<string, number>();
  const portOf = new Map(network.providers.map(({ name, ingress }) => [new URL(ingress).port, name]));
  const chainFile = join(folder.chain, 'anvil.json');
  return {
    providers,
    watch: { name: 'the watch', pid: () => pidIn(join(folder.root, 'watch.pid')) },
    chain: { name: 'the chain', pid: () => pidIn(chainFile), rpcUrl: network.network.rpcUrl },
    signal: abort.signal,
    tell: (what, hit, seconds) => {
      say(what);
      for (const { name } of hit === null ? providers : [hit])
        troubledUntil.set(name, Math.max(troubledUntil.get(name) ?? 0, Date.now() + seconds * 1000));
    },
    isAble: (ingressPort) => {
      const until = troubledUntil.get(portOf.get(ingressPort) ?? '') ?? 0;
      return Date.now() - until > graceSeconds * 1000;
    },
  };
}

/** Of a pid file, or of a JSON file that begins with one. */
function pidIn(file: string): number | undefined {
  try {
    const pid = /^(?:\{"pid":)?([0-9]+)/.exec(readFileSync(file, 'utf8'))?.[1];
    return pid === undefined ? undefined : Number(pid);
  } catch {
    return undefined;
  }
}

type Store = ReturnType<typeof openDeploymentStore>;

/** Until every deployment answers as the lease of its record, for a while. */
async function settle(store: Store, names: readonly string[]): Promise<void> {
  const deadline = Date.now() + settleMs;
  for (let calm = 0; calm < 5 && Date.now() < deadline && !abort.signal.aborted;) {
    const records = (await store.list()).filter(({ name }) => names.includes(name));
    const seen = await Promise.all(records.map(async (record) => [record, await probe(record)] as const));
    const isCalm = seen.every(([record, { lease }]) => lease !== null && lease === record.groups[0]?.lease);
    calm = isCalm ? calm + 1 : 0;
    await pause(2000, abort.signal);
  }
}

interface Judging {
  readonly store: Store;
  readonly network: LocalNetwork;
  readonly observed: Observed;
  readonly events: readonly ChainEvent[];
  readonly end: number;
  readonly blockTime: (block: number) => Promise<number>;
}

async function judge({ store, network, observed, events, end, blockTime }: Judging) {
  const records = await store.list();
  const owners = new Map(
    records.flatMap((record) =>
      [...record.groups, ...record.leaving, ...record.history].map(
        ({ lease }) => [lease as string, record.name] as const,
      ),
    ),
  );
  const leases = await Promise.all(
    leasesOf(events).map((seen) => withTimes(seen, owners, events, blockTime)),
  );
  const open = leases.filter(({ closedAt }) => closedAt === null);
  const ingressOf = new Map(network.providers.map((each) => [each.operator, new URL(each.ingress).port]));
  const ports = new Set(ingressOf.values());
  const running = new Map(runningWorkloads(ports).map((each) => [each.lease, each.ingressPort]));

  const misplaced = records.filter((record) => {
    const own = open.filter((lease) => lease.deployment === record.name);
    const [lease] = own;
    const isRight =
      lease !== undefined &&
      own.length === 1 &&
      lease.lease === record.groups[0]?.lease &&
      running.get(lease.lease) === ingressOf.get(lease.operator);
    if (!isRight)
      say(`misplaced: ${record.name}: ${own.length} open leases, record ${record.groups[0]?.phase}`);
    return !isRight;
  });
  const openIds = new Set(open.map(({ lease }) => lease));
  const strays = [
    ...[...running.keys()].filter((lease) => !openIds.has(lease)).map((lease) => `workload of ${lease}`),
    ...open.filter(({ lease }) => !owners.has(lease)).map(({ lease }) => `lease ${lease}`),
  ];
  for (const stray of strays) say(`orphan: ${stray}`);

  const outages = new Map([...observed.probes].map(([name, probes]) => [name, outagesOf(probes, end)]));
  const moves = [...outages.values()].flatMap((all) => failoverSeconds(all));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const bytesLost = await Promise.all(
    records.map(async (record) => {
      const probes = observed.probes.get(record.name) ?? [];
      if (!probes.some(({ lines }) => lines !== null)) return 0;
      const url = urlOf(record);
      const kept = url === undefined ? [] : await readLines(url);
      return bytesLostBeyondRpo(probes, outages.get(record.name) ?? [], kept, rpoSeconds);
    }),
  );
  return {
    misplaced: misplaced.length,
    orphans: strays.length,
    unpaidSecondsBeyondGrace: sum(
      leases.map((lease) =>
        unpaidSecondsBeyondGrace(lease, observed.workloads.get(lease.lease) ?? [], graceSeconds),
      ),
    ),
    deadSecondsPaidBeyondWindow: sum(
      leases.map((lease) => deadSecondsBeyondWindow(lease, outages.get(lease.deployment) ?? [], end)),
    ),
    bytesLostBeyondRpo: sum(bytesLost),
    failoverSecondsP95: moves.length === 0 ? 0 : percentile(moves, 95),
    moves: moves.length,
    outages: sum([...outages.values()].map((all) => all.length)),
  };
}

function leasesOf(events: readonly ChainEvent[]) {
  return events.flatMap((event) => (event.kind === 'lease-opened' ? [event] : []));
}

async function withTimes(
  opened: ReturnType<typeof leasesOf>[number],
  owners: ReadonlyMap<string, string>,
  events: readonly ChainEvent[],
  blockTime: (block: number) => Promise<number>,
): Promise<LeaseSeen> {
  const own = events.filter((event) => event.lease === opened.lease);
  const ready = own.find((event) => event.kind === 'lease-ready');
  const closed = own.findLast((event) => event.kind === 'lease-closed');
  return {
    lease: opened.lease,
    deployment: owners.get(opened.lease) ?? '',
    operator: opened.terms.operator,
    readyAt: ready?.readyAt ?? (closed?.wasReady === true ? opened.terms.startDeadline : null),
    closedAt: closed === undefined ? null : await blockTime(closed.block),
    effectiveAt: closed?.effectiveAt ?? null,
    windowSeconds: opened.terms.clawbackWindow,
  };
}

/** Unix seconds of a block. */
function blockTimes(network: LocalNetwork): (block: number) => Promise<number> {
  return async (block) => {
    const params = [`0x${block.toString(16)}`, false];
    const response = await fetch(network.network.rpcUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_getBlockByNumber', params }),
    });
    const { result } = (await response.json()) as { result: { timestamp: string } };
    return Number(result.timestamp);
  };
}

async function readLines(url: string): Promise<readonly Line[]> {
  const text = await get(url, '/log').catch(() => '');
  return text.split('\n').flatMap((line) => {
    const [number, at] = line.split(' ').map(Number);
    return number === undefined || at === undefined || Number.isNaN(at)
      ? []
      : [{ number, at, bytes: line.length + 1 }];
  });
}

/** Everything is closed again: what is left of it on this machine is an orphan. */
async function closeAll(input: {
  readonly home: string;
  readonly names: readonly string[];
  readonly folder: ReturnType<typeof localFolder>;
  readonly ingressPorts: ReadonlySet<string>;
}): Promise<number> {
  for (const name of input.names)
    await souk(input.home, 'close', name, '--yes').catch((error: unknown) =>
      say(`not closed: ${String(error)}`),
    );
  const deadline = Date.now() + 60_000;
  const left = () => [
    ...runningWorkloads(input.ingressPorts).map(({ lease }) => `workload of ${lease}`),
    ...['amber', 'basil', 'cedar'].flatMap((name) => {
      const replicas = join(input.folder.provider(name), 'networks/local/providers', name, 'driver/replicas');
      return listFolder(replicas).map((entry) => `${name}/${entry}`);
    }),
  ];
  while (left().length > 0 && Date.now() < deadline) await pause(1000, abort.signal);
  for (const orphan of left()) say(`left behind: ${orphan}`);
  return left().length;
}

function listFolder(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

type Judged = Awaited<ReturnType<typeof judge>>;

function report(judged: Judged & { readonly leases: number; readonly seed: number }, tally: Tally) {
  const rows: [string, string, string][] = [
    ['leases', String(judged.leases), ''],
    ['kill -9 of a daemon', String(tally.kill), ''],
    ['daemon frozen', String(tally.freeze), ''],
    ['provider cut off from its peers', canPartition() ? String(tally.partition) : 'needs root', ''],
    ['chain standing still', String(tally['chain-pause']), ''],
    ['chain taking blocks back', String(tally.reorg), ''],
    ['provider’s disk full', isRoot ? String(tally['disk-full']) : 'needs root', ''],
    ['outages that users saw', String(judged.outages), ''],
    ['moves to another lease', String(judged.moves), ''],
    ['outage of a move, p95', `${judged.failoverSecondsP95.toFixed(1)} s`, '60 s'],
    ['deployments not where they should be', String(judged.misplaced), '0'],
    ['orphans: workloads, leases, folders', String(judged.orphans), '0'],
    [`unpaid seconds beyond ${graceSeconds} s of grace`, String(judged.unpaidSecondsBeyondGrace), '0'],
    [
      `dead seconds paid beyond the window of ${windowSeconds} s`,
      String(judged.deadSecondsPaidBeyondWindow),
      '0',
    ],
    [`bytes lost beyond the RPO of ${rpoSeconds} s`, String(judged.bytesLostBeyondRpo), '0'],
  ];
  console.log(`\n${renderTable(['', 'seen', 'bar'], rows)}\n`);
  const { leases, misplaced, orphans, unpaidSecondsBeyondGrace: unpaid } = judged;
  return {
    leases,
    misplaced,
    orphans,
    unpaidSecondsBeyondGrace: unpaid,
    deadSecondsPaidBeyondWindow: judged.deadSecondsPaidBeyondWindow,
    bytesLostBeyondRpo: judged.bytesLostBeyondRpo,
    failoverSecondsP95: Number(judged.failoverSecondsP95.toFixed(1)),
    seed: judged.seed,
  };
}
