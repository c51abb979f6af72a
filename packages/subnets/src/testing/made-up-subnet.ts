/** Events of a subnet that never was, for tests of epochs: who does what in which epoch, as little said as possible. */
import type { Child, SubnetEvent } from '@souk/chain';
import {
  type Address,
  asAddress,
  encodeWeights,
  type Hex,
  keccak,
  type SubnetParamName,
  zeroHash,
} from '@souk/protocol';
import { blocksOf } from '../epochs/blocks.ts';
import type { EpochFacts } from '../epochs/epoch.ts';

export const madeUpTempo = { startBlock: 100, tempo: 30 };
const subnet = 7;

export interface MadeUpSubnet {
  readonly subnet: number;
  readonly events: SubnetEvent[];
  /** In the epoch before `epoch`, so that it holds there. */
  register(registration: number, operator: Address, epoch?: number): void;
  deregister(registration: number, operator: Address): void;
  /** In the middle of the epoch. */
  hotKey(operator: Address, hotKey: Address, epoch?: number): void;
  serve(registration: number, units: number, epoch?: number): void;
  stake(operator: Address, delegator: Address, shares: bigint, epoch?: number): void;
  /** The pool's stake after a slash, or after anything else that leaves the shares as they are. */
  slash(operator: Address, poolStake: bigint, epoch?: number): void;
  take(operator: Address, take: number): void;
  children(operator: Address, children: readonly Child[], fromEpoch: number): void;
  param(name: SubnetParamName, value: bigint, fromEpoch?: number): void;
  /** Reveals weights, a row a mechanism, and opens what `evidence` says. */
  handIn(
    epoch: number,
    operator: Address,
    rows: readonly Readonly<Record<number, number>>[],
    evidence?: Hex,
  ): void;
}

/** The n-th account. */
export function account(n: number): Address {
  return asAddress(`0x${n.toString(16).padStart(40, '0')}`);
}

type Said<T> = T extends unknown ? Omit<T, 'block' | 'logIndex' | 'tx'> : never;

/** Made at block 100, epochs of 30 blocks. */
export function makeUpSubnet(owner: Address): MadeUpSubnet {
  const events: SubnetEvent[] = [];
  const pools = new Map<Address, { stake: bigint; shares: Map<Address, bigint> }>();
  const say = (block: number, event: Said<SubnetEvent>) => {
    events.push({ ...event, block, logIndex: events.length, tx: zeroHash } as SubnetEvent);
  };
  const during = (epoch: number) => blocksOf(madeUpTempo, epoch).start + 1;
  say(madeUpTempo.startBlock, { kind: 'subnet-created', subnet, owner, price: 0n, ...madeUpTempo });
  return {
    subnet,
    events,
    register(registration, operator, epoch = 0) {
      say(during(epoch), { kind: 'registered', subnet, registration, operator, price: 1n, collateral: 1n });
    },
    deregister(registration, operator) {
      say(during(0), { kind: 'deregistered', subnet, registration, operator, why: 'left' });
    },
    hotKey(operator, hotKey, epoch = 0) {
      say(during(epoch), { kind: 'hot-key', operator, hotKey });
    },
    serve(registration, units, epoch = 0) {
      say(during(epoch), { kind: 'served', subnet, registration, endpoints: '', units });
    },
    stake(operator, delegator, shares, epoch = 0) {
      const pool = pools.get(operator) ?? { stake: 0n, shares: new Map() };
      pool.stake += shares - (pool.shares.get(delegator) ?? 0n);
      pool.shares.set(delegator, shares);
      pools.set(operator, pool);
      const poolShares = [...pool.shares.values()].reduce((sum, share) => sum + share, 0n);
      say(during(epoch), {
        kind: 'stake-changed',
        subnet,
        operator,
        delegator,
        shares,
        poolStake: pool.stake,
        poolShares,
      });
    },
    slash(operator, poolStake, epoch = 0) {
      say(during(epoch), { kind: 'pool-slashed', subnet, operator, amount: 1n, poolStake });
    },
    take(operator, take) {
      say(during(0), { kind: 'take-set', subnet, operator, take });
    },
    children(operator, children, fromEpoch) {
      say(during(0), { kind: 'children-set', subnet, operator, children, fromEpoch });
    },
    param(name, value, fromEpoch = 0) {
      say(madeUpTempo.startBlock, { kind: 'param-set', subnet, name, value, fromEpoch });
    },
    handIn(epoch, operator, rows, evidence = '0x01') {
      const blocks = blocksOf(madeUpTempo, epoch);
      const weights = rows.map((row) =>
        encodeWeights(
          Object.entries(row).map(([registration, weight]) => ({
            registration: Number(registration),
            weight,
          })),
        ),
      );
      say(blocks.end, { kind: 'revealed', subnet, epoch, operator, version: 1, logRoot: zeroHash, weights });
      say(blocks.beacon + 1, { kind: 'opened', subnet, epoch, operator, evidence });
    },
  };
}

/** What the chain says of the first epochs: `perEpoch` emitted in each. */
export function madeUpFacts(epochs: number, perEpoch: bigint): readonly EpochFacts[] {
  return Array.from({ length: epochs }, (_, epoch) => {
    const hash = keccak(`0x${epoch.toString(16).padStart(64, '0')}`);
    return { beacon: hash, snapshotBlock: hash, accrued: perEpoch * BigInt(epoch + 1) };
  });
}
