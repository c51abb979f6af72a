import type { SubnetEvent, SubnetReads } from '@souk/chain';
import { systemClock } from '@souk/protocol';
import { defineMechanism, type RunContext } from '@souk/subnets';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { acting } from './act.ts';

const hash = `0x${'11'.repeat(32)}` as const;
const mechanism = defineMechanism({
  name: 'double',
  version: 1,
  about: 'doubles numbers',
  request: z.strictObject({ number: z.number() }),
  response: z.strictObject({ double: z.number() }),
  observation: z.strictObject({}),
  limits: {
    deadlineMs: 1_000,
    maxRequestBytes: 100,
    maxResponseBytes: 100,
    tasksPerEpoch: 3,
    isSimultaneous: false,
  },
  task: () => ({ number: 1 }),
  run: async ({ number }) => ({ double: 2 * number }),
  observe: async () => ({}),
  score: () => 1,
  aggregate: () => 1,
});

const context: RunContext = {
  signal: new AbortController().signal,
  clock: systemClock,
  deadline: 0,
  fetch,
  settings: {},
};

function depsWith(...openings: readonly string[]) {
  const events = openings.map((text): SubnetEvent => ({
    kind: 'opened',
    subnet: 1,
    epoch: 1,
    operator: '0x00000000000000000000000000000000000000aa',
    evidence: `0x${Buffer.from(text).toString('hex')}`,
    block: 1,
    logIndex: 0,
    tx: hash,
  }));
  const reads = {
    head: async () => ({ number: 10, timestamp: 0 }),
    events: async () => events,
  } as unknown as SubnetReads;
  return { reads, subnet: 1, fromBlock: 0 };
}

describe('a miner that plays a part', () => {
  it('is lazy: it does about half of what it is asked, the same half each time', async () => {
    const lazy = acting('lazy', mechanism, depsWith());
    const ask = (number: number) =>
      lazy.run({ number }, context).then(
        () => true,
        () => false,
      );
    const done = await Promise.all(Array.from({ length: 200 }, (_, number) => ask(number)));
    const again = await Promise.all(Array.from({ length: 200 }, (_, number) => ask(number)));
    expect(again).toEqual(done);
    const count = done.filter((is) => is).length;
    expect(count).toBeGreaterThan(60);
    expect(count).toBeLessThan(140);
  });

  it('copies: it gives out the newest answer that validators opened, whatever it is asked', async () => {
    const opening = (answer: string) => `{"head":1}\n${answer}\n{}`;
    const copier = acting(
      'copy',
      mechanism,
      depsWith(opening('{"double":4}'), opening('{"double":10}'), opening('null')),
    );
    expect(await copier.run({ number: 1 }, context)).toEqual({ double: 10 });
  });

  it('has nothing to say while nothing was opened', async () => {
    await expect(acting('copy', mechanism, depsWith()).run({ number: 1 }, context)).rejects.toThrow(
      'nothing to copy',
    );
  });
});
