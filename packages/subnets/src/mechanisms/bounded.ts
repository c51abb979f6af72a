/** A mechanism's own work, held to a time: whatever it does, whoever waits for it goes on. */
import type { Clock } from '@souk/protocol';

export type Bounded<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'threw'; readonly error: unknown }
  | { readonly kind: 'late' };

/** `work` is told by its signal when nobody waits any more; one that does not listen is left behind. */
export async function bounded<T>(
  { clock, ms, signal }: { readonly clock: Clock; readonly ms: number; readonly signal?: AbortSignal },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<Bounded<T>> {
  const over = new AbortController();
  const stop = signal ? AbortSignal.any([signal, over.signal]) : over.signal;
  const late = clock.sleep(Math.max(0, ms), stop).then(
    (): Bounded<T> => ({ kind: 'late' }),
    (): Bounded<T> => ({ kind: 'late' }),
  );
  const done = (async () => work(stop))().then(
    (value): Bounded<T> => ({ kind: 'done', value }),
    (error: unknown): Bounded<T> => ({ kind: 'threw', error }),
  );
  const outcome = await Promise.race([done, late]);
  over.abort(new Error('nobody waits for this any more'));
  return outcome;
}
