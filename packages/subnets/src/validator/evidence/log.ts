/**
 * A validator's score log of one epoch: its entries by weight, its root, and what is opened of it when the beacon is
 * known. Pure. The log is a tree of groups in the order of the weights; a group lists sequence, leaf and score of each
 * of its entries.
 */
import {
  canonicalJson,
  encodeWeights,
  type GroupEntry,
  hashText,
  type Hex,
  type Signed,
  type SubnetResponse,
  type SubnetTask,
} from '@souk/protocol';
import { type Drawing, drawnEntry, drawnWeights } from './draws.ts';
import { orderedTree } from './ordered-tree.ts';

export interface LogEntry {
  readonly task: Signed<SubnetTask>;
  /** Null where the miner gave no valid answer in time. */
  readonly response: Signed<SubnetResponse> | null;
  /** Canonical JSON; `null` where there is no response. */
  readonly body: string;
  readonly observation: string;
  readonly score: number;
}

/** What one weight was earned with. */
export interface LogGroup {
  readonly mechanism: number;
  readonly registration: number;
  readonly weight: number;
  /** Ascending by sequence; at least one. */
  readonly entries: readonly LogEntry[];
}

/** Canonical weights of each of `mechanisms` mechanisms. `groups` ascend by mechanism, then by registration. */
export function weightsOf(groups: readonly LogGroup[], mechanisms: number): readonly Hex[] {
  return Array.from({ length: mechanisms }, (_, mechanism) =>
    encodeWeights(groups.filter((group) => group.mechanism === mechanism)),
  );
}

export function logRootOf(groups: readonly LogGroup[]): Hex {
  return orderedTree(groups.map(groupLeaf)).root;
}

/** What the beacon asks for, as it goes on chain. */
export function openLog(groups: readonly LogGroup[], drawing: Drawing, draws: number): Hex {
  const tree = orderedTree(groups.map(groupLeaf));
  const lines = drawnWeights(drawing, groups.length, draws).flatMap((place) => {
    const { entries } = groups[place]!;
    const { task, response, body, observation, score } = entries[drawnEntry(drawing, place, entries.length)]!;
    const opening = { task, response, score, entries: entries.map(listed), proof: tree.proof(place) };
    return [canonicalJson(opening), body, observation];
  });
  return `0x${Buffer.from(lines.join('\n')).toString('hex')}`;
}

export function entryLeaf({ task, response, body, observation, score }: LogEntry): Hex {
  return hashText([canonicalJson({ task, response, score }), body, observation].join('\n'));
}

function listed(entry: LogEntry): GroupEntry {
  return [entry.task.message.sequence, entryLeaf(entry), entry.score];
}

function groupLeaf({ mechanism, registration, entries }: LogGroup): Hex {
  return listLeaf(mechanism, registration, entries.map(listed));
}

export function listLeaf(mechanism: number, registration: number, entries: readonly GroupEntry[]): Hex {
  return hashText(canonicalJson({ mechanism, registration, entries }));
}
