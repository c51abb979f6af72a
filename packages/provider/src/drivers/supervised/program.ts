/**
 * The supervisor as a program on disk: its modules with their types stripped, in a folder named by their hash. Plain
 * JavaScript starts faster and holds a third of the memory; and an update of Souk changes nothing under those that run.
 */
import { createHash } from 'node:crypto';
import { access, chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { codeOf } from '../faults.ts';

const sources = join(import.meta.dirname, 'supervisor');

/** The folder of the program: `main.mjs` supervises, `node-ports.mjs` is for Node programs that share our network. */
export async function installSupervisor(folder: string): Promise<string> {
  const modules = await readModules();
  const hash = createHash('sha256').update(JSON.stringify(modules)).digest('hex').slice(0, 16);
  const target = join(folder, hash);
  if (
    await access(target).then(
      () => true,
      () => false,
    )
  )
    return target;
  await mkdir(folder, { recursive: true });
  const work = await mkdtemp(join(folder, 'new-'));
  for (const [name, text] of modules) await writeFile(join(work, name), text, { mode: 0o644 });
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

async function readModules(): Promise<readonly (readonly [string, string])[]> {
  const names = (await readdir(sources)).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  return Promise.all(
    names.sort().map(async (name) => {
      const text = stripTypeScriptTypes(await readFile(join(sources, name), 'utf8'));
      return [toModule(name), text.replace(/(from '\.\/[a-z-]+)\.ts'/g, "$1.mjs'")] as const;
    }),
  );
}

function toModule(name: string): string {
  return name.replace(/\.ts$/, '.mjs');
}
