/** Which connections go to which replica now, so that one may be ended when it serves nobody any more. */
import type { LeaseId } from '@souk/protocol';

export interface InFlight {
  /** Before it is dialled; call what it gives back when the connection has ended. */
  enter(lease: LeaseId, service: string, replica: number): () => void;
  /** Resolves once no connection goes to a replica of this lease that `stays` does not take, or at the signal. */
  drained(
    lease: LeaseId,
    stays: (service: string, replica: number) => boolean,
    signal: AbortSignal,
  ): Promise<void>;
}

interface Entry {
  readonly service: string;
  readonly replica: number;
  readonly ended: Promise<void>;
}

export function createInFlight(): InFlight {
  const entries = new Map<LeaseId, Set<Entry>>();
  return {
    enter(lease, service, replica) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const entry = { service, replica, ended: promise };
      const ofLease = entries.get(lease) ?? new Set();
      entries.set(lease, ofLease.add(entry));
      return () => {
        ofLease.delete(entry);
        if (ofLease.size === 0 && entries.get(lease) === ofLease) entries.delete(lease);
        resolve();
      };
    },
    async drained(lease, stays, signal) {
      const leaving = [...(entries.get(lease) ?? [])].filter(
        ({ service, replica }) => !stays(service, replica),
      );
      if (leaving.length === 0 || signal.aborted) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      signal.addEventListener('abort', () => resolve(), { once: true });
      await Promise.race([promise, Promise.all(leaving.map(({ ended }) => ended))]);
    },
  };
}
