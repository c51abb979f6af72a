import { describe, expect, test } from 'vitest';
import { createTextArchive } from './archive.ts';
import { cleanText } from './clean.ts';
import { minHash, similarity } from './minhash.ts';

const words = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => `word${from + at}`).join(' ');

describe('the text of a page', () => {
  test('is what a reader reads, without markup, scripts, menus, or a line twice', () => {
    const page = `<html><head><title>A title of a page</title><style>p { x: y }</style></head><body>
      <nav>Home sweet home page</nav><script>if (a < b) alert("<p>no text at all</p>")</script>
      <h1>The first heading here</h1><p>One &amp; two
      are <b>three</b>.</p><p>One &amp; two are three.</p><p>ok</p><footer>All rights reserved here</footer>`;
    expect(cleanText(page, true, 1_000)).toBe('The first heading here\nOne & two are three.');
  });

  test('has one form, whatever invisible characters and spaces are in it', () => {
    expect(cleanText('a\u200Bb  ﬁne\u0000\tday \u00a0 out', false, 100)).toBe('a b fine day out');
  });

  test('is cut at a word, never within a character, and stays as it is when cleaned again', () => {
    const page = `${'żółw '.repeat(5)}\n${'é è ê ë ē ė '.repeat(30)}`;
    for (let maxBytes = 0; maxBytes < 120; maxBytes++) {
      const text = cleanText(page, false, maxBytes);
      expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(maxBytes);
      expect(text).not.toContain('\uFFFD');
      expect(cleanText(text, false, 1_000)).toBe(text);
    }
  });

  test('comes out of broken and endless markup too', () => {
    expect(cleanText('<p>never ever closed <div><b>still a text', true, 100)).toBe(
      'never ever closed\nstill a text',
    );
    expect(cleanText('<'.repeat(100_000), true, 100)).toBe('');
    expect(cleanText(`${'<div>'.repeat(50_000)}deep down here`, true, 100)).toBe('deep down here');
  });
});

describe('similarity', () => {
  test('is one of a text with itself and nothing of texts that share no run of words', () => {
    expect(similarity(minHash(words(0, 100)), minHash(words(0, 100)))).toBe(1);
    expect(similarity(minHash(words(0, 100)), minHash(words(200, 100)))).toBeLessThan(0.05);
    expect(minHash('')).toHaveLength(512);
  });

  test('follows the share of what both have', () => {
    // 97 runs each, 72 in common: 72 of 122.
    const alike = similarity(minHash(words(0, 100)), minHash(words(25, 100)));
    expect(Math.abs(alike - 72 / 122)).toBeLessThan(0.15);
  });
});

describe('an archive', () => {
  const [old, now, other] = [minHash(words(0, 80)), minHash(words(100, 80)), minHash(words(200, 80))];

  test('tells how long ago a source looked like that', () => {
    const archive = createTextArchive();
    archive.saw('a', old, 1_000);
    archive.saw('a', now, 5_000);
    expect(archive.staleMs('a', now, 6_000)).toBe(0);
    expect(archive.staleMs('a', old, 6_000)).toBe(5_000);
    expect(archive.staleMs('a', other, 6_000)).toBe(0);
    expect(archive.staleMs('unknown', old, 6_000)).toBe(0);
  });

  test('finds the same text at another source, and keeps a few versions only', () => {
    const archive = createTextArchive();
    archive.saw('a', old, 0);
    archive.saw('b', other, 0);
    expect(archive.nearest('b', old)).toBe(1);
    expect(archive.nearest('a', old)).toBeLessThan(0.1);
    for (let at = 0; at < 20; at++) archive.saw('a', minHash(words(1_000 * at, 50)), at);
    expect(archive.staleMs('a', old, 100)).toBe(0);
  });
});
