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
  /** As `save`, with another request: another manifest than at the start. */
  replace(record: LeaseRecord, request: AcceptRequest): void;
  /** With the next write, or flush: a wait for the disk stops the whole daemon for milliseconds. */
  saveSoon(record: LeaseRecord): void;
  flush(): void;
  /** Save a closed lease without its manifest; forget leases closed long ago, and say which. */
  close(record: LeaseRecord): readonly LeaseId[];
  /** Written soon. */
  addEvent(lease: LeaseId, event: LeaseEvent): void;
  /** Oldest first, the last 200. */
  eventsOf(lease: LeaseId): readonly LeaseEvent[];
  /** Where the ingress listened last: tenants have its port in their URLs. */
  ingressPort(): number | undefined;
  saveIngressPort(port: number): void;
  /** Saved soon: events come at least once. */
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
  'CREATE TABLE ingress (one INTEGER PRIMARY KEY CHECK (one = 1), port INTEGER NOT NULL);',
];

export function openJournal(store: Store, options: { readonly keptClosedLeases: number }): Journal {
  store.migrate('leases', steps);
  const pending = {
    records: new Map<LeaseId, LeaseRecord>(),
    events: new Map<LeaseId, LeaseEvent[]>(),
    cursor: undefined as ReturnType<FollowCursor['load']>,
  };

  const writeRecord = (record: LeaseRecord) => {
    const { lease, bid: _bid, request: _request, parties: _parties, ...state } = record;
    const isClosed = state.stage === 'closed' ? 1 : 0;
    store.run(
      'UPDATE leases SET isClosed = ?, state = ? WHERE lease = ?',
      isClosed,
      encodeJson(state),
      lease,
    );
  };
  const writeEvents = (lease: LeaseId, events: readonly LeaseEvent[]) => {
    for (const { at, kind, detail } of events) {
      store.run('INSERT INTO events (lease, at, kind, detail) VALUES (?, ?, ?, ?)', lease, at, kind, detail);
    }
    store.run(
      'DELETE FROM events WHERE lease = ?1 AND id <= (SELECT id FROM events WHERE lease = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)',
      lease,
      maxEvents,
    );
  };

  /** `work` and all that waits, in one transaction. */
  const write = <T>(work: () => T): T => {
    const result = store.transaction(() => {
      const done = work();
      for (const record of pending.records.values()) writeRecord(record);
      for (const [lease, events] of pending.events) writeEvents(lease, events);
      if (pending.cursor) {
        store.run(
          'INSERT INTO cursor VALUES (1, ?, ?) ON CONFLICT (one) DO UPDATE SET block = excluded.block, hash = excluded.hash',
          pending.cursor.block,
          pending.cursor.hash,
        );
      }
      return done;
    });
    pending.records.clear();
    pending.events.clear();
    pending.cursor = undefined;
    return result;
  };

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
      write(() =>
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
        ),
      );
    },
    save(record) {
      pending.records.delete(record.lease);
      write(() => writeRecord(record));
    },
    replace(record, request) {
      pending.records.delete(record.lease);
      write(() => {
        writeRecord(record);
        store.run('UPDATE leases SET request = ? WHERE lease = ?', encodeJson(request), record.lease);
      });
    },
    saveSoon: (record) => void pending.records.set(record.lease, record),
    flush() {
      if (pending.records.size > 0 || pending.events.size > 0 || pending.cursor) write(() => undefined);
    },
    close(record) {
      pending.records.delete(record.lease);
      return write(() => {
        writeRecord(record);
        store.run('UPDATE leases SET request = NULL WHERE lease = ?', record.lease);
        const old = store
          .all(
            'SELECT lease FROM leases WHERE isClosed = 1 ORDER BY acceptedAt DESC LIMIT -1 OFFSET ?',
            options.keptClosedLeases,
          )
          .map((row) => String(row['lease']) as LeaseId);
        for (const gone of old) {
          store.run('DELETE FROM leases WHERE lease = ?', gone);
          pending.records.delete(gone);
          pending.events.delete(gone);
        }
        return old;
      });
    },
    addEvent(lease, event) {
      const events = pending.events.get(lease) ?? [];
      events.push(event);
      if (events.length > maxEvents) events.shift();
      pending.events.set(lease, events);
    },
    eventsOf: (lease) =>
      store
        .all('SELECT at, kind, detail FROM events WHERE lease = ? ORDER BY id', lease)
        .map((row) => ({ at: Number(row['at']), kind: String(row['kind']), detail: String(row['detail']) }))
        .concat(pending.events.get(lease) ?? [])
        .slice(-maxEvents),
    ingressPort() {
      const row = store.get('SELECT port FROM ingress');
      return row && Number(row['port']);
    },
    saveIngressPort: (port) =>
      store.run(
        'INSERT INTO ingress VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET port = excluded.port',
        port,
      ),
    cursor: {
      load() {
        const row = store.get('SELECT block, hash FROM cursor');
        return row && { block: Number(row['block']), hash: String(row['hash']) as Hex };
      },
      save: (position) => {
        pending.cursor = position;
      },
    },
  };
}
