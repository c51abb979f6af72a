/**
 * What to start a deployment's volumes from: the newest whole snapshot of each, as the holders say, or as it was last
 * seen. Never throws for a holder that does not answer: others may.
 */
import type { Hex, Restore } from '@souk/protocol';
import type { Context } from '../context.ts';
import type { Deployment, DeploymentGroup } from '../deployment.ts';
import { heldSnapshots, holdersOf, isOneOf } from './heads.ts';

/** Empty where the deployment has no snapshots, or nobody who has one answers. */
export async function restoresFor(
  context: Context,
  record: Deployment,
  group: DeploymentGroup,
  signal?: AbortSignal,
): Promise<readonly Restore[]> {
  const wish = await context.deps.wishes?.load(record.name);
  if (!wish || holdersOf({ group, wish }).length === 0) return [];
  const { snapshots } = await heldSnapshots(context, { record, group, wish }, signal);
  const found = snapshots.map((one) => ({ ...one, holders: one.holders.map((holder) => [...holder]) }));
  // A provider told of these; where nobody lists them now, they may still be had.
  const seen = group.snapshots.map((one) => ({
    ...one,
    at: one.at * 1000,
    holders: holdersOf({ group, wish })
      .filter((holder) => isOneOf(holder, one.holders))
      .map((holder) => [...holder]),
  }));
  return newestOf([...found, ...seen.filter(({ holders }) => holders.length > 0)]);
}

export interface Candidate {
  readonly service: string;
  readonly replica: number;
  readonly volume: string;
  readonly root: Hex;
  /** Unix milliseconds. */
  readonly at: number;
  readonly holders: string[][];
}

/** Of each volume the newest snapshot, with all who have that one. */
export function newestOf(candidates: readonly Candidate[]): readonly Restore[] {
  const volumes = Map.groupBy(candidates, ({ service, replica, volume }) =>
    JSON.stringify([service, replica, volume]),
  );
  return [...volumes.values()].flatMap((all) => {
    const newest = all.reduce((best, one) => (one.at > best.at ? one : best));
    const { service, replica, volume, root } = newest;
    const holders = all.filter((one) => one.root === root).flatMap((one) => one.holders);
    const unique = [...new Map(holders.map((holder) => [holder.join(), holder])).values()];
    return [{ service, replica, volume, root, holders: unique.slice(0, 8) }];
  });
}
