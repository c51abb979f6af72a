import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Command, createStorm, type Storm } from './storm/storm.ts';
import { faultsAtRest, storms, weather } from './storm/weather.ts';

/** More of them: `npm run sim:reconcile -- --runs 2000`. */
const runs = 200;
const hour = 3600;

const open: Command = { kind: 'open', isShort: false, isTwice: false };
const wait = (seconds: number): Command => ({ kind: 'wait', seconds });

async function withThreeLeases(): Promise<Storm> {
  const storm = await createStorm();
  for (const command of [open, open, open, wait(30)]) await storm.play(command);
  return storm;
}

const countCalls = ({ world }: Storm, method: 'apply' | 'remove') =>
  world.driver.control.calls.filter((call) => call.method === method).length;
const countCloses = ({ world }: Storm) =>
  (['close', 'closeSigned', 'closeExhausted'] as const).reduce(
    (sum, name) => sum + (world.chain.calls.get(name) ?? 0),
    0,
  );
const statuses = async (storm: Storm) =>
  Promise.all(storm.leases().map(async (lease) => (await storm.world.onChain(lease)).status));

describe('in any storm', () => {
  it('all that is paid for runs in the end, and nothing else does', async () => {
    const property = fc.asyncProperty(storms, async (commands) => {
      expect(await weather(commands)).toEqual([]);
    });
    await fc.assert(property, { numRuns: runs, seed: 20_261_123 });
  }, 240_000);
});

describe('an hour without the chain', () => {
  it('ends no lease, stops no workload and starts none again', async () => {
    await using storm = await withThreeLeases();
    const applied = countCalls(storm, 'apply');
    await storm.play({ kind: 'chain-away', seconds: hour });
    expect(countCalls(storm, 'remove')).toBe(0);
    expect(countCalls(storm, 'apply')).toBe(applied);
    expect(await faultsAtRest(storm)).toEqual([]);
    expect(countCloses(storm)).toBe(0);
    expect(await statuses(storm)).toEqual(['open', 'open', 'open']);
  });

  it('removes no workload that nobody is known to pay for, until the chain says so', async () => {
    await using storm = await withThreeLeases();
    storm.setThere('chain', false);
    await storm.play({ kind: 'orphan' });
    await storm.pass(hour);
    expect(await storm.world.driver.list()).toHaveLength(4);
    expect(await faultsAtRest(storm)).toEqual([]);
    expect(await storm.world.driver.list()).toHaveLength(3);
  });
});

describe('an hour without the driver', () => {
  it('ends no lease, and all run again once it is back', async () => {
    await using storm = await withThreeLeases();
    await storm.play({ kind: 'driver-away', seconds: hour });
    expect(await faultsAtRest(storm)).toEqual([]);
    expect(countCloses(storm)).toBe(0);
    expect(await statuses(storm)).toEqual(['open', 'open', 'open']);
  });

  it('leaks nothing of what was closed meanwhile', async () => {
    await using storm = await withThreeLeases();
    storm.setThere('driver', false);
    await storm.play({ kind: 'close-on-chain', at: 1, by: 'watcher' });
    await storm.pass(hour);
    expect(await storm.world.driver.list()).toHaveLength(3);
    expect(await faultsAtRest(storm)).toEqual([]);
    expect(await statuses(storm)).toEqual(['open', 'closed', 'open']);
  });
});

describe('what storms have brought to light', () => {
  const found: readonly (readonly [string, readonly Command[]])[] = [
    [
      'a reorganisation that nobody told of',
      [open, { kind: 'events', trouble: 'dropped' }, { kind: 'reorg', depth: 1 }, wait(1)],
    ],
    [
      'a lease undone by a reorganisation, with no chain to open it again in time',
      [open, { kind: 'reorg', depth: 1 }, { kind: 'chain-away', seconds: hour }],
    ],
  ];
  it.each(found)('%s', async (_name, commands) => {
    expect(await weather(commands)).toEqual([]);
  });
});
