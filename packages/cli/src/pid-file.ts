/** A file that names the one process that may do a thing. A pid given to another process since is told by its start. */
import { existsSync, linkSync, readFileSync, rmSync } from 'node:fs';
import { writeFileAtomically } from './home.ts';

/** The living process that the file names. */
export function holderOf(file: string): number | undefined {
  if (!existsSync(file)) return undefined;
  const [pid = '', start = ''] = readFileSync(file, 'utf8').trim().split(' ');
  return startOf(Number(pid)) === start ? Number(pid) : undefined;
}

/** Takes the file for this process, until disposed; undefined where another living process holds it. */
export function holdPidFile(file: string): Disposable | undefined {
  const holder = holderOf(file);
  if (holder !== process.pid && (holder !== undefined || !claim(file))) return undefined;
  return {
    [Symbol.dispose]: () => {
      if (holderOf(file) === process.pid) rmSync(file, { force: true });
    },
  };
}

/** Gives the file, held by this process, to another. */
export function passPidFile(file: string, pid: number): void {
  writeFileAtomically(file, lineOf(pid));
}

// A link is made or not, so of many that try at once one wins.
function claim(file: string): boolean {
  const draft = `${file}.${process.pid}`;
  writeFileAtomically(draft, lineOf(process.pid));
  try {
    // Left by a process that is no more.
    if (existsSync(file) && holderOf(file) === undefined) rmSync(file, { force: true });
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function lineOf(pid: number): string {
  return `${pid} ${startOf(pid) ?? ''}\n`;
}

// Field 22 of /proc/PID/stat: start time in clock ticks since boot.
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
