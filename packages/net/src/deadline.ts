/** Time limits on a Clock. */
import type { Clock } from '@souk/protocol';
import { netFault } from './faults.ts';

export interface Deadline {
  readonly clock: Clock;
  readonly ms: number;
  /** What is waited for, for the fault's message. */
  readonly what: string;
  readonly signal?: AbortSignal | undefined;
}

/** Runs `work` until it is done, the time is up (`net.timeout`) or the caller's signal aborts (its reason). */
export async function withDeadline<T>(
  deadline: Deadline,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  deadline.signal?.throwIfAborted();
  const ending = new AbortController();
  const timer = new AbortController();
  const cancel = () => ending.abort(deadline.signal?.reason);
  deadline.signal?.addEventListener('abort', cancel, { once: true });
  deadline.clock.sleep(deadline.ms, timer.signal).then(
    () => ending.abort(netFault('net.timeout', `no ${deadline.what} in ${deadline.ms} ms`, 'peer')),
    () => undefined,
  );
  try {
    return await Promise.race([work(ending.signal), rejectionOf(ending.signal)]);
  } finally {
    timer.abort();
    deadline.signal?.removeEventListener('abort', cancel);
  }
}

/** Rejects with the signal's reason when it aborts; otherwise stays pending. */
function rejectionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
