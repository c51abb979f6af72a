/**
 * From what was seen to what it means: who was without service, what was paid for it, what ran unpaid, what was lost.
 * Pure; the chain's events and the probes are all it knows. Times in unix milliseconds, but for chain times in seconds.
 */

export interface LeaseSeen {
  readonly lease: string;
  readonly deployment: string;
  readonly operator: string;
  /** Unix seconds; null while it never was ready. */
  readonly readyAt: number | null;
  /** Unix seconds of the block that closed it; null while open. */
  readonly closedAt: number | null;
  /** Unix seconds up to which it was paid for; null while open. */
  readonly effectiveAt: number | null;
  readonly windowSeconds: number;
}

/** One look at a deployment's address. */
export interface ProbeSeen {
  readonly at: number;
  /** The lease that answered; null where nothing did. */
  readonly lease: string | null;
  /** How many lines its volume holds, and when the last was written; null without a volume. */
  readonly lines: number | null;
}

/** A workload's processes, as the machine shows them. `isAble`: its provider and the chain had been up for a while. */
export interface WorkloadSeen {
  readonly at: number;
  readonly lease: string;
  readonly isAble: boolean;
}

export interface Outage {
  readonly from: number;
  readonly to: number;
  readonly before: string | null;
  readonly after: string | null;
}

/** From the last answer before to the first one after, in order. What never answers again lasts until `end`. */
export function outagesOf(probes: readonly ProbeSeen[], end: number): readonly Outage[] {
  const outages: Outage[] = [];
  let last: ProbeSeen | undefined;
  let isOut = false;
  for (const probe of probes) {
    if (probe.lease === null) {
      isOut = last !== undefined;
      continue;
    }
    if (isOut && last) outages.push({ from: last.at, to: probe.at, before: last.lease, after: probe.lease });
    isOut = false;
    last = probe;
  }
  if (isOut && last) outages.push({ from: last.at, to: end, before: last.lease, after: null });
  return outages;
}

/** Seconds of an outage that a lease was paid for, less the window that nobody can lose more than. */
export function deadSecondsBeyondWindow(lease: LeaseSeen, outages: readonly Outage[], end: number): number {
  if (lease.readyAt === null) return 0;
  const from = lease.readyAt * 1000;
  const to = lease.effectiveAt === null ? end : lease.effectiveAt * 1000;
  return outages.reduce((sum, outage) => {
    const paid = (Math.min(outage.to, to) - Math.max(outage.from, from)) / 1000;
    return sum + Math.max(0, Math.floor(paid - lease.windowSeconds));
  }, 0);
}

/** Seconds that a workload was seen to run after its lease's end, by whom it could have been ended, beyond the grace. */
export function unpaidSecondsBeyondGrace(
  lease: LeaseSeen,
  seen: readonly WorkloadSeen[],
  graceSeconds: number,
): number {
  if (lease.closedAt === null) return 0;
  const from = (lease.closedAt + graceSeconds) * 1000;
  const late = seen.filter(({ at, isAble }) => isAble && at > from);
  return new Set(late.map(({ at }) => Math.floor(at / 1000))).size;
}

export interface Line {
  readonly number: number;
  readonly at: number;
  readonly bytes: number;
}

/**
 * Lines that were written long enough before an outage to be safe, and are not there at the end. `seen` are the counts
 * that probes read while they were there.
 */
export function bytesLostBeyondRpo(
  probes: readonly ProbeSeen[],
  outages: readonly Outage[],
  kept: readonly Line[],
  rpoSeconds: number,
): number {
  const has = new Map(kept.map((line) => [line.number, line]));
  const lost = new Set<number>();
  for (const outage of outages) {
    const safe = probes.findLast(({ at, lines }) => lines !== null && at <= outage.from - rpoSeconds * 1000);
    for (let number = 1; number <= (safe?.lines ?? 0); number += 1) if (!has.has(number)) lost.add(number);
  }
  const size =
    kept.length === 0 ? 24 : Math.ceil(kept.reduce((sum, { bytes }) => sum + bytes, 0) / kept.length);
  return lost.size * size;
}

/** How long moves to another lease took, in seconds. */
export function failoverSeconds(outages: readonly Outage[]): readonly number[] {
  return outages.flatMap(({ from, to, before, after }) =>
    after !== null && before !== after ? [(to - from) / 1000] : [],
  );
}
