/**
 * A validator's memory over crashes: every score before it counts, weights before they are committed, an attestation
 * before it is signed. So a restart finds all that was said to anybody, and says the same again.
 */
import type { Store } from '@souk/daemon';
import {
  encodeJson,
  type EpochAttestation,
  epochAttestationSchema,
  type Hex,
  hash32Schema,
  signedSubnetResponseSchema,
  signedSubnetTaskSchema,
} from '@souk/protocol';
import { z } from 'zod';
import { engineVersion } from '../epochs/inputs.ts';
import { decodeResult, encodeResult } from '../epochs/encode.ts';
import type { EpochResult } from '../epochs/epoch.ts';
import type { LogEntry } from './evidence/log.ts';

/** What was committed to: it is revealed as it is. */
export interface Sealed {
  readonly version: number;
  readonly logRoot: Hex;
  readonly weights: readonly Hex[];
}

export interface Scored {
  readonly mechanism: number;
  readonly registration: number;
  readonly sequence: number;
}

export interface Journal {
  /** False where the epoch is sealed already, or this sequence scored: then nothing is written. */
  addEntry(entry: LogEntry): boolean;
  /** By mechanism, registration, sequence. */
  entriesOf(epoch: number): readonly LogEntry[];
  /** What was scored, without what it was. */
  scored(epoch: number): readonly Scored[];
  /** The first seal of an epoch holds; the one that holds is returned. */
  seal(epoch: number, sealed: Sealed): Sealed;
  sealedOf(epoch: number): Sealed | undefined;
  /** Whether this may be signed: false where something else was, of the same question. Call before signing. */
  mayAttest(attestation: EpochAttestation): boolean;
  saveResult(result: EpochResult): void;
  /** The newest epoch of which this engine's result is kept. */
  newestEpoch(): number | undefined;
  resultOf(epoch: number): EpochResult | undefined;
  forgetResults(from: number): void;
  /** Entries, seals and results of long ago. */
  forgetBefore(epoch: number): void;
}

const steps = [
  `CREATE TABLE subnet_entries (
    subnet INTEGER NOT NULL, epoch INTEGER NOT NULL, mechanism INTEGER NOT NULL, registration INTEGER NOT NULL,
    sequence INTEGER NOT NULL, entry TEXT NOT NULL, PRIMARY KEY (subnet, epoch, mechanism, registration, sequence)
  );
  CREATE TABLE subnet_seals (
    subnet INTEGER NOT NULL, epoch INTEGER NOT NULL, sealed TEXT NOT NULL, PRIMARY KEY (subnet, epoch)
  );
  CREATE TABLE subnet_attested (
    subnet INTEGER NOT NULL, epoch INTEGER NOT NULL, engine INTEGER NOT NULL, snapshot TEXT NOT NULL,
    attestation TEXT NOT NULL, PRIMARY KEY (subnet, epoch, engine, snapshot)
  );
  CREATE TABLE subnet_results (
    subnet INTEGER NOT NULL, epoch INTEGER NOT NULL, engine INTEGER NOT NULL, result TEXT NOT NULL,
    PRIMARY KEY (subnet, epoch)
  );`,
];

/** Results kept: enough to go back over a reorganisation, and for claims while posts are late. */
const keptResults = 128;
/** Attestations outlive everything else: signing anew of an old epoch must stay impossible. */
const keptAttestations = 4_096;

const entrySchema = z.strictObject({
  task: signedSubnetTaskSchema,
  response: signedSubnetResponseSchema.nullable(),
  body: z.string(),
  observation: z.string(),
  score: z.number(),
});
const sealedSchema = z.strictObject({
  version: z.number(),
  logRoot: hash32Schema,
  weights: z.array(z.string().transform((text) => text as Hex)),
});

export function openJournal(store: Store, subnet: number): Journal {
  store.migrate('subnet-validator', steps);
  const readJson = (row: Readonly<Record<string, unknown>>, column: string): unknown =>
    JSON.parse(String(row[column]));

  const sealedOf = (epoch: number): Sealed | undefined => {
    const row = store.get('SELECT sealed FROM subnet_seals WHERE subnet = ? AND epoch = ?', subnet, epoch);
    return row && sealedSchema.parse(readJson(row, 'sealed'));
  };

  return {
    addEntry: (entry) =>
      store.transaction(() => {
        const { epoch, mechanism, registration, sequence } = entry.task.message;
        const key = [subnet, epoch, mechanism, registration, sequence];
        const isKnown = store.get(
          'SELECT 1 FROM subnet_entries WHERE subnet = ? AND epoch = ? AND mechanism = ? AND registration = ? AND sequence = ?',
          ...key,
        );
        if (isKnown !== undefined || sealedOf(epoch) !== undefined) return false;
        store.run(
          'INSERT INTO subnet_entries (subnet, epoch, mechanism, registration, sequence, entry) VALUES (?, ?, ?, ?, ?, ?)',
          ...key,
          encodeJson(entry),
        );
        return true;
      }),
    entriesOf: (epoch) =>
      store
        .all(
          'SELECT entry FROM subnet_entries WHERE subnet = ? AND epoch = ? ORDER BY mechanism, registration, sequence',
          subnet,
          epoch,
        )
        .map((row) => entrySchema.parse(readJson(row, 'entry'))),
    scored: (epoch) =>
      store
        .all(
          'SELECT mechanism, registration, sequence FROM subnet_entries WHERE subnet = ? AND epoch = ?',
          subnet,
          epoch,
        )
        .map((row) => ({
          mechanism: Number(row['mechanism']),
          registration: Number(row['registration']),
          sequence: Number(row['sequence']),
        })),
    seal: (epoch, sealed) => {
      const known = sealedOf(epoch);
      if (known) return known;
      store.run(
        'INSERT INTO subnet_seals (subnet, epoch, sealed) VALUES (?, ?, ?)',
        subnet,
        epoch,
        encodeJson(sealed),
      );
      return sealed;
    },
    sealedOf,
    mayAttest: (attestation) => {
      const { epoch, engine, snapshotBlock } = attestation;
      const row = store.get(
        'SELECT attestation FROM subnet_attested WHERE subnet = ? AND epoch = ? AND engine = ? AND snapshot = ?',
        subnet,
        epoch,
        engine,
        snapshotBlock,
      );
      if (row) {
        const signed = epochAttestationSchema.parse(readJson(row, 'attestation'));
        return (
          encodeJson(signed) === encodeJson(epochAttestationSchema.parse(JSON.parse(encodeJson(attestation))))
        );
      }
      store.run(
        'INSERT INTO subnet_attested (subnet, epoch, engine, snapshot, attestation) VALUES (?, ?, ?, ?, ?)',
        subnet,
        epoch,
        engine,
        snapshotBlock,
        encodeJson(attestation),
      );
      return true;
    },
    saveResult: (result) => {
      store.run(
        'INSERT OR REPLACE INTO subnet_results (subnet, epoch, engine, result) VALUES (?, ?, ?, ?)',
        subnet,
        result.epoch,
        result.engine,
        encodeResult(result),
      );
    },
    newestEpoch: () => {
      const row = store.get(
        'SELECT epoch FROM subnet_results WHERE subnet = ? AND engine = ? ORDER BY epoch DESC LIMIT 1',
        subnet,
        engineVersion,
      );
      return row && Number(row['epoch']);
    },
    resultOf: (epoch) => {
      const row = store.get(
        'SELECT result FROM subnet_results WHERE subnet = ? AND epoch = ? AND engine = ?',
        subnet,
        epoch,
        engineVersion,
      );
      return row && decodeResult(String(row['result']));
    },
    forgetResults: (from) =>
      store.run('DELETE FROM subnet_results WHERE subnet = ? AND epoch >= ?', subnet, from),
    forgetBefore: (epoch) =>
      store.transaction(() => {
        for (const table of ['subnet_entries', 'subnet_seals'])
          store.run(`DELETE FROM ${table} WHERE subnet = ? AND epoch < ?`, subnet, epoch);
        store.run('DELETE FROM subnet_results WHERE subnet = ? AND epoch < ?', subnet, epoch - keptResults);
        store.run(
          'DELETE FROM subnet_attested WHERE subnet = ? AND epoch < ?',
          subnet,
          epoch - keptAttestations,
        );
      }),
  };
}
