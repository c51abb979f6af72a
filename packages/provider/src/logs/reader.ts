/** Reads a lease's segments while they are written: the last lines that match, then what comes. Holds a chunk at a time. */
import type { LogLine } from '@souk/protocol';
import { raceAbort } from '../leases/abortable.ts';
import {
  createLineSource,
  openIfThere,
  parseHeader,
  parseLine,
  readHeader,
  type Segment,
} from './segments.ts';

/** What a reader sees of the ring that it reads. */
export interface ReadableRing {
  segments(): readonly Segment[];
  /** Lines ever written: the number of the next one. */
  lines(): number;
  isEnded(): boolean;
  /** Resolves at the next change. */
  changed(): Promise<void>;
}

/** A line and its number in the lease's log, counted from 0 over all that was ever kept. */
export interface NumberedLine {
  readonly number: number;
  readonly line: LogLine;
}

export interface ReadOptions {
  readonly service: string | null;
  readonly follow: boolean;
  /** At most the last `tail` matching lines of the past. */
  readonly tail: number;
  /** Unix milliseconds: no older lines. */
  readonly since: number | null;
  /** Only lines that hold this text, whatever its case. */
  readonly grep: string | null;
  readonly signal: AbortSignal;
}

type Matches = (line: LogLine) => boolean;

export async function* readMatching(ring: ReadableRing, options: ReadOptions): AsyncIterable<LogLine> {
  const matches = matcherOf(options);
  // What comes while it is read belongs to those who follow: a log may grow faster than it is read.
  const end = ring.lines();
  const start = await findStart(ring, { matches, end }, options);
  let skip = start.skip;
  for await (const { number, line } of readOn(ring, start.index, options)) {
    if (number >= end && !options.follow) return;
    if (!matches(line)) continue;
    if (skip > 0) skip -= 1;
    else yield line;
  }
}

/** From this line's number on, following; starts later where that line is gone. */
export async function* readFrom(
  ring: ReadableRing,
  number: number,
  signal: AbortSignal,
): AsyncIterable<NumberedLine> {
  let index = 0;
  for (const segment of ring.segments()) {
    const header = await readHeader(segment.path);
    if (header && header.lines <= number) index = segment.index;
  }
  for await (const numbered of readOn(ring, index, { follow: true, signal }))
    if (numbered.number >= number) yield numbered;
}

/** The newest segment from which at least `tail` matching lines follow, and how many of them are too many. */
async function findStart(
  ring: ReadableRing,
  { matches, end }: { readonly matches: Matches; readonly end: number },
  { tail, since, signal }: ReadOptions,
): Promise<{ index: number; skip: number }> {
  let found = 0;
  let index = 0;
  for (const segment of ring.segments().toReversed()) {
    index = segment.index;
    let latest = 0;
    for await (const { number, line } of readSegment(ring, segment, { follow: false, signal })) {
      if (number >= end) break;
      latest = Math.max(latest, line.at);
      if (matches(line)) found += 1;
    }
    if (found >= tail || (since !== null && latest > 0 && latest < since)) break;
  }
  return { index, skip: Math.max(0, found - tail) };
}

async function* readOn(
  ring: ReadableRing,
  from: number,
  { follow, signal }: Pick<ReadOptions, 'follow' | 'signal'>,
): AsyncIterable<NumberedLine> {
  let next = from;
  for (;;) {
    const segment = ring.segments().find((each) => each.index >= next);
    if (segment) {
      yield* readSegment(ring, segment, { follow, signal });
      next = segment.index + 1;
    }
    if (signal.aborted) return;
    if (ring.segments().some((each) => each.index >= next)) continue;
    if (!follow || ring.isEnded()) return;
    await raceAbort(ring.changed(), signal).catch(() => undefined);
  }
}

/** Until there is a newer segment, or no more will come. */
async function* readSegment(
  ring: ReadableRing,
  { index, path }: Segment,
  { follow, signal }: Pick<ReadOptions, 'follow' | 'signal'>,
): AsyncIterable<NumberedLine> {
  const file = await openIfThere(path);
  if (!file) return;
  try {
    const source = createLineSource(file);
    let number = -1;
    for (;;) {
      // Asked before reading: what is written before a newer segment comes is read below.
      const isLast = !ring.segments().some((each) => each.index > index);
      const isEnded = ring.isEnded();
      const change = ring.changed();
      const lines = await source.next();
      for (const text of lines) {
        if (number < 0) {
          const header = parseHeader(text);
          if (!header) return;
          number = header.lines;
          continue;
        }
        const line = parseLine(text);
        if (line) yield { number, line };
        number += 1;
      }
      if (signal.aborted) return;
      if (lines.length > 0) continue;
      if (!isLast || !follow || isEnded) return;
      await raceAbort(change, signal).catch(() => undefined);
    }
  } finally {
    await file.close();
  }
}

function matcherOf({ service, since, grep }: ReadOptions): Matches {
  const wanted = grep?.toLowerCase();
  return (line) =>
    (service === null || line.service === service) &&
    (since === null || line.at >= since) &&
    (wanted === undefined || line.text.toLowerCase().includes(wanted));
}
