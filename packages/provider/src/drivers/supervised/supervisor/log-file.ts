/**
 * A replica's log: two files of bounded size, the older dropped when the newer is full. A line is
 * `<unix ms> <o|e> <text>`. Written synchronously, so that a workload that floods its output waits.
 */
import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export const logName = 'log';
export const oldLogName = 'log.old';
const maxLineBytes = 16 * 1024;

export interface LogFile {
  /** For a stream's chunks; call with null at its end. */
  add(stream: 'o' | 'e', chunk: Buffer | null): void;
}

export function openLogFile(folder: string, maxBytes: number): LogFile {
  const path = join(folder, logName);
  let file = openSync(path, 'a', 0o600);
  let size = fstatSync(file).size;
  const rest = { o: Buffer.alloc(0), e: Buffer.alloc(0) };

  function write(stream: 'o' | 'e', line: Buffer): void {
    const text = Buffer.concat([Buffer.from(`${Date.now()} ${stream} `), line, Buffer.from('\n')]);
    try {
      if (size + text.length > maxBytes) turn();
      size += writeSync(file, text);
    } catch {
      // On a full disk lines are lost, and the workload goes on.
    }
  }

  function turn(): void {
    const next = openSync(`${path}.new`, 'w', 0o600);
    closeSync(file);
    file = next;
    size = 0;
    renameSync(path, join(folder, oldLogName));
    renameSync(`${path}.new`, path);
  }

  return {
    add(stream, chunk) {
      let pending = chunk === null ? rest[stream] : Buffer.concat([rest[stream], chunk]);
      for (let end = lineEnd(pending); end !== -1; end = lineEnd(pending)) {
        write(stream, pending.subarray(0, end));
        pending = pending.subarray(pending[end] === 10 ? end + 1 : end);
      }
      if (chunk === null && pending.length > 0) write(stream, pending);
      // A copy, so that a short rest does not keep a large chunk in memory.
      rest[stream] = chunk === null ? Buffer.alloc(0) : Buffer.from(pending);
    },
  };
}

/** Where the first line ends: at its newline, or where it gets too long; −1 where it has not ended. */
function lineEnd(bytes: Buffer): number {
  const newline = bytes.indexOf(10);
  if (newline !== -1 && newline <= maxLineBytes) return newline;
  return bytes.length > maxLineBytes ? maxLineBytes : -1;
}
