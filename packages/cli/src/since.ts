/** A moment in the past as people write it: "10m", "2h", "3d", "2026-11-22", "2026-11-22T10:00" (local), "…10:00:00Z". */
import { InvalidArgumentError } from 'commander';

/** Unix milliseconds, once it is known what time it is. */
export type Since = (nowMs: number) => number;

const unitMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

export function parseSince(text: string): Since {
  const ago = /^([0-9]{1,9})([smhd])$/.exec(text);
  const ms = Number(ago?.[1]) * (unitMs[ago?.[2] ?? ''] ?? 0);
  if (ago) return (nowMs) => Math.max(0, nowMs - ms);
  const moment = momentOf(text);
  if (moment !== undefined && moment >= 0) return () => moment;
  throw new InvalidArgumentError('give a time like 30s, 10m, 2h, 3d, 2026-11-22 or 2026-11-22T10:00');
}

function momentOf(text: string): number | undefined {
  const match =
    /^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,3})?)?)(Z|[+-][0-9]{2}:[0-9]{2})?)?$/.exec(
      text,
    );
  if (!match) return undefined;
  const [, day, time = '00:00', zone = ''] = match;
  const moment = Date.parse(`${day}T${time}${zone}`);
  return Number.isNaN(moment) ? undefined : moment;
}
