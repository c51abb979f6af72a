/**
 * The miner: answers validators' tasks in one subnet, and keeps its endpoints and units on chain as they are. It trusts
 * nobody for being a validator but the chain's events. `souk mine` starts it.
 */
import type { SubnetReads, SubnetWriter } from '@souk/chain';
import type { Metrics } from '@souk/daemon';
import type { Peer } from '@souk/net';
import {
  type Address,
  type Clock,
  type Log,
  type Signed,
  type Signer,
  type SubnetTask,
  subnetTaskProtocol,
  toFault,
} from '@souk/protocol';
import { openBook } from '../book/book.ts';
import { keyTrouble, servedBefore, type SubnetView } from '../book/view.ts';
import type { MinerConfig } from '../config.ts';
import { blocksOf, epochAt } from '../epochs/blocks.ts';
import type { Mechanism } from '../mechanisms/mechanism.ts';
import { createMinerMetrics } from '../metrics.ts';
import { pruningOf, type PruningRisk } from './pruning.ts';
import { createServing } from './serving.ts';
import { createTasks } from './tasks.ts';

export interface MinerDeps {
  readonly peer: Peer;
  readonly reads: SubnetReads;
  /** Of the hot key. */
  readonly writer: SubnetWriter;
  /** The operator's hot key: signs answers. The peer's key must be the same. */
  readonly signer: Signer;
  readonly operator: Address;
  readonly subnet: number;
  /** Of the subnet, in its order. */
  readonly mechanisms: readonly Mechanism[];
  /** Block of the contracts. */
  readonly fromBlock: number;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly log: Log;
  readonly fetch: typeof fetch;
}

export interface MinerStatus {
  readonly subnet: number;
  readonly head: number;
  readonly epoch: number;
  /** Undefined while the operator has no registration. */
  readonly registration: number | undefined;
  /** As they stand on chain. */
  readonly endpoints: string;
  readonly units: number;
  /** Tasks by what came of them since the start. */
  readonly tasks: Readonly<Record<string, number>>;
  readonly pruning: PruningRisk | undefined;
  /** What does not work at the moment, by part. */
  readonly troubles: Readonly<Record<string, string>>;
}

export interface Miner extends AsyncDisposable {
  status(): MinerStatus;
}

/** Throws `subnets.unknown-subnet`, and what the chain throws before anything was read. */
export async function startMiner(deps: MinerDeps, config: MinerConfig): Promise<Miner> {
  const { peer, reads, clock, subnet, operator } = deps;
  const log = deps.log.child({ subnet });
  const book = openBook(reads, { ...config, ...deps });
  const metrics = createMinerMetrics(deps.metrics);
  const tasks: Record<string, number> = {};
  const troubles: Record<string, string> = {};
  const read = () =>
    book.refresh(() => book.settle(book.isFound() ? epochAt(book.view().tempo, book.head()) : 0));
  await read();
  const view = () => book.view();
  const registered = () => view().registrationOf(operator);
  view();

  const serving = createServing({ ...deps, log, registered, config });
  const answer = createTasks(
    {
      ...deps,
      log,
      metrics,
      domain: reads.domain,
      registration: () => registered()?.registration,
      unitsIn: (epoch) => {
        const own = registered();
        return own && servedBefore(own, blocksOf(view().tempo, epoch).start)?.units;
      },
      whyNot: (task) => whyNot(view(), epochAt(view().tempo, book.head()), { task, config }),
    },
    config,
  );
  await peer.answer(subnetTaskProtocol, async (request, _remote, signal) => {
    const answered = await answer(request, signal);
    const outcome = answered.ok ? 'answered' : answered.reason;
    tasks[outcome] = (tasks[outcome] ?? 0) + 1;
    return answered;
  });

  let warned: number | undefined;
  async function look(): Promise<void> {
    await read();
    const epoch = epochAt(view().tempo, book.head());
    const risk = riskNow();
    if (risk !== undefined && warned !== epoch) {
      log.warn('registration may be pruned by the next newcomer', { ...risk });
      warned = epoch;
    }
    const { serveIntervalBlocks } = view().paramsIn(epoch);
    serving.keep(book.head(), Number(serveIntervalBlocks));
  }
  const riskNow = () => pruningOf(view(), { operator, block: book.head() });

  const stop = new AbortController();
  const loop = (async () => {
    while (!stop.signal.aborted) {
      try {
        await look();
        delete troubles['chain'];
      } catch (error) {
        const fault = toFault(error, 'subnets.miner-failed', 'self');
        troubles['chain'] = fault.message;
        log.warn('the chain could not be looked at', { code: fault.code, error });
      }
      await clock.sleep(config.pollMs, stop.signal).catch(() => undefined);
    }
  })();
  log.info('miner started', { operator, registration: registered()?.registration });

  return {
    status: () => {
      const own = registered();
      const served = own?.served.at(-1);
      return {
        subnet,
        head: book.head(),
        epoch: epochAt(view().tempo, book.head()),
        registration: own?.registration,
        endpoints: served?.endpoints ?? '',
        units: served?.units ?? 0,
        tasks: { ...tasks },
        pruning: riskNow(),
        troubles: { ...troubles, ...serving.troubles(), ...keyTrouble(view(), deps) },
      };
    },
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await loop;
    },
  };
}

function whyNot(
  view: SubnetView,
  epoch: number,
  { task, config }: { readonly task: Signed<SubnetTask>; readonly config: MinerConfig },
): string | undefined {
  const { validator } = task.message;
  if (view.hotKeyOf(validator) !== task.signer)
    return 'the signer is not the hot key of the operator it names';
  if (view.lastPost?.validators.some(({ operator }) => operator === validator) === true) return undefined;
  const needed = config.minimumStake ?? view.paramsIn(epoch).minStake;
  const stake = view.pools.get(validator) ?? 0n;
  return stake > 0n && stake >= needed ? undefined : 'it has neither a permit nor enough stake here';
}
