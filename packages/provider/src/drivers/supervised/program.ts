/**
 * The supervisor as a program on disk: its modules with their types stripped, in a folder named by their hash. Plain
 * JavaScript starts faster and holds a third of the memory; and an update of Souk changes nothing under those that run.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, chmod, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { codeOf } from '../faults.ts';

const run = promisify(execFile);
const sources = join(import.meta.dirname, 'supervisor');
const strip = join(import.meta.dirname, 'strip.ts');

/** The folder of the program: `main.mjs` supervises, `node-ports.mjs` is for Node programs that share our network. */
export async function installSupervisor(folder: string): Promise<string> {
  const target = join(folder, await hashSources());
  if (
    await access(target).then(
      () => true,
      () => false,
    )
  )
    return target;
  await mkdir(folder, { recursive: true });
  const work = await mkdtemp(join(folder, 'new-'));
  await run(process.execPath, ['--disable-warning=ExperimentalWarning', strip, sources, work]);
  // Workloads of the process driver read it too, whoever they are.
  await chmod(work, 0o755);
  try {
    await rename(work, target);
  } catch (error) {
    if (codeOf(error) !== 'ENOTEMPTY' && codeOf(error) !== 'EEXIST') throw error;
    await rm(work, { recursive: true });
  }
  return target;
}

async function hashSources(): Promise<string> {
  const hash = createHash('sha256');
  const names = await readdir(sources);
  for (const name of names.filter((each) => each.endsWith('.ts')).sort())
    hash.update(JSON.stringify([name, await readFile(join(sources, name), 'utf8')]));
  return hash.digest('hex').slice(0, 16);
}
