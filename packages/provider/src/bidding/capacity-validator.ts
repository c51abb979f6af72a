/** Is a capacity summary its operator's own? For whoever forwards them; asks the chain seldom, whatever arrives. */
import type { ChainReads } from '@souk/chain';
import type { GossipVerdict, Remote } from '@souk/net';
import type { Address, CapacitySummary, Clock } from '@souk/protocol';
import { createRecent } from './recent.ts';

const knownOperators = 4096;
const hotKeyCacheMs = 30_000;
/** Older, or from further ahead, it says nothing of now. */
const maxSkewSeconds = 300;

/** For `Peer.join(capacityTopic, …)`. */
export function createCapacityValidator(deps: {
  readonly chain: Pick<ChainReads, 'activeHotKey'>;
  readonly clock: Clock;
}): (summary: CapacitySummary, author: Remote) => Promise<GossipVerdict> {
  const { chain, clock } = deps;
  const hotKeys = createRecent<Promise<Address | undefined>>({
    limit: knownOperators,
    maxAgeMs: hotKeyCacheMs,
    clock,
  });
  const hotKeyOf = (operator: Address) => {
    const known = hotKeys.get(operator);
    if (known) return known;
    const read = chain.activeHotKey(operator);
    hotKeys.set(operator, read);
    read.catch(() => hotKeys.delete(operator));
    return read;
  };
  return async ({ operator, at }, author) => {
    if (Math.abs(at - clock.now() / 1000) > maxSkewSeconds) return 'ignore';
    try {
      return (await hotKeyOf(operator)) === author.address ? 'accept' : 'ignore';
    } catch {
      return 'ignore';
    }
  };
}
