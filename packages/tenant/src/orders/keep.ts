/** What is kept of a wish: all of it, as plain values. */
import { encodeJson, type Hex, plainRuntime } from '@souk/protocol';
import type { OrderWish } from '../types.ts';
import { type KeptWish, keptWishSchema } from '../wish.ts';

/** `deployment`: the id that goes with every lease of this name. */
export function keepWish(wish: OrderWish, deployment: Hex): KeptWish {
  const { clawbackWindowSeconds, startWindowSeconds } = wish;
  const kept: KeptWish = {
    version: 1,
    deployment,
    groups: wish.groups.map(({ name, requirements, manifest, manifestHash }) => ({
      name,
      requirements,
      manifest,
      manifestHash,
      runtime: { ...(wish.runtime?.(name) ?? plainRuntime), deployment, secrets: null },
      secrets: wish.secrets?.(name) ?? null,
      maxRate: wish.maxRate(name),
      deposit: wish.deposit(name),
    })),
    images: [...(wish.images ?? [])],
    ...(clawbackWindowSeconds === undefined ? {} : { clawbackWindowSeconds }),
    ...(startWindowSeconds === undefined ? {} : { startWindowSeconds }),
    maxTotal: wish.maxTotal ?? null,
    topUp: wish.topUp ?? null,
    update: wish.update ?? null,
  };
  // As it will be read back: what can't be is a fault now, not when it is needed.
  return keptWishSchema.parse(JSON.parse(encodeJson(kept)));
}
