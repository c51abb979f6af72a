/** Lines in a frame, as SVG. Pure. */
export interface Line {
  readonly name: string;
  /** x and y, by x. */
  readonly points: readonly (readonly [number, number])[];
}

export interface LinePlot {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly lines: readonly Line[];
  /** Bottom and top of the frame. */
  readonly range: readonly [number, number];
}

const [width, height] = [760, 360];
const frame = { left: 56, right: 556, top: 36, bottom: 312 } as const;
const colours = '#1b6ca8 #d1495b #2e8b57 #edae49 #6a4c93 #00798c #8d6a4f #e07a5f #3d405b #81b29a'.split(' ');
const mostTicks = 7;

export function linePlot({ title, x, y, lines, range: frameRange }: LinePlot): string {
  const xs = lines.flatMap((line) => line.points.map(([value]) => value));
  const range = { x: [Math.min(...xs), Math.max(...xs)], y: frameRange } as const;
  const atX = (value: number) => place(value, range.x, [frame.left, frame.right]);
  const atY = (value: number) =>
    place(Math.min(Math.max(value, range.y[0]), range.y[1]), range.y, [frame.bottom, frame.top]);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    text(frame.left, 20, title, 'font-weight="bold"'),
    ...ticksOf(range.y).flatMap((value) => {
      const level = atY(value);
      return [
        `<line x1="${frame.left}" x2="${frame.right}" y1="${level}" y2="${level}" stroke="#ddd"/>`,
        text(frame.left - 6, level + 4, short(value), 'text-anchor="end"'),
      ];
    }),
    ...ticksOf(range.x).map((value) =>
      text(atX(value), frame.bottom + 18, short(value), 'text-anchor="middle"'),
    ),
    text((frame.left + frame.right) / 2, height - 8, x, 'text-anchor="middle"'),
    text(
      14,
      (frame.top + frame.bottom) / 2,
      y,
      `text-anchor="middle" transform="rotate(-90 14 ${(frame.top + frame.bottom) / 2})"`,
    ),
    ...lines.flatMap((line, at) => {
      const colour = colours[at % colours.length]!;
      const dash = at < colours.length ? '' : ' stroke-dasharray="4 3"';
      const path = line.points.map(([px, py]) => `${atX(px)},${atY(py)}`).join(' ');
      const level = frame.top + 10 + 18 * at;
      return [
        `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"${dash}/>`,
        `<line x1="${frame.right + 16}" x2="${frame.right + 36}" y1="${level}" y2="${level}" stroke="${colour}" stroke-width="3"${dash}/>`,
        text(frame.right + 42, level + 4, line.name, ''),
      ];
    }),
    '</svg>',
    '',
  ].join('\n');
}

/** Round numbers within the range. */
function ticksOf([low, high]: readonly [number, number]): readonly number[] {
  const rough = Math.max(high - low, Number.EPSILON) / mostTicks;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((nice) => nice * power >= rough) ?? 10);
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, at) => (first + at) * step);
}

function place(
  value: number,
  [low, high]: readonly [number, number],
  [from, to]: readonly [number, number],
): number {
  const share = high === low ? 0 : (value - low) / (high - low);
  return Math.round(10 * (from + share * (to - from))) / 10;
}

function text(x: number, y: number, content: string, attributes: string): string {
  const safe = content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text x="${x}" y="${y}" fill="#222" ${attributes}>${safe}</text>`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
