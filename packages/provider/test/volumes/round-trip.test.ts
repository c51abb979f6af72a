import { createHash, randomBytes } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fault, type Hex } from '@souk/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Blob, blobKeys, sealBlob } from '../../src/volumes/blob.ts';
import { type BlobSink, type Made, makeSnapshot } from '../../src/volumes/make.ts';
import { encodeLine, type TreeLine } from '../../src/volumes/tree.ts';
import { type BlobSource, readRoot, replaceVolume, writeSnapshot } from '../../src/volumes/write.ts';

const keys = blobKeys(`0x${'11'.repeat(32)}`);
const name = { deployment: `0x${'22'.repeat(32)}`, service: 'web', replica: 0, volume: 'data' } as const;
const { signal } = new AbortController();

/** A holder in memory. */
function shelf() {
  const blobs = new Map<Hex, Buffer>();
  const sink: BlobSink & { puts: number; newBytes: number } = {
    puts: 0,
    newBytes: 0,
    hasAll: async (ids) => ids.every((id) => blobs.has(id)),
    put: async ({ id, bytes }: Blob) => {
      sink.puts += 1;
      if (!blobs.has(id)) sink.newBytes += bytes.length;
      blobs.set(id, bytes);
    },
  };
  const source: BlobSource = {
    async *blobs(ids) {
      for (const id of ids) {
        const bytes = blobs.get(id);
        if (!bytes) throw new Fault('snapshot.blob-missing', 'not here', { blame: 'peer' });
        yield bytes;
      }
    },
  };
  return { blobs, sink, source };
}

describe('a snapshot', () => {
  let root: string;
  let folder: string;
  let turn = 0;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'souk-snap-'));
    folder = join(root, 'volume');
    turn = 0;
    mkdirSync(folder);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const make = (store: ReturnType<typeof shelf>, patch: { maxBytes?: bigint } = {}): Promise<Made> => {
    turn += 1;
    return makeSnapshot({
      name,
      folder,
      keys,
      sink: store.sink,
      before: join(root, `memory-${turn - 1}`),
      after: join(root, `memory-${turn}`),
      isOwnerless: true,
      maxBytes: patch.maxBytes ?? 1n << 30n,
      settleMs: -1,
      signal,
    });
  };
  const restore = async (store: ReturnType<typeof shelf>, id: Hex, to: string) => {
    const found = await readRoot(id, { keys, source: store.source, signal });
    await writeSnapshot(to, found, { keys, source: store.source, owner: null, signal });
    return found;
  };
  /** Everything that matters of a folder, as text. */
  const describeFolder = (at: string) =>
    execFileSync(
      'sh',
      [
        '-c',
        'find . -printf "%p %y %m %l %T@\\n" | sort; find . -type f -print0 | sort -z | xargs -0r sha256sum',
      ],
      { cwd: at },
    )
      .toString('latin1')
      // The root's time, and parts of a millisecond.
      .replace(/^(\. .*) [0-9.]+$/m, '$1')
      .replace(/ ([0-9]+\.[0-9]+)$/gm, (_all, seconds: string) => ` ${Number(seconds).toFixed(3)}`);

  function fill() {
    mkdirSync(join(folder, 'a/b'), { recursive: true });
    writeFileSync(join(folder, 'a/b/small'), 'hello');
    writeFileSync(join(folder, 'a/b/empty'), '');
    writeFileSync(join(folder, 'a/big'), randomBytes(3_000_000));
    writeFileSync(join(folder, 'a.txt'), randomBytes(10_000));
    writeFileSync(join(folder, 'zeros'), Buffer.alloc(5_000_000));
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/not-utf8-`), Buffer.of(0xff, 0xfe)]), 'bytes');
    linkSync(join(folder, 'a.txt'), join(folder, 'hard'));
    symlinkSync('../../../etc/passwd', join(folder, 'link'));
    chmodSync(join(folder, 'a/b/small'), 0o4750);
    utimesSync(join(folder, 'a/b/small'), 1_000_000, 1_000_000.5);
    mkdirSync(join(folder, 'closed'));
    writeFileSync(join(folder, 'closed/x'), 'x');
    chmodSync(join(folder, 'closed'), 0o555);
  }

  it('comes back as it was: names, bytes, modes, times, links', async () => {
    fill();
    const store = shelf();
    const { root: id, bytes, files } = await make(store);
    const found = await restore(store, id, join(root, 'back'));
    expect(describeFolder(join(root, 'back'))).toBe(describeFolder(folder));
    expect(found).toMatchObject({ ...name, bytes, files });
    expect(lstatSync(join(root, 'back/zeros')).blocks * 512).toBeLessThan(100_000);
  });

  it('of what has not changed reads nothing, sends nothing and is the same one', async () => {
    fill();
    const store = shelf();
    const first = await make(store);
    store.sink.newBytes = 0;
    const second = await make(store);
    expect(first.readBytes).toBeGreaterThan(8_000_000);
    expect(second).toMatchObject({ root: first.root, readBytes: 0, bytes: first.bytes });
    expect(store.sink.newBytes).toBe(0);
  });

  it('sends what has changed and little more, also where it was put in at the front', async () => {
    writeFileSync(join(folder, 'log'), randomBytes(4_000_000));
    writeFileSync(join(folder, 'other'), randomBytes(4_000_000));
    const store = shelf();
    await make(store);
    store.sink.newBytes = 0;
    appendFileSync(join(folder, 'log'), 'one more line\n');
    const appended = await make(store);
    expect(appended.readBytes).toBeLessThan(4_100_000);
    expect(store.sink.newBytes).toBeLessThan(1_200_000);
    store.sink.newBytes = 0;
    writeFileSync(
      join(folder, 'log'),
      Buffer.concat([Buffer.from('in front'), readFileSync(join(folder, 'log'))]),
    );
    await make(store);
    expect(store.sink.newBytes).toBeLessThan(1_200_000);
  });

  it('sees a file that was replaced by another of the same size and time', async () => {
    writeFileSync(join(folder, 'x'), 'a'.repeat(10_000));
    utimesSync(join(folder, 'x'), 1000, 1000);
    const store = shelf();
    await make(store);
    writeFileSync(join(folder, 'y'), 'b'.repeat(10_000));
    utimesSync(join(folder, 'y'), 1000, 1000);
    renameSync(join(folder, 'y'), join(folder, 'x'));
    const { root: id } = await make(store);
    await restore(store, id, join(root, 'back'));
    expect(readFileSync(join(root, 'back/x'), 'utf8')).toBe('b'.repeat(10_000));
  });

  it('reads again what its holders have lost', async () => {
    writeFileSync(join(folder, 'x'), randomBytes(100_000));
    await make(shelf());
    const empty = shelf();
    const { root: id, readBytes } = await make(empty);
    expect(readBytes).toBe(100_000);
    await restore(empty, id, join(root, 'back'));
    expect(readFileSync(join(root, 'back/x')).equals(readFileSync(join(folder, 'x')))).toBe(true);
  });

  it('remembers nothing from a damaged memory, and is right all the same', async () => {
    fill();
    const store = shelf();
    const first = await make(store);
    truncateSync(join(root, 'memory-1'), 100);
    appendFileSync(join(root, 'memory-1'), '{"p":"');
    expect((await make(store)).root).toBe(first.root);
  });

  it('leaves out pipes and sockets, and says so', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    writeFileSync(join(folder, 'x'), 'x');
    const { files, notes } = await make(shelf());
    expect(files).toBe(1);
    expect(notes).toEqual(['left out: "pipe": a socket, pipe or device']);
  });

  it('never reads through a link out of the volume', async () => {
    writeFileSync(join(root, 'secret'), 'of the host');
    mkdirSync(join(root, 'outside'));
    writeFileSync(join(root, 'outside/secret'), 'of the host');
    symlinkSync(join(root, 'outside'), join(folder, 'folder'));
    symlinkSync(join(root, 'secret'), join(folder, 'file'));
    const store = shelf();
    const { root: id, bytes } = await make(store);
    expect(bytes).toBe(0);
    await restore(store, id, join(root, 'back'));
    expect(readlinkSync(join(root, 'back/folder'))).toBe(join(root, 'outside'));
  });

  it('is refused where the volume is too large, and nothing is kept of it', async () => {
    writeFileSync(join(folder, 'x'), randomBytes(100_000));
    await expect(make(shelf(), { maxBytes: 50_000n })).rejects.toMatchObject({
      code: 'snapshot.volume-too-large',
      remedy: expect.any(String),
    });
  });

  describe('put in place of what a volume holds', () => {
    const old = 'what was there';
    const phases: string[] = [];
    const options = (store: ReturnType<typeof shelf>) => ({
      keys,
      source: store.source,
      owner: null,
      signal,
      phase: 'filling' as const,
      onPhase: async (phase: string) => void phases.push(phase),
    });

    async function prepared() {
      fill();
      const store = shelf();
      const { root: id } = await make(store);
      const target = join(root, 'target');
      mkdirSync(join(target, 'a/deep'), { recursive: true });
      writeFileSync(join(target, 'a/deep/old'), old);
      symlinkSync('/etc', join(target, 'link'));
      mkdirSync(join(target, 'shut'));
      writeFileSync(join(target, 'shut/x'), 'x');
      chmodSync(join(target, 'shut'), 0o555);
      return { store, target, found: await readRoot(id, { keys, source: store.source, signal }) };
    }

    it('replaces all of it', async () => {
      const { store, target, found } = await prepared();
      await replaceVolume(target, found, options(store));
      expect(describeFolder(target)).toBe(describeFolder(folder));
    });

    it('leaves it as it was where a part of the snapshot is missing or damaged', async () => {
      const { store, target, found } = await prepared();
      const before = describeFolder(target);
      const [first] = [...store.blobs].findLast(([, bytes]) => bytes.length > 60_000) ?? [];
      const bytes = store.blobs.get(first as Hex) as Buffer;
      store.blobs.delete(first as Hex);
      await expect(replaceVolume(target, found, options(store))).rejects.toMatchObject({
        code: 'snapshot.blob-missing',
      });
      expect(describeFolder(target)).toBe(before);
      store.blobs.set(first as Hex, bytes.subarray(0, -100));
      await expect(replaceVolume(target, found, options(store))).rejects.toMatchObject({
        code: 'snapshot.blob-damaged',
      });
      expect(existsSync(join(target, '.souk-restoring'))).toBe(false);
      expect(readFileSync(join(target, 'a/deep/old'), 'utf8')).toBe(old);
    });

    it.each([0, 1])('goes on where a crash at note %i of it left off', async (crashAt) => {
      const { store, target, found } = await prepared();
      let phase = 'filling';
      let notes = 0;
      const crashing = replaceVolume(target, found, {
        ...options(store),
        onPhase: async (next) => {
          phase = next;
          notes += 1;
          if (notes > crashAt) throw new Error('crash');
        },
      });
      await expect(crashing).rejects.toThrow('crash');
      await replaceVolume(target, found, { ...options(store), phase: phase as 'filling' });
      expect(describeFolder(target)).toBe(describeFolder(folder));
    });
  });

  describe('that is hostile', () => {
    const craft = (store: ReturnType<typeof shelf>, lines: readonly TreeLine[], bytes: number) => {
      const put = (plain: Buffer) => {
        const blob = sealBlob(keys, plain);
        store.blobs.set(blob.id, blob.bytes);
        return blob.id;
      };
      const tree = [put(Buffer.concat(lines.map(encodeLine)))];
      return put(Buffer.from(JSON.stringify({ version: 1, ...name, files: 1, bytes, tree })));
    };
    const d = (p: string): TreeLine => ({ k: 'd', p, m: 0o755, t: 1 });
    const f = (p: string): TreeLine => ({ k: 'f', p, m: 0o644, t: 1, s: 1, b: 'QQ==' });

    it('writes nothing outside its folder', async () => {
      const store = shelf();
      writeFileSync(join(root, 'victim'), 'untouched');
      const outside: TreeLine = { k: 'l', p: 'a', m: 0o777, t: 1, to: root };
      for (const lines of [
        [d(''), f('../victim')],
        [d(''), outside, f('a/victim')],
      ]) {
        const back = join(root, createHash('sha256').update(JSON.stringify(lines)).digest('hex'));
        await expect(restore(store, craft(store, lines, 1), back)).rejects.toMatchObject({
          code: 'snapshot.tree-damaged',
        });
      }
      expect(readFileSync(join(root, 'victim'), 'utf8')).toBe('untouched');
    });

    it('writes no more than it says it is', async () => {
      const store = shelf();
      const lines = [d(''), f('a'), f('b')];
      await expect(restore(store, craft(store, lines, 1), join(root, 'x'))).rejects.toThrow(/more bytes/);
      await expect(restore(store, craft(store, lines, 3), join(root, 'y'))).rejects.toThrow(/fewer bytes/);
      const short: TreeLine = { k: 'f', p: 'a', m: 0o644, t: 1, s: 2, b: 'QQ==' };
      await expect(restore(store, craft(store, [d(''), short], 1), join(root, 'z'))).rejects.toThrow(/size/);
    });
  });
});
