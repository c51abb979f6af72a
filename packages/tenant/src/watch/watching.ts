/** What the parts of a watch share. */
import { toFault } from '@souk/protocol';
import type { Context } from '../context.ts';
import type { WatchNews } from '../types.ts';
import type { Jobs } from './jobs.ts';

export interface Watching {
  readonly context: Context;
  readonly jobs: Jobs;
  readonly tell: (news: WatchNews) => void;
}

/** A job's failure is a warning: the next round looks at what is and goes on from there. */
export function startJob(
  watching: Watching,
  key: string,
  what: { readonly does: string; readonly lease: string },
  work: (signal: AbortSignal) => Promise<void>,
): void {
  const { context, jobs } = watching;
  jobs.start(key, async (signal) => {
    try {
      await work(signal);
    } catch (error) {
      if (signal.aborted) return;
      const { code } = toFault(error, 'tenant.watch-failed', 'self');
      context.deps.log.warn('watch could not finish', { ...what, code });
    }
  });
}
