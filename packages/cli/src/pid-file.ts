/** A file that names the one process that may do a thing. A pid given to another process since is told by its start. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
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
  if (holder !== undefined && holder !== process.pid) return undefined;
  writeFileAtomically(file, `${process.pid} ${startOf(process.pid) ?? ''}\n`);
  if (holderOf(file) !== process.pid) return undefined;
  return {
    [Symbol.dispose]: () => {
      if (holderOf(file) === process.pid) rmSync(file, { force: true });
    },
  };
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
