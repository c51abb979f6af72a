/**
 * One lease's kept log on disk: bounded, the oldest segment goes when there are too many. Lines are written in batches;
 * what a crash keeps from the disk the driver still has. A disk that is full loses lines, counted, and nothing else.
 */
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import type { Clock, LogLine } from '@souk/protocol';
import { type NumberedLine, readFrom, readMatching, type ReadOptions } from './reader.ts';
import {
  advance,
  type Cursor,
  headerText,
  lineText,
  listSegments,
  recoverEnd,
  type Segment,
  segmentPath,
} from './segments.ts';

export interface Ring {
  /** Where each stream of each replica has got to. */
  readonly cursors: ReadonlyMap<string, Cursor>;
  append(line: LogLine): void;
  /** What was appended is on disk, or counted as lost. */
  flush(): Promise<void>;
  read(options: ReadOptions): AsyncIterable<LogLine>;
  /** From this line's number on, and what comes; starts later where that line is gone. */
  readFrom(number: number, signal: AbortSignal): AsyncIterable<NumberedLine>;
  bytes(): number;
  /** Drop the oldest segment, unless it is being written. */
  shrink(): Promise<void>;
  /** No more lines will come: whoever follows is done. */
  end(): Promise<void>;
}

export interface RingOptions {
  readonly maxBytes: number;
  readonly clock: Clock;
  /** The disk does not take lines. */
  readonly onTrouble: (error: unknown) => void;
}

const maxSegments = 8;
const batchMs = 100;
const maxBatchBytes = 256 * 1024;
/** Lines that wait for a slow disk. */
const maxPending = 20_000;

export async function openRing(folder: string, options: RingOptions): Promise<Ring> {
  const segmentBytes = Math.ceil(options.maxBytes / maxSegments);
  const batchBytes = Math.min(maxBatchBytes, segmentBytes / 2);
  const { segments: found, end } = await recover(folder);
  let segments = found;
  /** As on disk, and as appended. */
  const written = { lines: end.lines, cursors: new Map(end.cursors) };
  const cursors = new Map(end.cursors);
  let file: FileHandle | undefined;
  let pending: LogLine[] = [];
  let lost: { count: number; last: LogLine } | undefined;
  let isEnded = false;
  let change = Promise.withResolvers<void>();
  let writing: Promise<void> | undefined;
  let isScheduled = false;

  const tell = () => {
    change.resolve();
    change = Promise.withResolvers();
  };

  const lose = (lines: readonly LogLine[]) => {
    const last = lines.at(-1);
    if (last) lost = { count: (lost?.count ?? 0) + lines.length, last };
  };

  const shrink = async () => {
    const [oldest, ...rest] = segments;
    if (!oldest || rest.length === 0) return;
    segments = rest;
    await rm(oldest.path, { force: true });
  };

  const segmentToWrite = async (incoming: number): Promise<{ file: FileHandle; segment: Segment }> => {
    const last = segments.at(-1);
    if (last && last.bytes + incoming <= segmentBytes) {
      file ??= await open(last.path, 'a', 0o600);
      return { file, segment: last };
    }
    await file?.close();
    file = undefined;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const index = (last?.index ?? 0) + 1;
    const path = segmentPath(folder, index);
    const opened = await open(path, 'w', 0o600);
    const header = headerText({ lines: written.lines, cursors: Object.fromEntries(written.cursors) });
    try {
      await opened.appendFile(header);
    } catch (error) {
      await opened.close();
      await rm(path, { force: true });
      throw error;
    }
    const segment = { index, path, bytes: Buffer.byteLength(header) };
    segments = [...segments, segment];
    file = opened;
    while (segments.length > maxSegments) await shrink();
    return { file, segment };
  };

  const writeSome = async (lines: readonly LogLine[], bytes: Buffer): Promise<void> => {
    const target = await segmentToWrite(bytes.length);
    try {
      await target.file.appendFile(bytes);
    } catch (error) {
      // No torn line in the middle of the file.
      await target.file.truncate(target.segment.bytes).catch(() => undefined);
      throw error;
    }
    target.segment.bytes += bytes.length;
    written.lines += lines.length;
    for (const line of lines) advance(written.cursors, line);
    tell();
  };

  const writeAll = async (): Promise<void> => {
    while (pending.length > 0) {
      const { count, bytes } = takeTexts(lost ? [noteOf(lost), ...pending] : pending, batchBytes);
      const note = lost ? [noteOf(lost)] : [];
      const lines = [...note, ...pending].slice(0, count);
      pending = pending.slice(count - note.length);
      const before = lost;
      lost = undefined;
      try {
        await writeSome(lines, bytes);
      } catch (error) {
        lost = before;
        lose(lines.slice(note.length));
        options.onTrouble(error);
      }
    }
  };

  const flush = async (): Promise<void> => {
    while (pending.length > 0 || writing) {
      writing ??= writeAll().finally(() => {
        writing = undefined;
      });
      await writing;
    }
  };

  const schedule = () => {
    if (isScheduled) return;
    isScheduled = true;
    void options.clock
      .sleep(batchMs)
      .then(flush)
      .finally(() => {
        isScheduled = false;
        if (pending.length > 0 && !isEnded) schedule();
      });
  };

  const readable = {
    segments: () => segments,
    lines: () => written.lines,
    isEnded: () => isEnded,
    changed: () => change.promise,
  };

  return {
    cursors,
    append(line) {
      if (isEnded) return;
      advance(cursors, line);
      if (pending.length < maxPending) pending.push(line);
      else lose([line]);
      schedule();
    },
    flush,
    async *read(readOptions) {
      await flush();
      yield* readMatching(readable, readOptions);
    },
    async *readFrom(number, signal) {
      await flush();
      yield* readFrom(readable, number, signal);
    },
    bytes: () => segments.reduce((sum, segment) => sum + segment.bytes, 0),
    shrink,
    async end() {
      await flush();
      isEnded = true;
      tell();
      await file?.close();
      file = undefined;
    },
  };
}

/** The newest segment that says what it is; newer ones, torn by a crash as they began, are removed. */
async function recover(folder: string) {
  const segments = await listSegments(folder);
  for (let last = segments.at(-1); last; last = segments.at(-1)) {
    const end = await recoverEnd(last);
    if (end) return { segments, end };
    await rm(last.path, { force: true });
    segments.pop();
  }
  return { segments, end: { lines: 0, cursors: new Map<string, Cursor>() } };
}

function takeTexts(lines: readonly LogLine[], limit: number): { count: number; bytes: Buffer } {
  const texts: string[] = [];
  let size = 0;
  for (const line of lines) {
    const text = lineText(line);
    texts.push(text);
    size += text.length;
    if (size >= limit) break;
  }
  return { count: texts.length, bytes: Buffer.from(texts.join('')) };
}

function noteOf({ count, last }: { readonly count: number; readonly last: LogLine }): LogLine {
  return { ...last, stream: 'stderr', text: `souk: ${count} lines lost here: the disk did not take them` };
}
