import { describe, expect, it } from 'vitest';
import { collectAttribute, collectListen, parseCapacity, parsePort, settingsOf } from './flags.ts';

describe('flags of provide', () => {
  it('say what is for rent', () => {
    expect(parseCapacity('cpu=8,memory=512Mi,storage=1.5Ti')).toEqual({
      cpuCores: 8,
      memoryGib: 0.5,
      storageGib: 1536,
    });
    expect(parseCapacity('cpu=0.5')).toEqual({ cpuCores: 0.5 });
  });

  it.each(['gpu=1', 'cpu=0', 'cpu=-1', 'cpu=abc', 'memory=8', 'memory=8GB', 'cpu', ''])(
    '"%s" is refused',
    (text) => {
      expect(() => parseCapacity(text)).toThrow(/^"/);
    },
  );

  it('collect attributes and addresses', () => {
    expect(collectAttribute('b=2=3', collectAttribute('a=1', {}))).toEqual({ a: '1', b: '2=3' });
    expect(() => collectAttribute('=1', {})).toThrow('key=value');
    expect(collectListen('/ip4/1.2.3.4/tcp/5', undefined)).toEqual(['/ip4/1.2.3.4/tcp/5']);
    expect(() => collectListen('1.2.3.4:5', undefined)).toThrow('multiaddr');
    expect(() => parsePort('65536')).toThrow('65535');
  });

  it('win over settings only where they are given', () => {
    expect(settingsOf({ attribute: {} })).toEqual({});
    expect(settingsOf({ attribute: { a: '1' }, adminPort: 0, capacity: { cpuCores: 2 } })).toEqual({
      cpuCores: 2,
      attributes: { a: '1' },
      adminPort: 0,
    });
  });
});
