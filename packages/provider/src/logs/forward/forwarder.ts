/**
 * Sends a lease's log to where its tenant wants it. It reads the lease's ring, which is the queue: nothing waits in
 * memory but one batch, a target that is away holds up nobody, and how far it got is on disk, so that a restart sends on
 * from there (a batch on its way at a crash comes twice). What the ring dropped meanwhile is counted and said.
 */
import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, Fault, type LeaseId, type LogForward, type LogLine, toFault } from '@souk/protocol';
import { raceAbort } from '../../leases/abortable.ts';
import type { Outbound } from '../../outbound/outbound.ts';
import type { NumberedLine } from '../reader.ts';
import type { Ring } from '../ring.ts';
import { payloadOf, pushUrl } from './payload.ts';

export interface ForwardDeps {
  readonly clock: Clock;
  readonly outbound: Outbound;
  /** For the tenant to read: an event of its lease. */
  readonly note: (detail: string) => void;
}

export interface Forwarder {
  /** Resolves when the log has ended and all of it was sent, or given up. */
  readonly done: Promise<void>;
  stop(): Promise<void>;
}

const batchLines = 1000;
const batchChars = 512 * 1024;
const lingerMs = 1000;
const firstPauseMs = 1000;
const longestPauseMs = 60_000;
/** So that losses don't push all else out of a lease's events. */
const noteEveryMs = 600_000;

/** Ours to set, or a proxy's. */
const notTheirs =
  /^(host|connection|content-length|content-type|transfer-encoding|upgrade|te|trailer|expect|keep-alive|proxy-.*)$/i;

export function startForwarder(
  deps: ForwardDeps,
  source: { readonly lease: LeaseId; readonly ring: Ring; readonly folder: string },
  target: LogForward,
): Forwarder {
  const { clock, outbound, note } = deps;
  const { lease, ring } = source;
  const stop = new AbortController();
  const { signal } = stop;
  const url = pushUrl(target);
  const place = join(source.folder, `${fileNameOf(target)}.sent`);
  const headers = {
    ...Object.fromEntries(Object.entries(target.headers).filter(([name]) => !notTheirs.test(name))),
    'content-type': 'application/json',
  };
  let lost = 0;
  let notedAt = Number.NEGATIVE_INFINITY;
  let isFailing = false;

  const noteLost = (why: string) => {
    if (lost === 0 || clock.now() - notedAt < noteEveryMs) return;
    note(`${lost} log lines did not go to ${url.host}: ${why}`);
    notedAt = clock.now();
    lost = 0;
  };

  /** True once it is taken. A fault that will not pass throws. */
  const post = async (lines: readonly LogLine[]): Promise<void> => {
    const body = payloadOf(target.kind, lease, lines);
    const answer = await outbound(url, { method: 'POST', headers, body, signal });
    if (answer.status >= 200 && answer.status < 300) return;
    const isPassing = answer.status === 408 || answer.status === 429 || answer.status >= 500;
    throw new Fault('logs.target-refuses', `${url.host} answers ${answer.status}`, {
      blame: 'user',
      retry: isPassing,
      data: { retryAfterMs: Number(answer.retryAfter) * 1000 || 0 },
    });
  };

  const send = async (lines: readonly LogLine[]): Promise<void> => {
    for (let pause = firstPauseMs; ; pause = Math.min(pause * 2, longestPauseMs)) {
      try {
        await post(lines);
        if (isFailing) note(`log lines go to ${url.host} again`);
        isFailing = false;
        return;
      } catch (error) {
        signal.throwIfAborted();
        const fault = toFault(error, 'logs.forward-failed', 'user');
        if (!fault.retry) {
          lost += lines.length;
          return noteLost(fault.message);
        }
        if (!isFailing) note(`log lines wait: ${fault.message}; it is tried again`);
        isFailing = true;
        const wish = Number(fault.data?.['retryAfterMs'] ?? 0);
        await clock.sleep(Math.min(Math.max(pause, wish), longestPauseMs), signal);
      }
    }
  };

  const run = async (): Promise<void> => {
    let next = Number(await readFile(place, 'utf8').catch(() => '0')) || 0;
    for await (const batch of batches(ring.readFrom(next, signal), clock, signal)) {
      const first = batch[0]?.number ?? next;
      if (first > next) {
        lost += first - next;
        noteLost('they were gone before they could be sent');
      }
      await send(batch.map(({ line }) => line));
      next = (batch.at(-1)?.number ?? next) + 1;
      // Whole or not at all; where the disk refuses, a restart sends some lines twice.
      await writeFile(`${place}.tmp`, `${next}`, { mode: 0o600 })
        .then(() => rename(`${place}.tmp`, place))
        .catch(() => undefined);
    }
  };

  const done = run().catch((error: unknown) => {
    if (!signal.aborted)
      note(`log lines no longer go to ${url.host}: ${toFault(error, 'logs.forward-failed', 'self').code}`);
  });
  return {
    done,
    async stop() {
      stop.abort(new Error('no longer forwarded'));
      await done;
    },
  };
}

function fileNameOf({ kind, url }: LogForward): string {
  return createHash('sha256').update(`${kind} ${url}`).digest('hex').slice(0, 16);
}

/** As many lines as fit, or what came within a second of the first. */
async function* batches(
  lines: AsyncIterable<NumberedLine>,
  clock: Clock,
  signal: AbortSignal,
): AsyncIterable<readonly NumberedLine[]> {
  const iterator = lines[Symbol.asyncIterator]();
  const pull = () => {
    const pulled = iterator.next();
    pulled.catch(() => undefined);
    return pulled;
  };
  let batch: NumberedLine[] = [];
  let chars = 0;
  let deadline: Promise<'late'> | undefined;
  let next = pull();
  try {
    for (;;) {
      const result = await raceAbort(deadline ? Promise.race([next, deadline]) : next, signal);
      if (result !== 'late' && result.done !== true) {
        batch.push(result.value);
        chars += result.value.line.text.length;
        next = pull();
        deadline ??= clock.sleep(lingerMs, signal).then(() => 'late' as const);
        deadline.catch(() => undefined);
        if (batch.length < batchLines && chars < batchChars) continue;
      }
      if (batch.length > 0) yield batch;
      if (result !== 'late' && result.done === true) return;
      batch = [];
      chars = 0;
      deadline = undefined;
    }
  } finally {
    iterator.return?.().catch(() => undefined);
  }
}
