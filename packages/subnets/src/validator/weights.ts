/** Weights from the entries of a score log. Pure but for the mechanism's own aggregate, whose failures are told. */
import { decodeWeights, type Hex } from '@souk/protocol';
import type { Mechanism } from '../mechanisms/mechanism.ts';
import { weightFrom } from '../mechanisms/replay.ts';
import type { LogEntry, LogGroup } from './evidence/log.ts';

export interface WeighOptions {
  readonly mechanisms: readonly Mechanism[];
  /** Own weights as revealed one epoch before; empty where none were. */
  readonly before: readonly Hex[];
  readonly onFailed: (mechanism: Mechanism, error: unknown) => void;
}

/** In the order of weights; miners whose weight is nothing are left out. `entries` as the journal orders them. */
export function groupsOf(entries: readonly LogEntry[], options: WeighOptions): readonly LogGroup[] {
  return [...collect(entries)].flatMap(([, entriesOfOne]) => {
    const { mechanism, registration } = entriesOfOne[0]!.task.message;
    const weight = weigh(entriesOfOne, options);
    return weight > 0 ? [{ mechanism, registration, weight, entries: entriesOfOne }] : [];
  });
}

/** The groups behind weights that were committed. */
export function groupsBehind(weights: readonly Hex[], entries: readonly LogEntry[]): readonly LogGroup[] {
  const collected = collect(entries);
  return weights.flatMap((row, mechanism) =>
    (decodeWeights(row) ?? []).map(({ registration, weight }) => ({
      mechanism,
      registration,
      weight,
      entries: collected.get(`${mechanism} ${registration}`) ?? [],
    })),
  );
}

function collect(entries: readonly LogEntry[]): ReadonlyMap<string, readonly LogEntry[]> {
  return Map.groupBy(entries, ({ task }) => `${task.message.mechanism} ${task.message.registration}`);
}

function weigh(entries: readonly LogEntry[], { mechanisms, before, onFailed }: WeighOptions): number {
  const { mechanism: index, registration } = entries[0]!.task.message;
  const mechanism = mechanisms[index];
  if (mechanism === undefined) return 0;
  const row = (before[index] && decodeWeights(before[index])) ?? [];
  const worth = row.find((weight) => weight.registration === registration)?.weight ?? 0;
  try {
    return weightFrom(
      mechanism,
      entries.map(({ score }) => score),
      worth,
    );
  } catch (error) {
    onFailed(mechanism, error);
    return 0;
  }
}
