/** Reads replicas' log files back, in order of time, and follows them over their turns. */
import { type FileHandle, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LogLine } from '@souk/protocol';
import { codeOf } from '../faults.ts';
import type { LogOptions } from '../driver.ts';
import { logName, oldLogName } from './supervisor/log-file.ts';
import type { ReplicaPlan } from './supervisor/plan.ts';

const pollMs = 100;
/** How often a follower looks for replicas that came or went. */
const rescanPolls = 10;
const chunkBytes = 256 * 1024;

interface Reader {
  /** What was written since the last call, at most a chunk. */
  next(): Promise<readonly LogLine[]>;
  close(): Promise<void>;
}

/** `find` gives the replicas there are now; no replicas any more ends a following read. */
export async function* readLogs(
  find: () => Promise<readonly ReplicaPlan[]>,
  { follow, tail, since = 0, signal }: LogOptions,
): AsyncIterable<LogLine> {
  const readers = new Map<string, Reader>();
  const open = async () => {
    const plans = await find();
    for (const plan of plans)
      if (!readers.has(plan.folder)) readers.set(plan.folder, openReader(plan, since));
    return plans.length > 0;
  };
  try {
    await open();
    let past: LogLine[] = [];
    for (let fresh = await readAll(readers); fresh.length > 0; fresh = await readAll(readers))
      past = keepTail([...past, ...fresh], tail);
    yield* past;
    for (let polls = 1; follow && !signal.aborted; polls += 1) {
      const fresh = await readAll(readers);
      yield* fresh;
      if (fresh.length > 0) continue;
      await sleep(pollMs, undefined, { signal }).catch(() => undefined);
      if (polls % rescanPolls === 0 && !(await open())) return;
    }
  } finally {
    for (const reader of readers.values()) await reader.close();
  }
}

async function readAll(readers: ReadonlyMap<string, Reader>): Promise<readonly LogLine[]> {
  const read = await Promise.all([...readers.values()].map((reader) => reader.next()));
  return read.flat().sort((a, b) => a.at - b.at);
}

function keepTail(lines: LogLine[], tail: number): LogLine[] {
  lines.sort((a, b) => a.at - b.at);
  return tail === 0 ? [] : lines.slice(-tail);
}

function openReader(plan: ReplicaPlan, since: number): Reader {
  const path = join(plan.folder, logName);
  let file: FileHandle | undefined;
  let position = 0;
  let rest = Buffer.alloc(0);
  let isFirst = true;

  async function openNext(): Promise<boolean> {
    const old = isFirst ? await openIfThere(join(plan.folder, oldLogName)) : undefined;
    isFirst = false;
    const next = old ?? (await openIfThere(path));
    if (next === undefined) return false;
    await file?.close();
    file = next;
    position = 0;
    rest = Buffer.alloc(0);
    return true;
  }

  /** The file that is read is no longer the one that is written. */
  async function isTurned(): Promise<boolean> {
    const now = await stat(path).catch(() => undefined);
    return now !== undefined && file !== undefined && now.ino !== (await file.stat()).ino;
  }

  return {
    async next() {
      if (file === undefined && !(await openNext())) return [];
      const { bytesRead, buffer } = await read(file, position);
      if (bytesRead === 0) return (await isTurned()) && (await openNext()) ? this.next() : [];
      position += bytesRead;
      const text = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
      const end = text.lastIndexOf(10) + 1;
      rest = Buffer.from(text.subarray(end));
      return text
        .toString('utf8', 0, end)
        .split('\n')
        .flatMap((line) => parseLine(line, plan, since));
    },
    async close() {
      await file?.close();
      file = undefined;
    },
  };
}

async function read(file: FileHandle | undefined, position: number) {
  const buffer = Buffer.alloc(chunkBytes);
  if (file === undefined) return { bytesRead: 0, buffer };
  return file.read(buffer, 0, buffer.length, position);
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function parseLine(line: string, { service, replica }: ReplicaPlan, since: number): readonly LogLine[] {
  const match = /^(\d+) ([oe]) (.*)$/s.exec(line);
  if (match === null) return [];
  const [, at, stream, text = ''] = match;
  if (Number(at) < since) return [];
  return [{ at: Number(at), service, replica, stream: stream === 'e' ? 'stderr' : 'stdout', text }];
}
