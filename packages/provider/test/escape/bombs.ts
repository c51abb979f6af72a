/** Attempts to take more than was rented. Each in a workload of its own; the host and the others must not notice. */
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LeaseId } from '@souk/protocol';
import type { Attempt } from './attempts.ts';
import type { Stage } from './stage.ts';

const mebibyte = 2 ** 20;
/** What workloads rent in this suite: see the conformance kit. */
const memoryMib = 128;
const diskMib = 64;
const volumeMib = 32;

const countProcesses = () => readdirSync('/proc').filter((name) => /^\d+$/.test(name)).length;

export const bombs: readonly Attempt[] = [
  {
    after: 'fork bomb',
    name: 'start processes without end',
    async run(stage) {
      const before = countProcesses();
      const { got } = await stage.attackAlone(`
        let started = 0;
        for (let count = 0; count < 5000; count += 1) {
          try {
            const child = childProcess.spawn('sleep', ['60'], { stdio: 'ignore' });
            child.on('error', () => undefined);
            if (child.pid === undefined) break;
            started += 1;
          } catch { break; }
        }
        return started;`);
      const grown = countProcesses() - before;
      return { escaped: grown > 4000 || !(await stage.isVictimWell()), got: `${got ?? 'ended'} started` };
    },
  },
  {
    after: 'memory bomb',
    name: 'take memory without end',
    async run(stage) {
      const { got } = await stage.attackAlone(
        `const kept = [];
         for (let mib = 0; mib < ${memoryMib * 4}; mib += 16) kept.push(Buffer.alloc(16 * ${mebibyte}, 1));
         return 'took all';`,
        { memoryMib },
      );
      return {
        escaped: got === 'took all' || !(await stage.isVictimWell()),
        got: got ?? 'ended by the kernel',
      };
    },
  },
  {
    after: 'disk fill',
    name: 'fill the host’s disk from its own files',
    run: (stage) => fill(stage, '/tmp/fill', diskMib),
  },
  {
    after: 'disk fill',
    name: 'fill the host’s disk from a volume',
    run: (stage) => fill(stage, '/data/fill', volumeMib),
  },
  {
    after: 'disk fill',
    name: 'fill the host’s memory from /dev/shm',
    run: (stage) => fill(stage, '/dev/shm/fill', 2 * memoryMib),
  },
];

/** Four times what was rented, and then looks for a while whether it is let be. */
async function fill(stage: Stage, path: string, rentedMib: number) {
  const { lease, got } = await stage.attackAlone(
    `let written = 0;
     const file = fs.openSync('${path}', 'w');
     try {
       for (; written < ${rentedMib * 4}; written += 1) fs.writeSync(file, Buffer.alloc(${mebibyte}, written));
     } catch (error) { return error.code + ' after ' + written + ' MiB'; }
     return 'wrote all';`,
    { memoryMib },
  );
  if (got === undefined) return { escaped: false, got: `ended: ${await lastExitOf(stage, lease)}` };
  if (got !== 'wrote all') return { escaped: false, got };
  if (path.startsWith('/dev/shm')) return { escaped: true, got };
  for (let waited = 0; waited < guardSeconds; waited += 1) {
    await sleep(1000);
    const [status] = (await stage.driver.list()).filter((each) => each.lease === lease);
    const replica = status?.replicas[0];
    if (replica?.state !== 'running')
      return { escaped: false, got: `stopped: ${replica?.lastExit ?? 'gone'}` };
  }
  return { escaped: true, got: `keeps ${rentedMib * 4} MiB of ${rentedMib}` };
}

const stillRuns = 'runs';

async function lastExitOf(stage: Stage, lease: LeaseId): Promise<string> {
  const replica = (await stage.driver.list()).find((each) => each.lease === lease)?.replicas[0];
  if (replica?.state === 'running' && replica.lastExit === null) return stillRuns;
  return replica?.lastExit ?? 'ended';
}

/** Where a driver can only stop what took too much, it has this long. */
const guardSeconds = 60;
