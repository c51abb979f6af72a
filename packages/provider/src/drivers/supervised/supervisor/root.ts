/**
 * Prepares what the sandbox sees as `/`, by mounts in the supervisor's own namespace. The image's folder is shared and
 * never written: writes go to `upper/`. What an earlier run of the workload left there is hostile: a link is followed
 * only as if the sandbox's root were `/`.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, lchownSync, lstatSync, mkdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import type { Isolation, ReplicaPlan } from './plan.ts';

export interface Root {
  /** Where the root lies, for bubblewrap. */
  readonly path: string;
  readonly sharedMemory: string;
  /** Bind mounts: from here, to the path inside. */
  readonly binds: readonly {
    readonly source: string;
    readonly target: string;
    readonly isReadOnly: boolean;
  }[];
  readonly workingDir: string;
}

const sharedMemoryBytes = 64 * 2 ** 20;
/** A place that every user may pass through, for the root's workloads, which are not root. */
const publicFolders = ['/mnt', '/media', '/srv', '/opt'];
const maxLinks = 40;

/** `secretFiles`: base64 by path; they lie in memory, and are mounted read-only. */
export function prepareRoot(
  plan: ReplicaPlan,
  isolation: Isolation,
  secretFiles: Readonly<Record<string, string>>,
): Root {
  const stage = join(plan.folder, 'stage');
  for (const name of ['upper', 'work', 'stage']) mkdirSync(join(plan.folder, name), { recursive: true });
  own(join(plan.folder, 'upper'), isolation);
  mountMemory(stage, 2 ** 20, isolation);
  mkdirSync(join(stage, 'root'));
  mountRoot(plan, isolation);

  const root = join(stage, 'root');
  for (const path of ['proc', 'dev']) makeRealFolder(join(root, path), isolation);
  for (const [name, text] of Object.entries(etcFiles(plan, isolation)))
    putFile(root, '/etc', name, text, isolation);
  const targets = plan.mounts.map((mount) => folderIn(root, mount.path, isolation));
  const workingDir = folderIn(root, plan.workingDir, isolation);
  folderIn(root, '/tmp', isolation);
  for (const [index, { source, bytes }] of plan.mounts.entries()) {
    const at = join(stage, `mount-${index}`);
    mkdirSync(at);
    if (source === null) mountMemory(at, bytes, isolation);
    else execFileSync('mount', ['--bind', source, at]);
  }
  const secrets = prepareSecrets(root, join(stage, 'secrets'), secretFiles, isolation);
  mkdirSync(join(stage, 'shm'));
  mountMemory(join(stage, 'shm'), sharedMemoryBytes, isolation);

  const visible = isolation.hostUser === null ? stage : showPublicly(stage);
  return {
    path: join(visible, 'root'),
    sharedMemory: join(visible, 'shm'),
    binds: [
      ...plan.mounts.map(({ isReadOnly }, index) => ({
        source: join(visible, `mount-${index}`),
        target: targets[index] ?? '/',
        isReadOnly,
      })),
      ...secrets.map((target, index) => ({
        source: join(visible, 'secrets', String(index)),
        target,
        isReadOnly: true,
      })),
    ],
    workingDir,
  };
}

/** Writes them to a place in memory; returns where each is to be mounted, on an empty file. */
function prepareSecrets(
  root: string,
  place: string,
  files: Readonly<Record<string, string>>,
  isolation: Isolation,
): readonly string[] {
  const entries = Object.entries(files);
  if (entries.length === 0) return [];
  mkdirSync(place);
  const bytes = entries.map(([, text]) => Buffer.from(text, 'base64'));
  const pages = bytes.reduce((sum, each) => sum + Math.ceil(each.length / 4096) + 1, 1);
  mountMemory(place, pages * 4096, isolation);
  return entries.map(([path], index) => {
    const file = join(place, String(index));
    writeFileSync(file, bytes[index] ?? '', { flag: 'wx', mode: 0o400 });
    own(file, isolation);
    return emptyFileIn(root, path, isolation);
  });
}

function emptyFileIn(root: string, path: string, isolation: Isolation): string {
  const inside = join(folderIn(root, dirname(path), isolation), basename(path));
  const at = join(root, inside);
  if (!lstatSync(at, { throwIfNoEntry: false })?.isFile()) {
    rmSync(at, { recursive: true, force: true });
    writeFileSync(at, '', { flag: 'wx', mode: 0o444 });
    own(at, isolation);
  }
  return inside;
}

/** Names that the workload can look up: itself, and the services that it may reach. */
function etcFiles(plan: ReplicaPlan, { hasInternet }: Isolation): Readonly<Record<string, string>> {
  const addresses = new Map(plan.links.map(({ name, address }) => [name, address]));
  const services = [...addresses].map(([name, address]) => `${address} ${name}\n`);
  return {
    hosts: `127.0.0.1 localhost ${plan.hostname}\n::1 localhost\n${services.join('')}`,
    hostname: `${plan.hostname}\n`,
    // slirp4netns answers there.
    'resolv.conf': hasInternet ? 'nameserver 10.0.2.3\n' : '',
  };
}

function mountRoot(plan: ReplicaPlan, isolation: Isolation): void {
  // Relative, since an overlay's options can't hold every character of a path.
  const cwd = plan.folder;
  const lower = relative(cwd, plan.rootfs);
  if (isolation.root === 'copy') {
    if (!existsSync(join(cwd, 'copied'))) {
      execFileSync('cp', ['-a', '--reflink=auto', `${plan.rootfs}/.`, 'upper'], { cwd });
      writeFileSync(join(cwd, 'copied'), '');
    }
    execFileSync('mount', ['--bind', 'upper', 'stage/root'], { cwd });
    return;
  }
  const own = isolation.hostUser === null ? ',userxattr' : '';
  const options = `lowerdir=${lower},upperdir=upper,workdir=work${own}`;
  execFileSync('mount', ['-t', 'overlay', 'overlay', '-o', options, 'stage/root'], { cwd });
}

function mountMemory(path: string, bytes: number, { hostUser }: Isolation): void {
  const owner = hostUser === null ? '' : `,uid=${hostUser.uid},gid=${hostUser.gid}`;
  const options = `size=${bytes},mode=755,nosuid,nodev${owner}`;
  execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', '-o', options, path]);
}

function showPublicly(stage: string): string {
  const place = publicFolders.find((path) => existsSync(path) && !stage.startsWith(`${path}/`));
  if (place === undefined) throw new Error(`none of ${publicFolders.join(', ')} exists`);
  execFileSync('mount', ['--rbind', stage, place]);
  return place;
}

function own(path: string, { hostUser }: Isolation): void {
  if (hostUser !== null) lchownSync(path, hostUser.uid, hostUser.gid);
}

function makeRealFolder(path: string, isolation: Isolation): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) return;
  rmSync(path, { force: true });
  mkdirSync(path);
  own(path, isolation);
}

function putFile(root: string, folder: string, name: string, text: string, isolation: Isolation): void {
  const path = join(root, folderIn(root, folder, isolation), name);
  rmSync(path, { recursive: true, force: true });
  writeFileSync(path, text, { flag: 'wx', mode: 0o644 });
  own(path, isolation);
}

/** The real path, inside the root, of a folder that is made where it is missing. */
function folderIn(root: string, path: string, isolation: Isolation): string {
  let todo = path.split('/');
  let real: string[] = [];
  let links = 0;
  for (let part = todo.shift(); part !== undefined; part = todo.shift()) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      real.pop();
      continue;
    }
    const at = join(root, ...real, part);
    const found = lstatSync(at, { throwIfNoEntry: false });
    if (found?.isSymbolicLink()) {
      if ((links += 1) > maxLinks) throw new Error(`links in a circle at ${path}`);
      const target = readlinkSync(at);
      if (target.startsWith('/')) real = [];
      todo = [...target.split('/'), ...todo];
      continue;
    }
    if (found === undefined) {
      mkdirSync(at);
      own(at, isolation);
    } else if (!found.isDirectory()) throw new Error(`${path} leads through a file of the image`);
    real.push(part);
  }
  return `/${real.join('/')}`;
}
