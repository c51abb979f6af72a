/**
 * What providers say they have free. It is gossiped now and then, so a watch keeps what it has heard in a file and
 * `souk offers` reads that; hints only, nothing is decided by them.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChainReads } from '@souk/chain';
import type { Peer } from '@souk/net';
import {
  type CapacitySummary,
  capacitySchema,
  capacityTopic,
  encodeJson,
  samplePriceOf,
} from '@souk/protocol';
import { z } from 'zod';
import { type NetworkHome, writeFileAtomically } from './home.ts';

/** Two missed rounds of the slowest provider: older says nothing about now. */
const freshSeconds = 150;
const maxOperators = 4096;

export interface CapacityBook {
  /** Fresh ones, cheapest first. */
  list(): readonly CapacitySummary[];
}

/** Hear from now on; `onHeard` after each summary. Ends with the peer. */
export async function followCapacity(
  peer: Peer,
  chain: ChainReads,
  options: { readonly now: () => number; readonly onHeard: (book: CapacityBook) => void },
): Promise<CapacityBook> {
  const heard = new Map<string, CapacitySummary>();
  const book: CapacityBook = { list: () => freshOf([...heard.values()], options.now()) };
  await peer.join(
    capacityTopic,
    async ({ operator }, author) =>
      (await chain.activeHotKey(operator)) === author.address ? 'accept' : 'ignore',
    (summary) => {
      heard.delete(summary.operator);
      heard.set(summary.operator, summary);
      const [oldest] = heard.keys();
      if (heard.size > maxOperators && oldest !== undefined) heard.delete(oldest);
      options.onHeard(book);
    },
  );
  return book;
}

export function keepCapacity(home: NetworkHome, book: CapacityBook): void {
  writeFileAtomically(fileOf(home), `${encodeJson(book.list())}\n`);
}

/** What a watch of this network has heard; empty where none has written. */
export function readCapacity(home: NetworkHome, now: number): readonly CapacitySummary[] {
  const file = fileOf(home);
  if (!existsSync(file)) return [];
  const parsed = z.array(capacitySchema).safeParse(JSON.parse(readFileSync(file, 'utf8')));
  return parsed.success ? freshOf(parsed.data, now) : [];
}

/** Where an operator's peer was when it last told of its capacity. */
export function heardPeersOf(home: NetworkHome, operator: string, now: number): readonly string[] {
  return readCapacity(home, now).find((summary) => summary.operator === operator)?.peer ?? [];
}

function freshOf(summaries: readonly CapacitySummary[], now: number): readonly CapacitySummary[] {
  return summaries
    .filter((summary) => now / 1000 - summary.at < freshSeconds)
    .map((summary) => ({ summary, price: samplePriceOf(summary.prices) }))
    .sort((a, b) => (a.price < b.price ? -1 : a.price > b.price ? 1 : 0))
    .map(({ summary }) => summary);
}

function fileOf(home: NetworkHome): string {
  return join(home.folder, 'capacity.json');
}
