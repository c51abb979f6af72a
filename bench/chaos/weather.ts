/** What goes wrong, when: a seeded schedule of faults, and how each is done to real processes, links and disks. */
import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export interface Victim {
  readonly name: string;
  readonly pid: () => number | undefined;
  /** What partitions cut. */
  readonly port?: number;
  /** On a disk of its own that may be filled. */
  readonly disk?: string;
}

export interface Sky {
  readonly providers: readonly Victim[];
  readonly watch: Victim;
  readonly chain: Victim & { readonly rpcUrl: string };
  readonly signal: AbortSignal;
  /** `seconds`: how long whoever is `hit` can't do its work; null hits everybody. */
  readonly tell: (what: string, hit: Victim | null, seconds: number) => void;
}

/** Small, fast, and the same on every machine (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export type FaultKind = 'kill' | 'freeze' | 'partition' | 'chain-pause' | 'reorg' | 'disk-full';
export type Tally = Record<FaultKind, number>;

const killEveryMs = 20_000;
const otherEveryMs = 45_000;

/** Until `untilMs`: a kill -9 every 20 s, and something worse every 45 s and what it lasts. Everything it did is undone when it returns. */
export async function storm(sky: Sky, random: () => number, untilMs: number): Promise<Tally> {
  const tally: Tally = { kill: 0, freeze: 0, partition: 0, 'chain-pause': 0, reorg: 0, 'disk-full': 0 };
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const kills = repeat(killEveryMs, untilMs, sky.signal, async () => {
    const victim = random() < 0.25 ? sky.watch : pick(sky.providers);
    sky.tell(`kill -9 ${victim.name}`, victim, 0);
    if (send(victim, 'SIGKILL')) tally.kill += 1;
  });
  // Each kind in its turn, in an order of its own, so that even a short storm has all of them.
  let due: FaultKind[] = [];
  const others = repeat(otherEveryMs, untilMs, sky.signal, async () => {
    const provider = pick(sky.providers);
    if (due.length === 0) due = shuffled(otherKinds(provider), random);
    const kind = due.pop() ?? 'reorg';
    tally[kind] += 1;
    await strike(kind, provider, sky, random);
  });
  await Promise.all([kills, others]);
  return tally;
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  return list
    .map((value) => ({ value, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ value }) => value);
}

function otherKinds(provider: Victim): readonly FaultKind[] {
  const disk: readonly FaultKind[] = provider.disk === undefined ? [] : ['disk-full'];
  const link: readonly FaultKind[] = canPartition() ? ['partition'] : [];
  return ['freeze', 'chain-pause', 'reorg', ...link, ...disk];
}

async function strike(kind: FaultKind, provider: Victim, sky: Sky, random: () => number): Promise<void> {
  const seconds = 10 + Math.floor(random() * 20);
  switch (kind) {
    case 'kill':
      return;
    case 'freeze':
      // Long enough that its leases move: to the network it is dead, and it comes back from the dead.
      return freeze(provider, seconds + 25, sky);
    case 'chain-pause':
      return freeze(sky.chain, seconds, sky);
    case 'partition':
      return partition(provider, seconds + 15, sky);
    case 'reorg':
      return reorg(1 + Math.floor(random() * 3), sky);
    case 'disk-full':
      return fillDisk(provider, seconds, sky);
  }
}

async function freeze(victim: Victim, seconds: number, sky: Sky): Promise<void> {
  sky.tell(`${victim.name} stands still for ${seconds} s`, victim === sky.chain ? null : victim, seconds);
  const pid = victim.pid();
  if (pid === undefined || !send(victim, 'SIGSTOP')) return;
  await pause(seconds * 1000, sky.signal);
  signalPid(pid, 'SIGCONT');
}

async function partition(victim: Victim, seconds: number, sky: Sky): Promise<void> {
  sky.tell(`${victim.name} is cut off from its peers for ${seconds} s`, victim, seconds);
  const table = `souk_chaos_${process.pid}`;
  const rules = ['dport', 'sport'].map((side) => `tcp ${side} ${victim.port} drop`).join('; ');
  nft(`table inet ${table} {\n chain in { type filter hook input priority 0; ${rules}; }\n}`);
  try {
    await pause(seconds * 1000, sky.signal);
  } finally {
    nft(`delete table inet ${table}`);
  }
}

/** Whatever was mined within these blocks is as if it had never been, and other blocks take their place. */
async function reorg(depth: number, sky: Sky): Promise<void> {
  sky.tell(`the chain takes ${depth} blocks back`, null, 0);
  try {
    const snapshot = await rpc(sky, 'evm_snapshot', []);
    await pause(depth * 1000, sky.signal);
    await rpc(sky, 'evm_revert', [snapshot]);
  } catch (error) {
    sky.tell(`it did not: ${(error as Error).message}`, null, 0);
  }
}

async function rpc(sky: Sky, method: string, params: readonly unknown[]): Promise<unknown> {
  const response = await fetch(sky.chain.rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    signal: AbortSignal.timeout(10_000),
  });
  const answer = (await response.json()) as { result?: unknown; error?: { message: string } };
  if (answer.error) throw new Error(answer.error.message);
  return answer.result;
}

async function fillDisk(victim: Victim, seconds: number, sky: Sky): Promise<void> {
  if (victim.disk === undefined) return;
  sky.tell(`${victim.name}’s disk is full for ${seconds} s`, victim, seconds);
  const file = join(victim.disk, 'ballast');
  const block = Buffer.alloc(2 ** 20);
  const handle = openSync(file, 'w');
  try {
    for (;;) writeSync(handle, block);
  } catch {
    // That is the point.
  }
  closeSync(handle);
  await pause(seconds * 1000, sky.signal);
  rmSync(file, { force: true });
}

export function canPartition(): boolean {
  try {
    nft('list tables');
    return true;
  } catch {
    return false;
  }
}

function nft(rules: string): void {
  execFileSync('nft', ['-f', '-'], { input: `${rules}\n`, stdio: ['pipe', 'ignore', 'ignore'] });
}

function send(victim: Victim, signal: NodeJS.Signals): boolean {
  const pid = victim.pid();
  return pid !== undefined && signalPid(pid, signal);
}

/** False where it has ended meanwhile. */
function signalPid(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

async function repeat(
  everyMs: number,
  untilMs: number,
  signal: AbortSignal,
  work: () => Promise<void>,
): Promise<void> {
  for (;;) {
    await pause(everyMs, signal);
    if (signal.aborted || Date.now() >= untilMs) return;
    await work();
  }
}

export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}
