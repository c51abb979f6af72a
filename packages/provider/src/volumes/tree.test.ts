import { describe, expect, it } from 'vitest';
import { comparePaths, encodeLine, readTree, type TreeLine } from './tree.ts';

const d = (p: string): TreeLine => ({ k: 'd', p, m: 0o755, t: 1 });
const f = (p: string): TreeLine => ({ k: 'f', p, m: 0o644, t: 1, s: 1, b: 'QQ==' });
const l = (p: string, to: string): TreeLine => ({ k: 'l', p, m: 0o777, t: 1, to });

async function read(bytes: readonly Buffer[]): Promise<TreeLine[]> {
  async function* parts() {
    yield* bytes;
  }
  return Array.fromAsync(readTree(parts()));
}
const readLines = (lines: readonly TreeLine[]) => read(lines.map(encodeLine));

describe('a tree', () => {
  it('reads as it was written, however its bytes are cut', async () => {
    const lines: readonly TreeLine[] = [
      d(''),
      d('a'),
      f('a/x'),
      d('a/y'),
      f('a/y/é'),
      f('a.txt'),
      l('b', '../../etc/passwd'),
      { k: 'f', p: 'big', m: 0o600, t: -5.5, s: 9, c: [`0x${'ab'.repeat(32)}`] },
      { k: 'c', c: [`0x${'cd'.repeat(32)}`] },
    ];
    const bytes = Buffer.concat(lines.map(encodeLine));
    expect(await read([bytes])).toEqual(lines);
    expect(await read([...bytes].map((byte) => Buffer.of(byte)))).toEqual(lines);
  });

  it.each<readonly [string, readonly TreeLine[]]>([
    ['climbs out', [d(''), f('../x')]],
    ['climbs out below', [d(''), d('a'), f('a/../../x')]],
    ['is absolute', [d(''), f('/etc/passwd')]],
    ['has an empty name', [d(''), d('a'), f('a//x')]],
    ['has a name with a zero', [d(''), f('a\0b')]],
    ['has a name that is no bytes', [d(''), f('a\u{1F600}')]],
    ['goes through a link', [d(''), l('a', '/etc'), f('a/passwd')]],
    ['goes through a file', [d(''), f('a'), f('a/x')]],
    ['lies in no directory of it', [d(''), f('a/x')]],
    ['lies in a directory that was left', [d(''), d('a'), f('b'), f('c'), f('a/x')]],
    ['is there twice', [d(''), f('a'), f('a')]],
    ['is a link and then a directory', [d(''), l('a', '/etc'), d('a')]],
    ['has no root', [d('a')]],
    ['has a root that is a link', [l('', '/etc')]],
    ['has two roots', [d(''), d('')]],
    ['is where restores work', [d(''), d('.souk-restoring'), f('.souk-restoring/x')]],
    ['is nested without end', [d(''), d(Array.from({ length: 200 }, () => 'a').join('/'))]],
  ])('is refused where a path %s', async (_what, lines) => {
    await expect(readLines(lines)).rejects.toMatchObject({ code: 'snapshot.tree-damaged' });
  });

  it('is refused where it is cut short, is no JSON, or a line has no end', async () => {
    const bytes = Buffer.concat([encodeLine(d('')), encodeLine(f('a'))]);
    for (const wrong of [bytes.subarray(0, -1), Buffer.from('{\n'), Buffer.alloc(300_000, 'a')]) {
      await expect(read([wrong])).rejects.toMatchObject({ code: 'snapshot.tree-damaged' });
    }
    await expect(readLines([d(''), { k: 'c', c: [`0x${'ab'.repeat(32)}`] }])).rejects.toMatchObject({
      code: 'snapshot.tree-damaged',
    });
  });

  it('has what is in a directory right after it, before names that begin like it', () => {
    const paths = ['a.txt', 'a', 'a/x', 'a-b', 'b'].map((path) => path.split('/'));
    expect(paths.sort(comparePaths).map((names) => names.join('/'))).toEqual([
      'a',
      'a/x',
      'a-b',
      'a.txt',
      'b',
    ]);
  });
});
