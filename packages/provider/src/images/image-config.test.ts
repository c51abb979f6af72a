import { expect, test } from 'vitest';
import { commandLine, parseImageConfig } from './image-config.ts';

const image = { entrypoint: ['/entry'], command: ['serve'] };

test.for([
  ['nothing: the image’s own', null, null, ['/entry', 'serve']],
  ['args: they replace the image’s command', null, ['other'], ['/entry', 'other']],
  ['a command: it replaces both', ['sh'], null, ['sh']],
  ['both', ['sh'], ['-c', 'x'], ['sh', '-c', 'x']],
  ['empty lists, which are nothing', [], [], ['/entry', 'serve']],
] as const)('what runs when a service gives %s', ([, command, args, line]) => {
  expect(commandLine(image, command, args)).toEqual(line);
});

test('a config without any settings runs as root in / with nothing to run', () => {
  const config = parseImageConfig({ os: 'linux', architecture: 'amd64', rootfs: { diff_ids: [] } }, 'amd64');
  expect(config).toEqual({ entrypoint: [], command: [], env: [], workingDir: '/', user: '', diffIds: [] });
});

test('nulls, as Docker writes them, are the same as nothing', () => {
  const settings = { Entrypoint: null, Cmd: null, Env: null, WorkingDir: '', User: '' };
  const json = { os: 'linux', architecture: 'arm64', config: settings, rootfs: { diff_ids: [] } };
  expect(parseImageConfig(json, 'arm64').workingDir).toBe('/');
});
