/** The mechanism `data` against a site on loopback. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '@souk/protocol';
import { describe, expect, test } from 'vitest';
import { dataMechanism } from '../src/mechanisms/data.ts';
import { seededRandom } from '../src/mechanisms/random.ts';

/** Shares no run of four words with a sentence of another page or line. */
const sentence = (page: string, line: number) =>
  Array.from({ length: 12 }, (_, word) => `${page}${line}x${word}`).join(' ');
const article = (page: string, from = 0) =>
  Array.from({ length: 8 }, (_, line) => `<p>${sentence(page, from + line)}</p>`).join('');
const html = (body: string) => `<html><body><nav>Menu of this site</nav>${body}</body></html>`;

/** Pages by path; a function answers by itself. */
async function startSite(pages: Record<string, string | RequestListener>) {
  const server = createServer((request, response) => {
    const page = pages[request.url ?? ''];
    if (typeof page === 'function') return page(request, response);
    if (page === undefined) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    sources: Object.keys(pages).map((path) => origin + path),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const context = {
  signal: AbortSignal.timeout(30_000),
  clock: systemClock,
  deadline: 0,
  fetch,
  settings: {},
  elapsedMs: 10,
};

type Data = ReturnType<typeof dataMechanism>;
type Sources = { readonly sources: string[] };

async function scoreOf(mechanism: Data, request: Sources, texts: string[]) {
  const observation = await mechanism.observe(request, { texts }, context);
  expect(mechanism.observation.parse(JSON.parse(JSON.stringify(observation)))).toEqual(observation);
  return mechanism.score({ request, response: { texts }, observation, units: 1 });
}

/** Whichever page is drawn. */
async function meanScoreOf(mechanism: Data, request: Sources, texts: string[], rounds = 24) {
  let sum = 0;
  for (let round = 0; round < rounds; round++) sum += await scoreOf(mechanism, request, texts);
  return sum / rounds;
}

describe('a miner of data', () => {
  test('who collects and cleans is worth nearly all, within the limits', async () => {
    await using site = await startSite({
      '/a': html(article('a')),
      '/b': html(article('b')),
      '/c': html(article('c')),
    });
    const mechanism = dataMechanism(site.sources);
    const seed = `0x${'11'.repeat(32)}` as const;
    const request = mechanism.task({
      seed,
      random: seededRandom(seed),
      subnet: 1,
      epoch: 1,
      sequence: 0,
      units: 1,
    });
    expect(request.sources.toSorted()).toEqual(site.sources);
    const response = await mechanism.run(mechanism.request.parse(request), context);
    expect(mechanism.response.parse(response)).toEqual(response);
    expect(JSON.stringify(response).length).toBeLessThan(mechanism.limits.maxResponseBytes);
    expect(response.texts.join()).not.toContain('Menu');
    expect(await meanScoreOf(mechanism, request, response.texts)).toBe(1);
  });

  test('who makes texts up, sends markup, repeats lines, or gives one page for all is worth little or nothing', async () => {
    await using site = await startSite({
      '/a': html(article('a')),
      '/b': html(article('b')),
      '/c': html(article('c')),
    });
    const mechanism = dataMechanism(site.sources);
    const request = { sources: site.sources };
    const { texts } = await mechanism.run(request, context);
    const made = ['x', 'y', 'z'].map((page) =>
      Array.from({ length: 8 }, (_, line) => sentence(page, line)).join('\n'),
    );
    expect(await meanScoreOf(mechanism, request, made)).toBe(0);
    expect(await meanScoreOf(mechanism, request, [article('a'), article('b'), article('c')])).toBeLessThan(
      0.6,
    );
    expect(
      await meanScoreOf(
        mechanism,
        request,
        texts.map((text) => `${text}\n${text}`),
      ),
    ).toBe(0);
    expect(await meanScoreOf(mechanism, request, [texts[0]!, texts[0]!, texts[0]!])).toBe(0);
    expect(await meanScoreOf(mechanism, request, ['', '', ''])).toBe(0);
    expect(await meanScoreOf(mechanism, request, [])).toBe(0);
    expect(await meanScoreOf(mechanism, request, [...texts.slice(0, 2), ''])).toBeLessThan(0.7);
  });

  test('who sends what stood there before is worth less, the longer ago it was', async () => {
    const pages = { '/news': html(article('news')) };
    await using site = await startSite(pages);
    const mechanism = dataMechanism(site.sources);
    const request = { sources: site.sources };
    const { texts: old } = await mechanism.run(request, context);
    let now = 1_000_000;
    const clock = { ...systemClock, now: () => now };
    const observe = (texts: string[]) => mechanism.observe(request, { texts }, { ...context, clock });
    await observe(old);
    // Two of eight paragraphs are new.
    pages['/news'] = html(article('news', 2));
    now += 60_000;
    const observation = await observe(old);
    expect(observation.staleMs).toBe(60_000);
    const { texts: fresh } = await mechanism.run(request, context);
    const scoreFresh = mechanism.score({
      request,
      response: { texts: fresh },
      observation: await observe(fresh),
      units: 1,
    });
    const scoreOld = mechanism.score({ request, response: { texts: old }, observation, units: 1 });
    expect(scoreFresh).toBe(1);
    expect(scoreOld).toBeLessThan(0.5);
  });

  test('is paid less for a page that is a near copy of another source', async () => {
    const mirror = `${article('a').slice(0, -20)} and more</p>`;
    await using site = await startSite({ '/a': html(article('a')), '/mirror': html(mirror) });
    const mechanism = dataMechanism(site.sources);
    const texts = [site.sources[0]!, site.sources[1]!].map((source) => ({ sources: [source] }));
    for (const request of texts) {
      const response = await mechanism.run(request, context);
      await scoreOf(mechanism, request, response.texts);
    }
    const { texts: copy } = await mechanism.run(texts[1]!, context);
    expect(await scoreOf(mechanism, texts[1]!, copy)).toBeLessThan(0.3);
  });
});

describe('a source', () => {
  test('that is down is answered with nothing; a text for it is made up', async () => {
    await using site = await startSite({ '/gone': (_request, response) => response.destroy() });
    const mechanism = dataMechanism(site.sources);
    const request = { sources: site.sources };
    const { texts } = await mechanism.run(request, context);
    expect(texts).toEqual(['']);
    expect(await scoreOf(mechanism, request, texts)).toBe(1);
    expect(await scoreOf(mechanism, request, [sentence('gone', 1)])).toBe(0);
  });

  test('that is endless, no text, or leads elsewhere gives nothing', async () => {
    await using site = await startSite({
      '/endless': (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/html' });
        const chunk = 'words and more words '.repeat(3_000);
        const more = () => {
          while (!response.destroyed && response.write(chunk));
        };
        response.on('drain', more);
        more();
      },
      '/image': (_request, response) =>
        response.writeHead(200, { 'content-type': 'image/png' }).end('words in an image'),
      '/elsewhere': (_request, response) => response.writeHead(302, { location: '/secret' }).end(),
      '/secret': html(article('secret')),
    });
    const mechanism = dataMechanism(site.sources);
    const { texts } = await mechanism.run({ sources: site.sources.slice(0, 3) }, context);
    expect(texts).toEqual(['', '', '']);
  });

  test('that is none of the subnet’s is not fetched', async () => {
    await using site = await startSite({ '/a': html(article('a')) });
    const mechanism = dataMechanism(site.sources);
    const request = { sources: [`${site.origin}/admin`] };
    await expect(mechanism.run(request, context)).rejects.toThrow('no source of this subnet');
  });
});
