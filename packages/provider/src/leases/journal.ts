/**
 * The leases' memory over crashes: every record is written before it is acted on, so a restart finds at least what was
 * begun. Also each lease's events, and how far the chain was followed.
 */
import type { FollowCursor } from '@souk/chain';
import type { Store } from '@souk/daemon';
import { type AcceptRequest, encodeJson, type Hex, type LeaseEvent, type LeaseId } from '@souk/protocol';
import { type LeaseRecord, type LeaseState, parseRequest, parseState } from './lease.ts';

export interface Journal {
  /** Every lease that is not closed, and the latest that are. */
  load(): readonly LeaseRecord[];
  create(lease: LeaseId, bid: Hex, request: AcceptRequest, state: LeaseState): void;
  save(record: LeaseRecord): void;
  /** Drop the manifest of a closed lease, and whole leases closed long ago. */
  seal(lease: LeaseId): readonly LeaseId[];
  addEvent(lease: LeaseId, event: LeaseEvent): void;
  /** Oldest first, the last 200. */
  eventsOf(lease: LeaseId): readonly LeaseEvent[];
  readonly cursor: FollowCursor;
}

const maxEvents = 200;

const steps = [
  `CREATE TABLE leases (
    lease TEXT PRIMARY KEY, bid TEXT NOT NULL, tenant TEXT NOT NULL, agent TEXT NOT NULL, watcher TEXT NOT NULL,
    isClosed INTEGER NOT NULL, acceptedAt INTEGER NOT NULL, request TEXT, state TEXT NOT NULL
  );
  CREATE INDEX leases_by_age ON leases (isClosed, acceptedAt);
  CREATE TABLE events (
    id INTEGER PRIMARY KEY, lease TEXT NOT NULL REFERENCES leases (lease) ON DELETE CASCADE,
    at INTEGER NOT NULL, kind TEXT NOT NULL, detail TEXT NOT NULL
  );
  CREATE INDEX events_by_lease ON events (lease, id);
  CREATE TABLE cursor (one INTEGER PRIMARY KEY CHECK (one = 1), block INTEGER NOT NULL, hash TEXT NOT NULL);`,
];

export function openJournal(store: Store, options: { readonly keptClosedLeases: number }): Journal {
  store.migrate('leases', steps);
  return {
    load: () =>
      store.all('SELECT * FROM leases ORDER BY acceptedAt').map((row) => ({
        ...parseState(String(row['state'])),
        lease: String(row['lease']) as LeaseId,
        bid: String(row['bid']) as Hex,
        request: row['request'] === null ? null : parseRequest(String(row['request'])),
        parties: {
          tenant: String(row['tenant']),
          agent: String(row['agent']),
          watcher: String(row['watcher']),
        },
      })),
    create(lease, bid, request, state) {
      const { tenant, agent, watcher } = request.order.message;
      store.run(
        'INSERT INTO leases VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?)',
        lease,
        bid,
        tenant,
        agent,
        watcher,
        state.acceptedAt,
        encodeJson(request),
        encodeJson(state),
      );
    },
    save(record) {
      const { lease, bid: _bid, request: _request, parties: _parties, ...state } = record;
      const isClosed = state.stage === 'closed' ? 1 : 0;
      store.run(
        'UPDATE leases SET isClosed = ?, state = ? WHERE lease = ?',
        isClosed,
        encodeJson(state),
        lease,
      );
    },
    seal(lease) {
      store.run('UPDATE leases SET request = NULL WHERE lease = ? AND isClosed = 1', lease);
      const old = store
        .all(
          'SELECT lease FROM leases WHERE isClosed = 1 ORDER BY acceptedAt DESC LIMIT -1 OFFSET ?',
          options.keptClosedLeases,
        )
        .map((row) => String(row['lease']) as LeaseId);
      for (const gone of old) store.run('DELETE FROM leases WHERE lease = ?', gone);
      return old;
    },
    addEvent(lease, event) {
      store.transaction(() => {
        store.run(
          'INSERT INTO events (lease, at, kind, detail) VALUES (?, ?, ?, ?)',
          lease,
          event.at,
          event.kind,
          event.detail,
        );
        store.run(
          'DELETE FROM events WHERE lease = ? AND id <= (SELECT id FROM events WHERE lease = ? ORDER BY id DESC LIMIT 1 OFFSET ?)',
          lease,
          lease,
          maxEvents,
        );
      });
    },
    eventsOf: (lease) =>
      store
        .all('SELECT at, kind, detail FROM events WHERE lease = ? ORDER BY id', lease)
        .map((row) => ({ at: Number(row['at']), kind: String(row['kind']), detail: String(row['detail']) })),
    cursor: {
      load() {
        const row = store.get('SELECT block, hash FROM cursor');
        return row && { block: Number(row['block']), hash: String(row['hash']) as Hex };
      },
      save: ({ block, hash }) =>
        store.run(
          'INSERT INTO cursor VALUES (1, ?, ?) ON CONFLICT (one) DO UPDATE SET block = excluded.block, hash = excluded.hash',
          block,
          hash,
        ),
    },
  };
}
