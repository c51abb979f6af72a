/**
 * Who holds what of this machine. Two phases: a bid reserves until it expires, a lease commits, an end releases. Pure
 * bookkeeping in memory: what must survive a restart is in the leases' journal, from which commits are made again.
 * Nothing can be taken that is not there, so no amount is ever negative; every call may be repeated.
 */
import {
  addResources,
  Fault,
  noResources,
  type Resources,
  type Shortage,
  shortages,
  subtractResources,
} from '@souk/protocol';

export interface Claim {
  readonly resources: Resources;
  /** Ids of the very GPUs. */
  readonly gpuIds: readonly string[];
}

export interface Holding extends Claim {
  readonly id: string;
  readonly holder: string;
  /** Unix ms; undefined once committed. */
  readonly expiresAt: number | undefined;
}

export type Reserved =
  | { readonly ok: true }
  | { readonly ok: false; readonly shortages: readonly Shortage[] };

export interface Ledger {
  readonly total: Resources;
  /** `besides`: as if nothing were held under this id. */
  free(now: number, besides?: string): Resources;
  freeGpuIds(now: number, besides?: string): readonly string[];
  /** Hold a claim until `expiresAt`. Under an id that is held already nothing changes. */
  reserve(holding: Holding, now: number): Reserved;
  /** Put back what a lease that runs holds, whether it still fits or not. */
  restore(claim: Omit<Holding, 'expiresAt'>): void;
  /** Hold this instead of what is held under the id, for good, if it fits in that and what is free. */
  amend(id: string, claim: Claim, now: number): Reserved;
  /** Keep a holding for good. False where it is not there (any more). */
  commit(id: string, now: number): boolean;
  release(id: string): void;
  holdings(now: number): readonly Holding[];
  /** Uncommitted holdings of one holder, or of all. */
  countReserved(now: number, holder?: string): number;
}

export function createLedger(total: Resources, gpuIds: readonly string[]): Ledger {
  const held = new Map<string, Holding>();
  const dropExpired = (now: number) => {
    for (const [id, holding] of held) {
      if (holding.expiresAt !== undefined && holding.expiresAt <= now) held.delete(id);
    }
  };
  const takenBesides = (id?: string) => [...held.values()].filter((holding) => holding.id !== id);
  const free = (besides?: string) => {
    const taken = takenBesides(besides).reduce(
      (sum, holding) => addResources(sum, holding.resources),
      noResources,
    );
    // Committed leases may outgrow a machine whose share was cut: then nothing is free.
    return subtractResources(total, taken) ?? clampedDifference(total, taken);
  };
  const freeGpus = (besides?: string) => {
    const taken = new Set(takenBesides(besides).flatMap((holding) => holding.gpuIds));
    return gpuIds.filter((id) => !taken.has(id));
  };
  const lackOf = (claim: Claim, besides?: string): readonly Shortage[] => {
    const short = shortages(free(besides), claim.resources);
    if (short.length > 0) return short;
    const available = freeGpus(besides);
    if (claim.gpuIds.every((id) => available.includes(id))) return [];
    const needed = BigInt(claim.gpuIds.length);
    return [{ resource: 'gpus', needed, available: BigInt(available.length) }];
  };
  return {
    total,
    free(now, besides) {
      dropExpired(now);
      return free(besides);
    },
    freeGpuIds(now, besides) {
      dropExpired(now);
      return freeGpus(besides);
    },
    reserve(holding, now) {
      dropExpired(now);
      if (held.has(holding.id)) return { ok: true };
      const lack = lackOf(holding);
      if (lack.length > 0) return { ok: false, shortages: lack };
      held.set(holding.id, holding);
      return { ok: true };
    },
    restore(claim) {
      held.set(claim.id, { ...claim, expiresAt: undefined });
    },
    amend(id, claim, now) {
      dropExpired(now);
      const holding = held.get(id);
      if (!holding) throw new Fault('inventory.not-held', `nothing is held for ${id}`, { blame: 'self' });
      const lack = lackOf(claim, id);
      // What a lease has it keeps, though the machine's share was cut: less is always fine.
      const isLess =
        shortages(holding.resources, claim.resources).length === 0 &&
        claim.gpuIds.every((gpu) => holding.gpuIds.includes(gpu));
      if (lack.length > 0 && !isLess) return { ok: false, shortages: lack };
      held.set(id, { ...holding, ...claim, expiresAt: undefined });
      return { ok: true };
    },
    commit(id, now) {
      dropExpired(now);
      const holding = held.get(id);
      if (!holding) return false;
      held.set(id, { ...holding, expiresAt: undefined });
      return true;
    },
    release(id) {
      held.delete(id);
    },
    holdings(now) {
      dropExpired(now);
      return [...held.values()];
    },
    countReserved(now, holder) {
      dropExpired(now);
      return [...held.values()].filter(
        (holding) => holding.expiresAt !== undefined && (holder === undefined || holding.holder === holder),
      ).length;
    },
  };
}

function clampedDifference(total: Resources, taken: Resources): Resources {
  const floor = (a: bigint, b: bigint) => (a > b ? a - b : 0n);
  return {
    cpuMilli: Math.max(0, total.cpuMilli - taken.cpuMilli),
    memoryBytes: floor(total.memoryBytes, taken.memoryBytes),
    storageBytes: floor(total.storageBytes, taken.storageBytes),
    gpus: Math.max(0, total.gpus - taken.gpus),
  };
}
