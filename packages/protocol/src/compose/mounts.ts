/** A compose service's volumes: named ones are kept, nameless ones and tmpfs go with the container. */
import { type Field, note, readEntries, readItems } from '../sdl/field.ts';
import { parseMebibytes, wordOf } from './words.ts';

export interface ComposeMount {
  readonly field: Field;
  readonly kind: 'persistent' | 'ephemeral' | 'memory';
  /** Null for nameless ones. */
  readonly name: string | null;
  readonly path: string;
  readonly isReadOnly: boolean;
  readonly mebibytes: number;
}

const volumeMib = 1024;
const tmpfsMib = 64;

export function readMounts(volumes: Field | undefined, tmpfs: Field | undefined): readonly ComposeMount[] {
  const mounts = readItems(volumes).flatMap((item) =>
    typeof item.value === 'object' ? readLong(item) : readShort(item),
  );
  const paths = tmpfs === undefined || typeof tmpfs.value === 'string' ? [tmpfs] : readItems(tmpfs);
  const memory = paths.flatMap((item): readonly ComposeMount[] => {
    const path = wordOf(item?.value).split(':')[0] ?? '';
    if (item === undefined || path === '') return [];
    return [{ field: item, kind: 'memory', name: null, path, isReadOnly: false, mebibytes: tmpfsMib }];
  });
  return [...mounts, ...memory];
}

/** `[name:]path[:ro]`. */
function readShort(field: Field): readonly ComposeMount[] {
  const [first = '', second, mode] = wordOf(field.value).split(':');
  if (second === undefined) return [mountOf(field, 'ephemeral', null, first, false)];
  if (/^[./~]/.test(first)) return refuseBind(field);
  return [mountOf(field, 'persistent', first, second, /(^|,)ro(,|$)/.test(mode ?? ''))];
}

function readLong(field: Field): readonly ComposeMount[] {
  const fields = new Map(readEntries(field));
  const type = wordOf(fields.get('type')?.value) || 'volume';
  const path = wordOf(fields.get('target')?.value);
  const source = fields.get('source')?.value;
  const isReadOnly = fields.get('read_only')?.value === true;
  if (type === 'tmpfs') {
    const size = new Map(readEntries(fields.get('tmpfs'))).get('size');
    const mebibytes = size === undefined ? tmpfsMib : (parseMebibytes(wordOf(size.value)) ?? tmpfsMib);
    return [{ field, kind: 'memory', name: null, path, isReadOnly, mebibytes }];
  }
  if (type !== 'volume') return refuseBind(field);
  const kind = source === undefined ? 'ephemeral' : 'persistent';
  return [mountOf(field, kind, source === undefined ? null : wordOf(source), path, isReadOnly)];
}

function mountOf(
  field: Field,
  kind: ComposeMount['kind'],
  name: string | null,
  path: string,
  isReadOnly: boolean,
): ComposeMount {
  if (!path.startsWith('/'))
    note(field, 'error', 'a mount needs an absolute path inside', 'write it like data:/var/lib/data');
  return { field, kind, name, path, isReadOnly, mebibytes: volumeMib };
}

function refuseBind(field: Field): readonly ComposeMount[] {
  note(
    field,
    'error',
    'a folder of your own machine is not on the provider’s',
    'put the files into the image, use a named volume, or give single files as secrets',
  );
  return [];
}
