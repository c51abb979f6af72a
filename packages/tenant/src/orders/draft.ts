/** An order from a wish: pure, but for the salt and the key it is given. */
import type { ChainHead } from '@souk/chain';
import { type Address, type Hex, hashManifest, hashRequirements, Fault, type Order } from '@souk/protocol';
import type { TenantConfig } from '../config.ts';
import type { OrderWish } from '../types.ts';
import type { KeptGroup, KeptWish } from '../wish.ts';

export interface DraftFacts {
  readonly tenant: Address;
  readonly agent: Address;
  readonly watcher: Address;
  readonly token: Address;
  readonly head: ChainHead;
  readonly counter: bigint;
  readonly salt: Hex;
}

export function draftOrder(wish: KeptWish, group: KeptGroup, facts: DraftFacts, config: TenantConfig): Order {
  return {
    tenant: facts.tenant,
    agent: facts.agent,
    watcher: facts.watcher,
    token: facts.token,
    manifest: group.manifestHash,
    requirements: hashRequirements(group.requirements),
    maxRate: group.maxRate,
    deposit: group.deposit,
    clawbackWindow: wish.clawbackWindowSeconds ?? config.clawbackWindowSeconds,
    startWindow: wish.startWindowSeconds ?? config.startWindowSeconds,
    expiresAt: facts.head.timestamp + config.orderTtlSeconds,
    counter: facts.counter,
    salt: facts.salt,
  };
}

export function randomHash(): Hex {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(32));
  return `0x${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** Faults where the wish contradicts itself, before anything is signed. */
export function checkWish(wish: OrderWish): void {
  const names = wish.groups.map((group) => group.name);
  if (names.length === 0 || new Set(names).size !== names.length) {
    throw badWish('the groups of a deployment need different names, and there must be one at least', {
      names,
    });
  }
  for (const group of wish.groups) {
    if (hashManifest([group.manifest]) !== group.manifestHash) {
      throw new Fault(
        'tenant.manifest-mismatch',
        `the manifest of group "${group.name}" is not the hashed one`,
        {
          blame: 'user',
          data: { group: group.name, expected: group.manifestHash },
        },
      );
    }
    if (wish.maxRate(group.name) <= 0n) throw badWish('the price ceiling is zero', { group: group.name });
    if (wish.deposit(group.name) <= 0n) throw badWish('the deposit is zero', { group: group.name });
  }
}

function badWish(message: string, data: Readonly<Record<string, unknown>>): Fault {
  return new Fault('tenant.bad-wish', message, { blame: 'user', data });
}
