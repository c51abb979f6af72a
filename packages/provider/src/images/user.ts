/** Who an image runs as: its `User`, looked up in its own passwd and group files. */
import { constants } from 'node:fs';
import { lstat, open } from 'node:fs/promises';
import { join } from 'node:path';
import { imageMalformed } from '../drivers/faults.ts';

export interface ImageUser {
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
}

const maxFileBytes = 2 ** 20;
const maxId = 2 ** 31;

/** `user` as OCI says it: empty, `name`, `uid`, either with `:group`. */
export async function resolveUser(rootfs: string, user: string): Promise<ImageUser> {
  const [name = '', group] = user.split(':');
  const passwd = await readEtc(rootfs, 'passwd');
  const wanted = name === '' ? '0' : name;
  const isNumber = /^\d+$/.test(wanted);
  const entry = passwd.find((fields) => fields[0] === wanted || (isNumber && fields[2] === wanted));
  if (entry === undefined && !isNumber) throw imageMalformed(`its user ${name} is not in its /etc/passwd`);
  const uid = idOf(entry?.[2] ?? wanted);
  const gid = group === undefined || group === '' ? idOf(entry?.[3] ?? '0') : await groupOf(rootfs, group);
  return { uid, gid, home: entry?.[5]?.startsWith('/') ? entry[5] : '/' };
}

async function groupOf(rootfs: string, group: string): Promise<number> {
  if (/^\d+$/.test(group)) return idOf(group);
  const entry = (await readEtc(rootfs, 'group')).find((fields) => fields[0] === group);
  if (entry === undefined) throw imageMalformed(`its group ${group} is not in its /etc/group`);
  return idOf(entry[2] ?? '');
}

function idOf(text: string): number {
  const id = Number(text);
  if (!/^\d+$/.test(text) || id >= maxId) throw imageMalformed('a user or group id out of range');
  return id;
}

/** Lines as fields; none where the file is missing, or is a link, which could lead to a file of this machine. */
async function readEtc(rootfs: string, name: string): Promise<readonly (readonly string[])[]> {
  try {
    if (!(await lstat(join(rootfs, 'etc'))).isDirectory()) return [];
    await using file = await open(join(rootfs, 'etc', name), constants.O_RDONLY | constants.O_NOFOLLOW);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(maxFileBytes), 0, maxFileBytes, 0);
    return buffer
      .toString('utf8', 0, bytesRead)
      .split('\n')
      .map((line) => line.split(':'));
  } catch {
    return [];
  }
}
