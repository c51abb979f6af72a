/** A whole subnet in memory: chain, peers, validators and miners, on a clock that moves only when a test says so. */
import { createTestClock } from '@souk/chain/testing';
import { createMetrics, openStore, type Store } from '@souk/daemon';
import { createFakeNetwork } from '@souk/net/testing';
import {
  type Address,
  attestationsTopic,
  type Clock,
  hashText,
  type LocalKey,
  localKey,
  type Log,
  silentLog,
  type SubnetParams,
} from '@souk/protocol';
import { minerConfigSchema, validatorConfigSchema } from '../config.ts';
import { blocksOf, type Tempo } from '../epochs/blocks.ts';
import type { Mechanism } from '../mechanisms/mechanism.ts';
import { startMiner } from '../miner/miner.ts';
import { createAttestationRelay } from '../validator/attestation-relay.ts';
import { startValidator, type Validator, type ValidatorDeps } from '../validator/validator.ts';
import { echoMechanism } from './echo.ts';
import { createFakeSubnets } from './fake-subnets.ts';

export const souk = 10n ** 18n;

export interface WorldOptions {
  readonly tempo?: number;
  readonly params?: Partial<SubnetParams>;
  readonly mechanisms?: readonly Mechanism[];
  readonly validatorSettings?: Readonly<Record<string, unknown>>;
  readonly quorumPatience?: number;
  readonly log?: Log;
}

/** An operator: cold and hot key, the same in every run. */
export interface Actor {
  readonly name: string;
  readonly cold: LocalKey;
  readonly hot: LocalKey;
}

export interface ValidatorActor extends Actor {
  readonly store: Store;
  readonly running: Validator | undefined;
  /** Of its peer, while it runs. */
  addresses(): readonly string[];
  /** As after a power cut, or a pause: the store stays. */
  stop(): Promise<void>;
  start(changes?: Partial<ValidatorDeps>): Promise<Validator>;
}

export type World = Awaited<ReturnType<typeof createWorld>>;

export async function createWorld(options: WorldOptions = {}) {
  const { tempo = 30, mechanisms = [echoMechanism], log = silentLog, quorumPatience = 10_000 } = options;
  const clock = createTestClock();
  const startSeconds = clock.now() / 1000;
  const chain = createFakeSubnets({ startSeconds, quorumPatience });
  const network = createFakeNetwork();
  const hub = await network.peer(keyOf('hub'), { clock });
  const operatorByHotKey = async (key: Address) => key;
  const relay = createAttestationRelay({ domain: chain.domain, clock, operatorByHotKey });
  await hub.join(attestationsTopic, relay, () => undefined);
  const stack = new AsyncDisposableStack();
  stack.use(hub);
  const fetchNothing = (() => Promise.reject(new Error('no network here'))) as typeof fetch;
  const config = validatorConfigSchema.parse({ pollMs: 1_000, ...options.validatorSettings });

  const owner = actor('owner');
  const created = chain.writer(owner.cold.address).create({
    tempo,
    maxPrice: 0n,
    identity: JSON.stringify({ name: 'test', mechanisms: mechanisms.map(({ name }) => name) }),
    params: { minPrice: 0n, collateral: 0n, ...options.params },
  });
  chain.mine();
  const { subnet, block: startBlock } = await created;
  const when: Tempo = { startBlock, tempo };

  function actor(name: string): Actor {
    const made = { name, cold: keyOf(`${name} cold`), hot: keyOf(`${name} hot`) };
    chain.setHotKey(made.cold.address, made.hot.address);
    chain.giveSouk(made.cold.address, 1_000_000n * souk);
    return made;
  }

  const common = (who: Actor) => ({
    reads: chain.reads,
    writer: chain.writer(who.hot.address),
    signer: who.hot,
    operator: who.cold.address,
    subnet,
    mechanisms,
    fromBlock: 0,
    metrics: createMetrics({ process: false }),
    clock: clock as Clock,
    log: log.child({ who: who.name }),
    fetch: fetchNothing,
  });

  async function connect(who: Actor) {
    const peer = await network.peer(who.hot, { clock });
    await peer.connect(hub.addresses());
    return peer;
  }

  async function validator(name: string, stake: bigint): Promise<ValidatorActor> {
    const who = actor(name);
    const store = openStore(':memory:');
    stack.defer(() => store[Symbol.dispose]());
    void chain.writer(who.cold.address).stake(subnet, who.cold.address, stake);
    let running: (Validator & AsyncDisposable) | undefined;
    let last: AsyncDisposableStack | undefined;
    let addresses: readonly string[] = [];
    const stop = async () => {
      running = undefined;
      await last?.disposeAsync();
      last = undefined;
    };
    stack.defer(stop);
    const start = async (changes: Partial<ValidatorDeps> = {}) => {
      await stop();
      last = new AsyncDisposableStack();
      const peer = last.use(await connect(who));
      addresses = peer.addresses();
      running = last.use(await startValidator({ ...common(who), peer, store, ...changes }, config));
      return running;
    };
    return {
      ...who,
      store,
      addresses: () => addresses,
      get running() {
        return running;
      },
      stop,
      start,
    };
  }

  async function miner(
    name: string,
    wish: {
      readonly settings?: Record<string, string>;
      readonly mechanisms?: readonly Mechanism[];
      readonly units?: number;
    } = {},
  ) {
    const who = actor(name);
    const registered = chain.writer(who.cold.address).register(subnet, 0n);
    chain.mine();
    await clock.advance(1000);
    const { registration } = await registered;
    const peer = stack.use(await connect(who));
    const { settings = {}, units = 1 } = wish;
    const running = stack.use(
      await startMiner(
        { ...common(who), peer, mechanisms: wish.mechanisms ?? mechanisms },
        minerConfigSchema.parse({ pollMs: 1_000, settings, units, maxConcurrentTasks: 8 }),
      ),
    );
    return { ...who, registration, running, peer };
  }

  /** A block a second. */
  async function pass(blocks: number): Promise<void> {
    for (let left = blocks; left > 0; left -= 1) {
      await clock.advance(1000);
      chain.mine();
    }
    await clock.advance(500);
  }

  /** Until `block` is there and everybody has seen it. */
  async function passTo(block: number): Promise<void> {
    if (block > chain.head()) await pass(block - chain.head());
  }

  const blocks = (epoch: number) => blocksOf(when, epoch);
  return {
    clock,
    chain,
    network,
    subnet,
    owner,
    when,
    blocks,
    validator,
    miner,
    actor,
    connect,
    pass,
    passTo,
    events: () => chain.reads.events({ from: 0, to: chain.head(), subnet }),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

function keyOf(name: string): LocalKey {
  return localKey(hashText(`souk test key: ${name}`));
}
