/** The chain's events of a simulated subnet, in the windows of its epochs. Nothing is on any chain. */
import type { SubnetEvent } from '@souk/chain';
import {
  type Address,
  hashText,
  type Hex,
  parseAmount,
  type SubnetParamName,
  zeroHash,
} from '@souk/protocol';
import { blocksOf, type Tempo } from '../epochs/blocks.ts';
import type { EpochFacts } from '../epochs/epoch.ts';
import { type Cast, ownerAddress } from './cast.ts';
import type { Settings } from './settings.ts';

export const virtualSubnet = 1;
const tempo: Tempo = { startBlock: 1, tempo: 30 };
/** Emitted in an epoch. */
export const virtualBudget = parseAmount('100', 18);

type Said<T> = T extends unknown ? Omit<T, 'block' | 'logIndex' | 'tx'> : never;

export interface HandIn {
  readonly operator: Address;
  readonly logRoot: Hex;
  readonly weights: readonly Hex[];
  /** Undefined: never opened. */
  readonly evidence: Hex | undefined;
}

export interface VirtualChain {
  readonly events: readonly SubnetEvent[];
  beaconOf(epoch: number): Hex;
  /** Of epochs 0 … `epochs` − 1; everything before `from` is one epoch's budget late. */
  facts(epochs: number): readonly EpochFacts[];
  handIn(epoch: number, row: HandIn): void;
}

/** Everybody joins in epoch 0, in which nothing is emitted. */
export function virtualChain(
  cast: Cast,
  options: {
    readonly seed: number;
    readonly settings: Settings;
    readonly hotKeyOf: (operator: Address) => Address;
  },
): VirtualChain {
  const { seed, settings, hotKeyOf } = options;
  const events: SubnetEvent[] = [];
  const subnet = virtualSubnet;
  const say = (block: number, event: Said<SubnetEvent>) => {
    events.push({ ...event, block, logIndex: events.length, tx: zeroHash } as SubnetEvent);
  };
  const join = (event: Said<SubnetEvent>) => say(tempo.startBlock, event);
  const beaconOf = (epoch: number) => hashText(`beacon ${seed} ${epoch}`);

  join({ kind: 'subnet-created', subnet, owner: ownerAddress, price: 0n, ...tempo });
  for (const [name, value] of Object.entries(settings)) {
    join({ kind: 'param-set', subnet, name: name as SubnetParamName, value, fromEpoch: 0 });
  }
  for (const { operator } of [...cast.validators, ...cast.machines]) {
    join({ kind: 'hot-key', operator, hotKey: hotKeyOf(operator) });
  }
  for (const { operator, stake } of cast.validators) {
    const amount = parseAmount(stake.toFixed(6), 18);
    join({
      kind: 'stake-changed',
      subnet,
      operator,
      delegator: operator,
      shares: amount,
      poolStake: amount,
      poolShares: amount,
    });
  }
  for (const { operator, registrations, declared } of cast.machines) {
    for (const registration of registrations) {
      join({ kind: 'registered', subnet, registration, operator, price: 0n, collateral: 0n });
      join({ kind: 'served', subnet, registration, endpoints: '', units: declared });
    }
  }
  return {
    events,
    beaconOf,
    facts: (epochs) =>
      Array.from({ length: epochs }, (_, epoch) => ({
        beacon: beaconOf(epoch),
        snapshotBlock: hashText(`snapshot ${seed} ${epoch}`),
        accrued: virtualBudget * BigInt(epoch),
      })),
    handIn(epoch, { operator, logRoot, weights, evidence }) {
      const { end, beacon } = blocksOf(tempo, epoch);
      say(end, { kind: 'revealed', subnet, epoch, operator, version: 1, logRoot, weights });
      if (evidence !== undefined) say(beacon + 1, { kind: 'opened', subnet, epoch, operator, evidence });
    },
  };
}
