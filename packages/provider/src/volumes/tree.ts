/**
 * What a volume holds, as lines of JSON: directories before what is in them, names in byte order, so that two trees can
 * be walked side by side and none is ever whole in memory. Names are bytes, written as Latin-1. A tree that is read is
 * hostile: its paths can only lead to directories that it made itself.
 */
import { Fault, hash32Schema } from '@souk/protocol';
import { z } from 'zod';

export const maxDepth = 128;
/** A file of more blobs goes on in the lines that follow. */
export const idsPerLine = 1024;
/** Smaller files are in the tree itself. */
export const inlineBytes = 4096;
const maxLineBytes = 256 * 1024;

/** Never part of a snapshot: where a restore puts things before they are whole, and what it takes away. */
export const workFolders = ['.souk-restoring', '.souk-replaced'] as const;

const common = {
  /** Path from the volume's root; '' is the root itself. */
  p: z.string().max(4096),
  /** Permission bits. */
  m: z.number().int().min(0).max(0o7777),
  /** Last change in ms; may be before 1970. */
  t: z.number(),
  /** User and group, where they mean something beyond this machine. */
  o: z.tuple([z.number().int().min(0), z.number().int().min(0)]).optional(),
};
export const treeLineSchema = z.discriminatedUnion('k', [
  z.strictObject({ k: z.literal('d'), ...common }),
  z.strictObject({ k: z.literal('l'), ...common, to: z.string().min(1).max(4096) }),
  z.strictObject({
    k: z.literal('f'),
    ...common,
    s: z.number().int().min(0),
    /** Its bytes as base64, or the names of its blobs. */
    b: z
      .string()
      .max(Math.ceil(inlineBytes / 3) * 4)
      .optional(),
    c: z.array(hash32Schema).max(idsPerLine).optional(),
  }),
  /** More blobs of the file before. */
  z.strictObject({ k: z.literal('c'), c: z.array(hash32Schema).min(1).max(idsPerLine) }),
]);
export type TreeLine = z.output<typeof treeLineSchema>;
export type TreeEntry = Exclude<TreeLine, { readonly k: 'c' }>;

export const rootSchema = z.strictObject({
  version: z.literal(1),
  deployment: hash32Schema,
  service: z.string().max(63),
  replica: z.number().int(),
  volume: z.string().max(128),
  files: z.number().int().min(0),
  bytes: z.number().int().min(0),
  /** Blobs of the tree's lines, in order. */
  tree: z.array(hash32Schema).max(12_000),
});
export type Root = z.output<typeof rootSchema>;

export function encodeLine(line: TreeLine): Buffer {
  return Buffer.from(`${JSON.stringify(line)}\n`);
}

/** Lines of a tree from its bytes. Faults with `snapshot.tree-damaged`. */
export async function* readTree(bytes: AsyncIterable<Buffer>): AsyncGenerator<TreeLine> {
  const check = createPathCheck();
  let isFile = false;
  for await (const text of linesOf(bytes)) {
    const line = parseLine(text);
    if (line.k === 'c' && !isFile) throw treeDamaged('blobs of no file');
    if (line.k !== 'c') {
      check(line);
      isFile = line.k === 'f' && line.b === undefined;
    }
    yield line;
  }
}

function parseLine(text: string): TreeLine {
  const parsed = treeLineSchema.safeParse(jsonOf(text));
  if (!parsed.success) throw treeDamaged('a line that is none');
  return parsed.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function* linesOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest = Buffer.alloc(0);
  for await (const part of bytes) {
    let from = 0;
    for (let at = part.indexOf(10); at !== -1; at = part.indexOf(10, from)) {
      yield Buffer.concat([rest, part.subarray(from, at)]).toString('utf8');
      rest = Buffer.alloc(0);
      from = at + 1;
    }
    rest = Buffer.concat([rest, part.subarray(from)]);
    if (rest.length > maxLineBytes) throw treeDamaged('a line without end');
  }
  if (rest.length > 0) throw treeDamaged('cut short');
}

/** Each path must come after the one before it and lie in a directory that is open: so none is there twice. */
export function createPathCheck(): (entry: TreeEntry) => void {
  let open: readonly string[] | undefined;
  let before: readonly string[] = [];
  return ({ p: path, k: kind }) => {
    const names = path === '' ? [] : path.split('/');
    if (open === undefined) {
      if (path !== '' || kind !== 'd') throw treeDamaged('no root');
      open = [];
      return;
    }
    const [first] = names;
    if (first === undefined || names.length > maxDepth || !names.every(isName))
      throw treeDamaged('a bad path');
    if ((workFolders as readonly string[]).includes(first)) throw treeDamaged('a path of our own');
    if (comparePaths(before, names) >= 0) throw treeDamaged('paths out of order');
    const parent = names.slice(0, -1);
    if (!parent.every((name, at) => open?.[at] === name)) throw treeDamaged('a path outside its directory');
    before = names;
    open = kind === 'd' ? names : parent;
  };
}

function isName(name: string): boolean {
  if (name === '' || name === '.' || name === '..' || name.length > 255) return false;
  // Latin-1: one character a byte, and none of them zero.
  return !name.includes('\0') && Buffer.from(name, 'latin1').toString('latin1') === name;
}

/** The order in which a volume is walked. */
export function comparePaths(a: readonly string[], b: readonly string[]): number {
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const [left = '', right = ''] = [a[at], b[at]];
    if (left !== right) return left < right ? -1 : 1;
  }
  return a.length - b.length;
}

export function treeDamaged(what: string): Fault {
  return new Fault('snapshot.tree-damaged', `the snapshot’s list of files is damaged: ${what}`, {
    blame: 'peer',
  });
}
