/**
 * The files of one lease's kept log: numbered segments of JSON lines. The first line of a segment says what came before
 * it, so that one segment is enough to go on from; a line that a crash has torn is cut off.
 */
import { type FileHandle, open, readdir, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogLine } from '@souk/protocol';

/** Of one replica's stream: the time of its last line, and how many lines have exactly that time. */
export interface Cursor {
  readonly at: number;
  readonly count: number;
}

export interface SegmentHeader {
  /** Lines in all segments before this one, those long dropped included. */
  readonly lines: number;
  /** By `service/replica/stream`. */
  readonly cursors: Readonly<Record<string, Cursor>>;
}

export interface Segment {
  readonly index: number;
  readonly path: string;
  bytes: number;
}

const chunkBytes = 64 * 1024;

export function segmentPath(folder: string, index: number): string {
  return join(folder, `${String(index).padStart(8, '0')}.log`);
}

/** Oldest first; none where there is no folder. */
export async function listSegments(folder: string): Promise<Segment[]> {
  const names = await readdir(folder).catch(() => [] as string[]);
  const found = await Promise.all(
    names
      .filter((name) => /^[0-9]{8}\.log$/.test(name))
      .sort()
      .map(async (name) => {
        const path = join(folder, name);
        const seen = await stat(path).catch(() => undefined);
        return seen ? [{ index: Number(name.slice(0, 8)), path, bytes: seen.size }] : [];
      }),
  );
  return found.flat();
}

export const cursorKey = (line: LogLine) => `${line.service}/${line.replica}/${line.stream}`;

export function headerText(header: SegmentHeader): string {
  return `${JSON.stringify(header)}\n`;
}

export function lineText({ at, service, replica, stream, text }: LogLine): string {
  return `${JSON.stringify({ at, service, replica, stream, text })}\n`;
}

/** Undefined for a header, and for what a failing disk has made of a line. */
export function parseLine(text: string): LogLine | undefined {
  const value = parseJson(text) as Partial<LogLine> | undefined;
  return typeof value?.at === 'number' && typeof value.text === 'string' ? (value as LogLine) : undefined;
}

export function parseHeader(text: string): SegmentHeader | undefined {
  const value = parseJson(text) as Partial<SegmentHeader> | undefined;
  return typeof value?.lines === 'number' ? { lines: value.lines, cursors: value.cursors ?? {} } : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export async function readHeader(path: string): Promise<SegmentHeader | undefined> {
  for await (const lines of readChunks(path)) return parseHeader(lines[0] ?? '');
  return undefined;
}

/** Whole lines of a file, a chunk's at a time, the first line of the file included. */
export async function* readChunks(path: string): AsyncIterable<readonly string[]> {
  const file = await openIfThere(path);
  if (!file) return;
  try {
    const source = createLineSource(file);
    for (let lines = await source.next(); lines.length > 0; lines = await source.next()) yield lines;
  } finally {
    await file.close();
  }
}

export interface LineSource {
  /** Whole lines written since the last call, at most about a chunk; none at the end of what there is. */
  next(): Promise<readonly string[]>;
}

export function createLineSource(file: FileHandle): LineSource {
  let position = 0;
  let rest: Buffer = Buffer.alloc(0);
  return {
    async next() {
      for (;;) {
        const buffer = Buffer.allocUnsafe(chunkBytes);
        const { bytesRead } = await file.read(buffer, 0, chunkBytes, position);
        if (bytesRead === 0) return [];
        position += bytesRead;
        const bytes = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
        const end = bytes.lastIndexOf(10);
        rest = Buffer.from(bytes.subarray(end + 1));
        if (end >= 0) return bytes.toString('utf8', 0, end).split('\n');
      }
    },
  };
}

export async function openIfThere(path: string): Promise<FileHandle | undefined> {
  return open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

/** Where the newest segment ends; a torn last line is cut off. */
export async function recoverEnd(
  segment: Segment,
): Promise<{ lines: number; cursors: Map<string, Cursor> } | undefined> {
  let header: SegmentHeader | undefined;
  let lines = 0;
  let whole = 0;
  const cursors = new Map<string, Cursor>();
  for await (const chunk of readChunks(segment.path)) {
    for (const text of chunk) {
      whole += Buffer.byteLength(text) + 1;
      if (!header) {
        header = parseHeader(text);
        if (!header) return undefined;
        for (const [key, cursor] of Object.entries(header.cursors)) cursors.set(key, cursor);
        continue;
      }
      lines += 1;
      const line = parseLine(text);
      if (line) advance(cursors, line);
    }
  }
  if (!header) return undefined;
  if (whole < segment.bytes) {
    await truncate(segment.path, whole);
    segment.bytes = whole;
  }
  return { lines: header.lines + lines, cursors };
}

export function advance(cursors: Map<string, Cursor>, line: LogLine): void {
  const key = cursorKey(line);
  const known = cursors.get(key);
  cursors.set(key, { at: line.at, count: known?.at === line.at ? known.count + 1 : 1 });
}
