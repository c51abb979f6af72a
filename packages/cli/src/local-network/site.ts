/** A small news site of this machine for `souk up --subnet data` to collect: its pages change every minute. */
import { createServer } from 'node:http';

export const sitePages = ['/harbour', '/weather', '/market', '/railway', '/council', '/library'] as const;
const linesPerPage = 6;
const wordsPerLine = 12;
const freshMs = 60_000;

const words = (
  'amber anchor autumn barley beacon bridge candle canvas cedar clover copper coral cotton daisy dawn delta ember fabric ' +
  'falcon feather fern field flint forest garden garnet glacier grain granite harbour harvest hazel heather indigo island ' +
  'ivory jasper juniper kettle lagoon lantern laurel lemon linen lotus maple marble meadow mill mirror morning nectar ' +
  'oak ocean olive orchard otter paper pearl pebble pepper pine planet plum poplar quarry quartz raven reed ribbon river ' +
  'rowan saffron sail sand silver slate sparrow spring stone storm summer thistle timber tulip valley velvet violet walnut ' +
  'water wheat willow winter wool yarrow'
).split(' ');

/** Serves until disposed. */
export async function startSite(port: number): Promise<AsyncDisposable> {
  const server = createServer((request, response) => {
    const page = sitePages.find((path) => path === request.url);
    if (page === undefined) return response.writeHead(404).end();
    return response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      .end(pageOf(page, Math.floor(Date.now() / freshMs)));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', () => resolve());
  });
  return {
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** One line of it is new each minute; the oldest goes. */
function pageOf(path: string, minute: number): string {
  const lines = Array.from({ length: linesPerPage }, (_, line) => sentenceOf(`${path} ${minute - line}`));
  return `<html><body><nav>Harbour news</nav><h1>${path.slice(1)}</h1>${lines.map((line) => `<p>${line}.</p>`).join('')}</body></html>`;
}

function sentenceOf(seed: string): string {
  let state = Buffer.from(seed).reduce((hash, byte) => (hash * 31 + byte) >>> 0, 17);
  return Array.from({ length: wordsPerLine }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return words[(state >>> 8) % words.length] ?? '';
  }).join(' ');
}
