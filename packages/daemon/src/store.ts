/**
 * SQLite on this machine's disk, one file a daemon. What a daemon must remember is written here before it is acted on.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { Fault } from '@souk/protocol';

export type Row = Readonly<Record<string, string | number | bigint | null | Uint8Array>>;

export interface Store extends Disposable {
  /** Run the steps that this file has not seen yet, in order, each once. Only ever append to the list. */
  migrate(room: string, steps: readonly string[]): void;
  run(sql: string, ...values: SQLInputValue[]): void;
  get(sql: string, ...values: SQLInputValue[]): Row | undefined;
  all(sql: string, ...values: SQLInputValue[]): readonly Row[];
  /** All of `work` or none of it. Synchronous, so nothing interleaves. */
  transaction<T>(work: () => T): T;
}

/** `:memory:` for one that is gone with the process. Throws `daemon.store-unusable`. */
export function openStore(file: string): Store {
  const db = open(file);
  const statements = new Map<string, StatementSync>();
  const prepare = (sql: string) => {
    const known = statements.get(sql);
    if (known) return known;
    const statement = db.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  const store: Store = {
    migrate(room, steps) {
      const seen = Number(
        prepare('SELECT COUNT(*) AS n FROM migrations WHERE room = ?').get(room)?.['n'] ?? 0,
      );
      for (const [index, sql] of steps.entries()) {
        if (index < seen) continue;
        store.transaction(() => {
          db.exec(sql);
          prepare('INSERT INTO migrations (room, step) VALUES (?, ?)').run(room, index);
        });
      }
    },
    run: (sql, ...values) => {
      guard(file, () => prepare(sql).run(...values));
    },
    get: (sql, ...values) => prepare(sql).get(...values) as Row | undefined,
    all: (sql, ...values) => prepare(sql).all(...values) as Row[],
    transaction(work) {
      db.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        guard(file, () => db.exec('COMMIT'));
        return result;
      } catch (error) {
        if (db.isTransaction) db.exec('ROLLBACK');
        throw error;
      }
    },
    [Symbol.dispose]: () => db.close(),
  };
  return store;
}

function open(file: string): DatabaseSync {
  try {
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const db = new DatabaseSync(file);
    // WAL with full sync: a committed row is on disk before we act on it.
    db.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON;',
    );
    db.exec(
      'CREATE TABLE IF NOT EXISTS migrations (room TEXT NOT NULL, step INTEGER NOT NULL, PRIMARY KEY (room, step))',
    );
    return db;
  } catch (error) {
    throw unusable(file, error);
  }
}

function guard(file: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    throw isDiskTrouble(error) ? unusable(file, error) : error;
  }
}

function isDiskTrouble(error: unknown): boolean {
  // SQLITE_FULL 13, SQLITE_IOERR 10, SQLITE_READONLY 8, SQLITE_CORRUPT 11
  const code = (error as { errcode?: number }).errcode;
  return code !== undefined && [8, 10, 11, 13].includes(code & 0xff);
}

function unusable(file: string, cause: unknown): Fault {
  return new Fault(
    'daemon.store-unusable',
    `the state file ${file} can't be used: ${(cause as Error).message}`,
    {
      blame: 'self',
      data: { file },
      remedy:
        'check that its disk has room, that this user may write there, and that the file is not damaged',
      cause,
    },
  );
}
