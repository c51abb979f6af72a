import { describe, expect, it } from 'vitest';
import { readIdentity, writeIdentity } from './identity.ts';

describe('what a subnet says of itself', () => {
  it('is read as it was written', () => {
    const identity = {
      name: 'News',
      mechanisms: ['data'],
      sources: ['https://example.org/a'],
      about: 'news, clean',
    };
    expect(readIdentity(writeIdentity(identity))).toEqual(identity);
  });

  it.each([
    ['a name that is none', { name: '', mechanisms: ['data'] }],
    ['no mechanism', { name: 'News', mechanisms: [] }],
    ['more mechanisms than a subnet has', { name: 'News', mechanisms: ['a', 'b', 'c', 'd', 'e'] }],
    ['a mechanism’s name in capitals', { name: 'News', mechanisms: ['Data'] }],
    ['more than the contract takes', { name: 'News', mechanisms: ['data'], about: 'ü'.repeat(260) }],
  ])('is refused with %s, before anything is sent', (_, identity) => {
    expect(() => writeIdentity(identity)).toThrow(expect.objectContaining({ code: 'subnet.bad-identity' }));
  });

  it('is nothing where it is some other text', () => {
    for (const text of ['', 'a market', '[]', '{"name":"x"}', '{"name":"x","mechanisms":["../x"]}'])
      expect(readIdentity(text)).toBeUndefined();
  });
});
