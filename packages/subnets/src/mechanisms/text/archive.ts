/**
 * What a validator has itself seen at the sources: some versions of each, as signatures. Nothing that a miner says
 * goes in, so nobody can make another's text look like a copy.
 */
import { similarity } from './minhash.ts';

const maxVersions = 8;

interface Version {
  readonly signature: string;
  readonly lastSeenAt: number;
}

export interface TextArchive {
  saw(source: string, signature: string, at: number): void;
  /** How long ago the source last looked more like `signature` than it does now; 0 where it never did. */
  staleMs(source: string, signature: string, at: number): number;
  /** Greatest similarity to what another source says now, 0 to 1. */
  nearest(source: string, signature: string): number;
}

/** Bounded by the number of sources that it is asked about. */
export function createTextArchive(): TextArchive {
  // Newest version first.
  const versions = new Map<string, readonly Version[]>();
  return {
    saw(source, signature, at) {
      const others = (versions.get(source) ?? []).filter((version) => version.signature !== signature);
      versions.set(source, [{ signature, lastSeenAt: at }, ...others].slice(0, maxVersions));
    },
    staleMs(source, signature, at) {
      const [now, ...older] = versions.get(source) ?? [];
      let closest = now ? similarity(now.signature, signature) : 1;
      let staleMs = 0;
      for (const version of older) {
        const alike = similarity(version.signature, signature);
        if (alike <= closest) continue;
        closest = alike;
        staleMs = at - version.lastSeenAt;
      }
      return Math.max(0, staleMs);
    },
    nearest(source, signature) {
      const others = [...versions].filter(([other]) => other !== source).map(([, [now]]) => now);
      return others.reduce((most, now) => Math.max(most, now ? similarity(now.signature, signature) : 0), 0);
    },
  };
}
