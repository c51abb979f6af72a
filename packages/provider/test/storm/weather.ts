/** Storms as fast-check draws them, and the property that each must leave true. */
import fc from 'fast-check';
import { type Command, createStorm, type Storm } from './storm.ts';
import { eventTroubles } from './trouble.ts';

const at = fc.nat({ max: 7 });
const by = <T extends string>(...names: readonly T[]) => fc.constantFrom(...names);
const outage = fc.constantFrom(5, 40, 200, 900);

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('open' as const),
      isShort: fc.boolean(),
      isTwice: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('open-elsewhere' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('close-by-message' as const), at, by: by('tenant', 'watcher') }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('close-on-chain' as const),
      at,
      by: by('tenant', 'watcher', 'operator'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('top-up' as const), at }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('reorg' as const), depth: fc.integer({ min: 1, max: 4 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('events' as const),
      trouble: fc.constantFrom(...eventTroubles),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('crash' as const),
      atWrite: fc.integer({ min: 1, max: 16 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('chain-away' as const), seconds: outage }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('driver-away' as const), seconds: outage }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('workload-ends' as const), at }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('workloads-vanish' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('orphan' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), seconds: fc.constantFrom(1, 20, 200, 900) }),
  },
);

export const storms: fc.Arbitrary<readonly Command[]> = fc.array(command, { minLength: 1, maxLength: 16 });

/** Files and sockets are real: they take real time while virtual minutes pass, so it is looked at more than once. */
const looks = 4;

/** What is wrong once a storm is over; empty where all is as it should be. */
export async function faultsAtRest(storm: Storm): Promise<readonly string[]> {
  let faults: readonly string[] = [];
  for (let look = 0; look < looks; look += 1) {
    const written = await storm.calm();
    faults = await storm.faults();
    if (written.length > 0) faults = [...faults, `written after all was calm: ${written.join(' ')}`];
    if (faults.length === 0) break;
  }
  return faults;
}

export async function weather(commands: readonly Command[]): Promise<readonly string[]> {
  await using storm = await createStorm();
  for (const one of commands) await storm.play(one);
  return await faultsAtRest(storm);
}
