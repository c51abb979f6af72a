import { describe, expect, it } from 'vitest';
import { parsePorts } from './port.ts';

describe('ports', () => {
  it.each([
    ['8080', { local: 8080, remote: 8080 }],
    ['8080:80', { local: 8080, remote: 80 }],
    ['0:80', { local: 0, remote: 80 }],
    ['65535:1', { local: 65_535, remote: 1 }],
  ])('%s is understood', (text, pair) => {
    expect(parsePorts(text)).toEqual(pair);
  });

  it.each(['', '0', 'a', '80:', ':80', '65536', '1:65536', '80:0', '1:2:3', '-1'])(
    '"%s" is refused',
    (text) => {
      expect(() => parsePorts(text)).toThrow('LOCAL:REMOTE');
    },
  );
});
