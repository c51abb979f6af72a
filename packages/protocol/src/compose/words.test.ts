import { expect, test } from 'vitest';
import { parseDuration, parseMebibytes, sdlName, splitWords, substitute } from './words.ts';

test('variables are filled in as compose does', () => {
  const variables = { A: 'a', EMPTY: '' };
  const fill = (text: string) => substitute(text, variables).text;
  expect(fill('$A ${A} $$A ${B:-b} ${EMPTY:-e} ${EMPTY-e} ${A:+yes}${B:+no}')).toBe('a a $A b e  yes');
  expect(substitute('${B} ${C:?say C}', variables).missing).toEqual([
    { name: 'B', message: undefined },
    { name: 'C', message: 'say C' },
  ]);
  expect(fill('${constructor:-safe}')).toBe('safe');
});

test('durations and sizes', () => {
  expect([parseDuration('1m30s'), parseDuration('500ms'), parseDuration('2h'), parseDuration('7')]).toEqual([
    90, 1, 7200, 7,
  ]);
  expect(parseDuration('soon')).toBeUndefined();
  expect([parseMebibytes('512m'), parseMebibytes('1.5gb'), parseMebibytes('1048577')]).toEqual([
    512, 1536, 2,
  ]);
  expect([parseMebibytes('lots'), parseMebibytes('0')]).toEqual([undefined, undefined]);
});

test('a command line is split as a shell would', () => {
  expect(splitWords(`sh -c 'a "b"' "c d"e \\"f`)).toEqual(['sh', '-c', 'a "b"', 'c de', '"f']);
  expect(splitWords(`''`)).toEqual(['']);
  expect(splitWords(`"open`)).toBeUndefined();
});

test('names become such as SDL takes', () => {
  expect(['My_App', '1st', '__', 'a'.repeat(80)].map(sdlName)).toEqual([
    'my-app',
    'st',
    'service',
    'a'.repeat(63),
  ]);
});
