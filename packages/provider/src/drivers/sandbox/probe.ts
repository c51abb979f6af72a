/** Whether this machine can make sandboxes, found by making one. */
import { mkdtemp, rm, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../supervised/run.ts';

export type SandboxProbe =
  | { readonly ok: true; readonly bwrap: string; readonly root: 'overlay' | 'copy' }
  | { readonly ok: false; readonly reason: string; readonly remedy: string };

const needed = ['nsenter', 'mount', 'prlimit', 'setpriv', 'du', 'sh'];

export async function probeSandbox(): Promise<SandboxProbe> {
  const bwrap = await findTool('bwrap');
  if (bwrap === undefined)
    return { ok: false, reason: 'bubblewrap is not installed', remedy: 'apt-get install bubblewrap' };
  for (const tool of needed)
    if ((await findTool(tool)) === undefined)
      return { ok: false, reason: `${tool} is not installed`, remedy: 'apt-get install util-linux mount' };
  try {
    await run(bwrap, [...outer(), 'true']);
    await run(bwrap, [...outer(), bwrap, ...inner, 'true']);
  } catch (error) {
    const detail =
      error instanceof Error ? error.message.split('\n').find((line) => line.startsWith('bwrap')) : '';
    return {
      ok: false,
      reason: `this machine lets us make no namespaces${detail ? ` (${detail})` : ''}`,
      remedy: 'sysctl -w kernel.unprivileged_userns_clone=1 kernel.apparmor_restrict_unprivileged_userns=0',
    };
  }
  return { ok: true, bwrap, root: (await canOverlay(bwrap)) ? 'overlay' : 'copy' };
}

const inner = [
  '--unshare-user',
  '--unshare-pid',
  '--bind',
  '/',
  '/',
  '--proc',
  '/proc',
  '--dev',
  '/dev',
  '--',
];

function outer(): readonly string[] {
  const user = process.getuid?.() === 0 ? [] : ['--unshare-user', '--uid', '0', '--gid', '0'];
  return [...user, '--cap-add', 'ALL', '--unshare-net', '--dev-bind', '/', '/', '--'];
}

async function canOverlay(bwrap: string): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'souk-probe-'));
  try {
    for (const name of ['lower', 'upper', 'work', 'root']) await mkdir(join(folder, name));
    const own = process.getuid?.() === 0 ? '' : ',userxattr';
    const options = `lowerdir=lower,upperdir=upper,workdir=work${own}`;
    const script = `cd "$1" && mount -t overlay overlay -o ${options} root`;
    await run(bwrap, [...outer(), 'sh', '-c', script, 'sh', folder]);
    return true;
  } catch {
    return false;
  } finally {
    await run('chmod', ['-R', 'u+rwX', folder]).catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  }
}

export async function findTool(name: string): Promise<string | undefined> {
  try {
    return (await run('sh', ['-c', 'PATH=$PATH:/usr/sbin:/sbin; command -v "$1"', 'sh', name])).trim();
  } catch {
    return undefined;
  }
}
