/** The text of a page, as a reader would have it: no markup, no navigation, each line once. Pure; any bytes will do. */
import { Parser } from 'htmlparser2';

const skipped = new Set(
  'script style noscript template svg math iframe object nav header footer aside form button select head'.split(
    ' ',
  ),
);
const inline = new Set(
  'a abbr b bdi bdo cite code em font i kbd mark q s small span strong sub sup time u var wbr'.split(' '),
);
/** Shorter lines are labels and menus. */
const minWords = 3;

/** At most `maxBytes` of UTF-8, cut at a word. */
export function cleanText(page: string, isHtml: boolean, maxBytes: number): string {
  return linesOf(cut(linesOf(isHtml ? textOf(page) : page), maxBytes));
}

/** Padding: what is repeated counts once in a signature. */
export function hasLineTwice(text: string): boolean {
  const lines = text.split('\n');
  return new Set(lines).size < lines.length;
}

/** Each line once, those of a few words left out. */
function linesOf(text: string): string {
  const lines = text.split('\n').map(wordsOf);
  return [...new Set(lines.filter((words) => words.length >= minWords).map((words) => words.join(' ')))].join(
    '\n',
  );
}

/** Without control and invisible characters, in one Unicode form. */
function wordsOf(text: string): readonly string[] {
  return text
    .normalize('NFKC')
    .replaceAll(/[\p{C}\p{Z}\s]+/gu, ' ')
    .split(' ')
    .filter((word) => word !== '');
}

function textOf(html: string): string {
  let text = '';
  let depthOfSkipped = 0;
  const parser = new Parser({
    onopentagname: (name) => {
      if (skipped.has(name)) depthOfSkipped += 1;
      if (!inline.has(name)) text += '\n';
    },
    onclosetag: (name) => {
      if (skipped.has(name)) depthOfSkipped -= 1;
      if (!inline.has(name)) text += '\n';
    },
    // A line break in the source is only a blank.
    ontext: (data) => {
      if (depthOfSkipped === 0) text += data.replaceAll(/\s+/g, ' ');
    },
  });
  parser.end(html);
  return text;
}

/** The last word may be cut as well, where it alone is too long. */
function cut(text: string, maxBytes: number): string {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= maxBytes) return text;
  const whole = new TextDecoder().decode(bytes.subarray(0, maxBytes)).replace(/\uFFFD+$/, '');
  return whole.slice(0, Math.max(0, whole.search(/\s\S*$/)));
}
