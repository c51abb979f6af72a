/**
 * The subnet of `souk up --subnet`: the tenant's key owns it, three validators and six miners work in it, each a
 * process of its own (about 100 MB), so that each can be killed alone and the operating system shares the cores among
 * miners that are measured, which one event loop would not. Two of the miners are what validators are there to find:
 * one does half of what it is asked, one gives out the answers of others.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SubnetReads, SubnetWriter } from '@souk/chain';
import type { Log } from '@souk/protocol';
import { z } from 'zod';
import { writeFileAtomically } from '../home.ts';
import { writeIdentity } from '../subnet/identity.ts';
import { type Child, startChild } from './children.ts';
import { sitePages, startSite } from './site.ts';
import { freePorts, type LocalFolder } from './state.ts';

export const localSubnetKinds = ['compute', 'data'] as const;
export type LocalSubnetKind = (typeof localSubnetKinds)[number];

export interface LocalSubnetOptions {
  readonly kind: LocalSubnetKind;
  /** Blocks of an epoch. */
  readonly tempo: number;
}

export interface LocalActor {
  readonly name: string;
  readonly role: 'validate' | 'mine';
  /** Whole SOUK: staked by a validator, spent by a miner on its place. */
  readonly souk: number;
  readonly flags: readonly string[];
}

const validator = (name: string): LocalActor => ({
  name,
  role: 'validate',
  souk: 1_000,
  flags: ['--stake', '1000', '--claim'],
});
const miner = (name: string, ...flags: readonly string[]): LocalActor => ({
  name,
  role: 'mine',
  souk: 100,
  flags: ['--max-price', '50', ...flags],
});

export const localActors: readonly LocalActor[] = [
  validator('validator-1'),
  validator('validator-2'),
  validator('validator-3'),
  // One of them claims: each that does computes every epoch, for which this machine has better use.
  miner('miner-1', '--claim'),
  miner('miner-2'),
  miner('miner-3'),
  miner('miner-4'),
  miner('miner-lazy', '--act', 'lazy'),
  miner('miner-copier', '--act', 'copy'),
];

export interface RunningActor {
  readonly name: string;
  readonly role: LocalActor['role'];
  readonly pid: () => number | undefined;
  readonly operator: string;
  /** Of a miner. */
  readonly registration: number | null;
}

export interface LocalSubnet extends AsyncDisposable {
  readonly subnet: number;
  readonly kind: LocalSubnetKind;
  readonly tempo: number;
  readonly actors: readonly RunningActor[];
}

export interface LocalSubnetDeps {
  readonly folder: LocalFolder;
  readonly log: Log;
  readonly reads: SubnetReads;
  /** Of the tenant's key, which becomes the owner. */
  readonly owner: SubnetWriter;
  /** Makes the actor's key, if need be, and gives it what it needs; funds come from the faucet. */
  readonly fund: (home: string, actor: LocalActor) => Promise<void>;
  readonly step: (text: string) => void;
  readonly staysDead: boolean;
}

const startMs = 90_000;
const recordSchema = z.strictObject({
  subnet: z.number().int(),
  tempo: z.number().int(),
  sitePort: z.number().int(),
});

export async function startLocalSubnet(
  deps: LocalSubnetDeps,
  options: LocalSubnetOptions,
): Promise<LocalSubnet> {
  const { folder, step } = deps;
  await using stack = new AsyncDisposableStack();
  const { subnet, tempo, sitePort } = await ensureSubnet(deps, options);
  if (options.kind === 'data') stack.use(await startSite(sitePort));
  step(`starting ${localActors.length} miners and validators of subnet ${subnet}`);
  const children = await Promise.all(
    localActors.map(async (actor) => {
      await deps.fund(folder.actor(options.kind, actor.name), actor);
      return stack.use(await startActor(deps, { subnet, kind: options.kind, actor }));
    }),
  );
  const actors = children.map((child, index) => describe(child, localActors[index]!));
  const owned = stack.move();
  return { subnet, kind: options.kind, tempo, actors, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

async function ensureSubnet(
  { folder, owner, reads, step }: LocalSubnetDeps,
  { kind, tempo }: LocalSubnetOptions,
): Promise<z.output<typeof recordSchema>> {
  const file = join(folder.subnet(kind), 'subnet.json');
  if (existsSync(file)) return recordSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  step(`making a subnet with mechanism ${kind}`);
  const [sitePort = 0] = await freePorts(1);
  const sources =
    kind === 'data' ? sitePages.map((path) => `http://127.0.0.1:${sitePort}${path}`) : undefined;
  const about = 'three validators and six miners on this machine, one of them lazy, one a copier';
  const identity = writeIdentity({ name: `local-${kind}`, mechanisms: [kind], about, sources });
  const { subnet } = await owner.create({ tempo, maxPrice: await reads.creationPrice(), identity });
  const record = { subnet, tempo, sitePort };
  writeFileAtomically(file, `${JSON.stringify(record)}\n`);
  return record;
}

function startActor(
  { folder, log, staysDead }: LocalSubnetDeps,
  {
    subnet,
    kind,
    actor,
  }: { readonly subnet: number; readonly kind: LocalSubnetKind; readonly actor: LocalActor },
): Promise<Child> {
  const home = folder.actor(kind, actor.name);
  const flags = ['--home', home, '--network', folder.networkFile, '--key', actor.name];
  const args = [actor.role, String(subnet), '--json', '--yes', ...flags, ...actor.flags];
  return startChild({
    name: actor.name,
    args: [...args, '--password-file', folder.passwordFile],
    logs: folder.logs,
    log,
    startMs,
    staysDead,
  });
}

function describe(child: Child, { name, role }: LocalActor): RunningActor {
  const { operator, registration } = child.started;
  return {
    name,
    role,
    pid: () => child.pid(),
    operator: typeof operator === 'string' ? operator : '',
    registration: typeof registration === 'number' ? registration : null,
  };
}
