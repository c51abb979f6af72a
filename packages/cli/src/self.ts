/**
 * How `souk` starts itself as another process. A daemon lives long and beside workloads: it gets a small nursery, and
 * a malloc that gives the buffers of an image back. The compile cache spares the TypeScript parser: 20 MB, and half of
 * the start. The script ./souk sets the same.
 */
import { join } from 'node:path';
import { environment } from '@souk/daemon';

const main = join(import.meta.dirname, 'main.ts');
const nodeFlags = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=2'];

/** For `spawn`. */
export interface SelfCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

export function commandOfSelf(args: readonly string[]): SelfCommand {
  const env = {
    NODE_COMPILE_CACHE: join(import.meta.dirname, '../../../.node/compile-cache'),
    MALLOC_ARENA_MAX: '2',
    MALLOC_MMAP_THRESHOLD_: '65536',
    ...environment().variables,
  };
  return { file: process.execPath, args: [...nodeFlags, main, ...args], env };
}
