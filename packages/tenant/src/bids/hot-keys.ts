/** Operators' active hot keys, read from the chain and trusted for a while. Bounded; the longest known goes first. */
import type { ChainReads } from '@souk/chain';
import type { Address, Clock } from '@souk/protocol';

export interface HotKeys {
  readonly activeHotKey: (operator: Address) => Promise<Address | undefined>;
}

const maxOperators = 1024;

export function createHotKeys(
  deps: { readonly chain: Pick<ChainReads, 'activeHotKey'>; readonly clock: Clock },
  options: { readonly cacheMs: number },
): HotKeys {
  const entries = new Map<Address, { readonly key: Promise<Address | undefined>; readonly until: number }>();

  return {
    activeHotKey: (operator) => {
      const known = entries.get(operator);
      if (known && known.until > deps.clock.now()) return known.key;
      const key = deps.chain.activeHotKey(operator);
      const entry = { key, until: deps.clock.now() + options.cacheMs };
      entries.delete(operator);
      entries.set(operator, entry);
      key.catch(() => {
        if (entries.get(operator) === entry) entries.delete(operator);
      });
      const oldest = entries.keys().next().value;
      if (entries.size > maxOperators && oldest !== undefined) entries.delete(oldest);
      return key;
    },
  };
}
