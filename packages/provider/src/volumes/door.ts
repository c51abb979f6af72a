/** What a tenant may ask of its lease's volumes: save them now, put them back. Hostile until checked. */
import type { Peer, Remote } from '@souk/net';
import { type Clock, leaseSnapshotProtocol, type Refused, zeroAddress } from '@souk/protocol';
import type { z } from 'zod';
import { refuse } from '../leases/accept.ts';
import type { Book, Lease } from '../leases/book.ts';
import type { Restorer } from './restorer.ts';
import type { Saved, Saver } from './saver.ts';

export interface VolumeDoorDeps {
  readonly peer: Pick<Peer, 'answer'>;
  readonly book: Pick<Book, 'get'>;
  readonly saver: Pick<Saver, 'save' | 'snapshotsOf'>;
  readonly restorer: Pick<Restorer, 'request' | 'progressOf'>;
  readonly wake: (lease: Lease) => void;
  readonly clock: Clock;
}

type Request = z.output<(typeof leaseSnapshotProtocol)['request']>;
type Answer = z.output<(typeof leaseSnapshotProtocol)['answer']>;

/** How long one question waits; it is asked again then. */
const waitMs = 4000;
const maxTurns = 256;

export async function serveVolumes(deps: VolumeDoorDeps): Promise<void> {
  const { book, saver, restorer, clock } = deps;
  const turns = new Map<number, { readonly lease: string; readonly work: Promise<Saved> }>();
  let lastTurn = 0;

  const take = async (lease: Lease, asked: number | null): Promise<Answer> => {
    const known = asked === null ? undefined : turns.get(asked);
    const isMine = known !== undefined && known.lease === lease.id;
    const turn = isMine && asked !== null ? asked : (lastTurn += 1);
    const work = isMine ? known.work : saver.save(lease);
    turns.set(turn, { lease: lease.id, work });
    const [oldest] = turns.keys();
    if (turns.size > maxTurns && oldest !== undefined) turns.delete(oldest);
    const timer = new AbortController();
    const late = clock.sleep(waitMs, timer.signal).catch(() => undefined);
    const saved = await Promise.race([work, late.then(() => undefined)]);
    timer.abort();
    return {
      ok: true,
      turn,
      isDone: saved !== undefined,
      detail: saved ? 'saved' : 'saving',
      snapshots: (saved?.snapshots ?? saver.snapshotsOf(lease.id)).slice(0, 256),
      troubles: (saved?.troubles ?? []).slice(0, 64).map((text) => text.slice(0, 1000)),
    };
  };

  const answer = async (request: Request, remote: Remote): Promise<Answer> => {
    const lease = book.get(request.lease);
    const refused = lease ? checkAsker(lease, remote) : refuse('lease-unknown', 'no such lease here');
    if (!lease || refused) return refused ?? refuse('lease-unknown', 'no such lease here');
    switch (request.kind) {
      case 'take':
        return take(lease, request.turn);
      case 'restore': {
        const { tenant, agent } = lease.record.parties;
        // It overwrites what is there: a key that may only watch and close must not.
        if (![tenant, agent].includes(remote.address))
          return refuse('not-yours', 'a watcher may save volumes, not put them back');
        if (lease.record.update) return refuse('update-running', 'an update is under way');
        if (lease.record.paused) return refuse('not-running', 'it is paused: resume it first');
        if (!lease.done.has('workload')) return refuse('not-running', 'it is not running yet');
        await restorer.request(lease, request.restore);
        deps.wake(lease);
        return progress(lease);
      }
      case 'restoring':
        return progress(lease);
    }
  };
  const progress = (lease: Lease): Answer => {
    const { isDone, detail, troubles } = restorer.progressOf(lease.id);
    return {
      ok: true,
      turn: 0,
      isDone,
      detail: detail.slice(0, 1000),
      snapshots: [],
      troubles: troubles.slice(0, 64).map((text) => text.slice(0, 1000)),
    };
  };

  await deps.peer.answer(leaseSnapshotProtocol, answer);
}

function checkAsker({ record }: Lease, { address }: Remote): Refused | undefined {
  const { tenant, agent, watcher } = record.parties;
  if (address === zeroAddress || ![tenant, agent, watcher].includes(address)) {
    return refuse('not-yours', 'this lease is another tenant’s');
  }
  return record.stage === 'up' ? undefined : refuse('not-running', 'the lease has ended');
}
