/** A map of bounded size that forgets its oldest entries, and entries past their age. For what peers can make us keep. */
import type { Clock } from '@souk/protocol';

export interface Recent<V> {
  get(key: string): V | undefined;
  set(key: string, value: V): void;
  delete(key: string): void;
  readonly size: number;
}

export function createRecent<V>(options: {
  readonly limit: number;
  readonly maxAgeMs: number;
  readonly clock: Clock;
}): Recent<V> {
  const entries = new Map<string, { readonly value: V; readonly at: number }>();
  return {
    get(key) {
      const entry = entries.get(key);
      if (entry && options.clock.now() - entry.at < options.maxAgeMs) return entry.value;
      entries.delete(key);
      return undefined;
    },
    set(key, value) {
      // Deleted first, so that insertion order is order of age.
      entries.delete(key);
      entries.set(key, { value, at: options.clock.now() });
      if (entries.size > options.limit) {
        const oldest = entries.keys().next().value;
        if (oldest !== undefined) entries.delete(oldest);
      }
    },
    delete: (key) => void entries.delete(key),
    get size() {
      return entries.size;
    },
  };
}
