/** Holds the code to the two tables of docs/architecture.md: who may import whom, and which walls stand. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const architecture = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
const rooms = new Map(tableUnder('## Rooms').map(([room = '', , imports = '']) => [room, namesIn(imports)]));
const walls = tableUnder('## Walls').map(([library = '', only = '']) => ({ library, only: namesIn(only) }));
const files = [...rooms.keys()].flatMap((room) => sourcesOf(room).map((file) => ({ room, file })));

describe('the rooms', () => {
  it('are the folders that exist', () => {
    const folders = readdirSync(join(root, 'packages'));
    expect([...rooms.keys()].filter((room) => room !== 'e2e' && room !== 'bench').sort()).toEqual(
      folders.sort(),
    );
  });

  it('import only what stands to their left', () => {
    const wrong = files.flatMap(({ room, file }) =>
      importsOf(file)
        .filter((name) => name.startsWith('@souk/'))
        .filter((name) => !rooms.get(room)?.includes(name.split('/')[1] ?? ''))
        .filter((name) => name.split('/')[1] !== room)
        .map((name) => `${relative(root, file)} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it('are entered by their door or ./testing, never by a path', () => {
    const wrong = files.flatMap(({ room, file }) =>
      importsOf(file)
        .filter((name) => isPastTheDoor(name, room, file))
        .map((name) => `${relative(root, file)} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it('keep their walls', () => {
    const wrong = files.flatMap(({ room, file }) => {
      // Tests, benches and scenarios stand outside the walls: they look at the real thing from the other side. So does
      // the supervisor, a program of its own that runs beside each workload and has no daemon around it.
      if (room === 'e2e' || room === 'bench' || /\/test\/|\.test\.ts$|\/supervisor\//.test(file)) return [];
      const text = readFileSync(file, 'utf8');
      const names = importsOf(file);
      return walls
        .filter(({ only }) => !only.includes(room))
        .filter(({ library }) =>
          library === 'process.env'
            ? text.includes('process.env')
            : names.some((name) => isOf(name, library)),
        )
        .map(({ library }) => `${relative(root, file)} uses ${library}`);
    });
    expect(wrong).toEqual([]);
  });

  it('open their doors with a comment that says what they do', () => {
    const silent = [...rooms.keys()]
      .filter((room) => room !== 'e2e' && room !== 'bench')
      .filter(
        (room) =>
          !/^(#!.*\n)?\/\*\*\n( \*.*\n){2,}/.test(
            readFileSync(join(root, 'packages', room, 'src/index.ts'), 'utf8'),
          ),
      );
    expect(silent).toEqual([]);
  });
});

function tableUnder(heading: string): string[][] {
  const section = architecture.split(`${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

function namesIn(cell: string): string[] {
  return cell.split(',').map((name) => name.trim());
}

function sourcesOf(room: string): string[] {
  const folder = room === 'e2e' || room === 'bench' ? join(root, room) : join(root, 'packages', room);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('node_modules'))
    .map((name) => join(folder, name));
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
}

function isPastTheDoor(name: string, room: string, file: string): boolean {
  if (name.startsWith('@souk/')) return !/^@souk\/[a-z0-9]+(\/testing)?$/.test(name);
  if (!name.startsWith('.')) return false;
  const target = relative(root, join(dirname(file), name));
  const home = room === 'e2e' || room === 'bench' ? room : `packages/${room}`;
  // A program may be started by path (the CLI's main, contract scripts), which is no import.
  return !target.startsWith(`${home}/`);
}

function isOf(name: string, library: string): boolean {
  return library.endsWith('/')
    ? name.startsWith(library)
    : name === library || name.startsWith(`${library}/`);
}
