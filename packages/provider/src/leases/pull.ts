/**
 * Getting a lease's images: how far it is over all of them, how fast it moves, and whether it still does. What moves is
 * waited for, however long it takes; what moves no byte for long is broken off, with a sentence that says where it was.
 */
import { type Clock, Fault } from '@souk/protocol';

export interface Pull extends Disposable {
  /** Of all images together, 0 to 100, or null while unknown. Every call is a sign of life. */
  readonly note: (percent: number | null) => void;
  /** Aborted, with a fault that says so, when nothing has moved for too long. */
  readonly signal: AbortSignal;
}

export interface PullOptions {
  readonly clock: Clock;
  readonly stallMs: number;
  readonly signal: AbortSignal;
  /** Called when something has moved. */
  readonly onMove: (percent: number | null, detail: string) => void;
}

/** Speed is told over this long. */
const spanMs = 60_000;

export function startPull(options: PullOptions): Pull {
  const { clock, stallMs, onMove } = options;
  const samples: { readonly at: number; readonly percent: number }[] = [];
  const over = new AbortController();
  const stalled = new AbortController();
  let movedAt = clock.now();
  let last: number | null = null;

  const watch = async () => {
    while (!over.signal.aborted) {
      const left = movedAt + stallMs - clock.now();
      if (left <= 0) return stalled.abort(stalledFault(last, stallMs));
      await clock.sleep(left, over.signal).catch(() => undefined);
    }
  };
  void watch();

  return {
    signal: AbortSignal.any([options.signal, stalled.signal]),
    note(percent) {
      movedAt = clock.now();
      if (percent === last && samples.length > 0) return;
      last = percent;
      samples.push({ at: movedAt, percent: percent ?? 0 });
      while (samples.length > 2 && movedAt - (samples[0]?.at ?? 0) > spanMs) samples.shift();
      onMove(percent, describe(percent, speedOf(samples)));
    },
    [Symbol.dispose]: () => over.abort(),
  };
}

/** Percent a minute; undefined before it can be told. */
function speedOf(samples: readonly { readonly at: number; readonly percent: number }[]): number | undefined {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.at - first.at < 1000) return undefined;
  return ((last.percent - first.percent) * 60_000) / (last.at - first.at);
}

function describe(percent: number | null, speed: number | undefined): string {
  if (percent === null) return 'getting images';
  const fast = speed === undefined || speed <= 0 ? '' : `, ${speed.toFixed(speed < 10 ? 1 : 0)} % a minute`;
  return `getting images: ${Math.floor(percent)} %${fast}`;
}

function stalledFault(percent: number | null, stallMs: number): Fault {
  const where = percent === null ? 'before its size was known' : `at ${Math.floor(percent)} %`;
  return new Fault('lease.pull-stalled', `getting images stopped ${where}: no byte for ${stallMs / 1000} s`, {
    blame: 'self',
    retry: true,
  });
}
