/**
 * How fast a volume is saved: read, cut, compressed, sealed and named; all of it, then again with nothing and with one
 * file changed. Beside it what one core does with SHA-256 and AES-256-GCM alone, which is the least that it takes.
 * In CPU time: other programs on the machine make it no slower. `npm run bench:snapshot [-- --mib 512] [-- --json]`
 */
import { createCipheriv, hash, randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type BlobSink, blobKeys, makeSnapshot } from '@souk/provider';
import { describeMachine, renderTable } from './measure.ts';

const { values: flags } = parseArgs({
  options: { json: { type: 'boolean', default: false }, mib: { type: 'string', default: '512' } },
});
const mib = Number(flags.mib);
const fileMib = 16;
const root = mkdtempSync(join(tmpdir(), 'souk-bench-'));
using _root = { [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
const folder = join(root, 'volume');
mkdirSync(folder);
for (let at = 0; at < mib / fileMib; at += 1) {
  writeFileSync(join(folder, `file-${String(at).padStart(4, '0')}`), randomBytes(fileMib * 2 ** 20));
}

const keys = blobKeys(`0x${'11'.repeat(32)}`);
const held = new Set<string>();
const name = { deployment: `0x${'22'.repeat(32)}`, service: 'web', replica: 0, volume: 'data' } as const;
let turn = 0;

interface Save {
  readonly seconds: number;
  readonly newBytes: number;
  readonly peakMib: number;
}

/** Blobs are counted and dropped: what is measured is the making, not a disk or a network. */
async function save(): Promise<Save> {
  let newBytes = 0;
  let peak = 0;
  const sink: BlobSink = {
    hasAll: async (ids) => ids.every((id) => held.has(id)),
    put: async ({ id, bytes }) => {
      if (!held.has(id)) newBytes += bytes.length;
      held.add(id);
      peak = Math.max(peak, process.memoryUsage.rss());
    },
  };
  turn += 1;
  const began = cpuSeconds();
  await makeSnapshot({
    name,
    folder,
    keys,
    sink,
    before: join(root, `memory-${turn - 1}`),
    after: join(root, `memory-${turn}`),
    isOwnerless: true,
    maxBytes: 1n << 50n,
    signal: new AbortController().signal,
  });
  return { seconds: cpuSeconds() - began, newBytes, peakMib: peak / 2 ** 20 };
}

/** MB/s of one core over chunks of 256 KiB. */
function coreSpeed(): number {
  const chunk = randomBytes(256 * 1024);
  const [key, nonce] = [randomBytes(32), randomBytes(12)];
  const work = () => {
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    hash('sha256', cipher.update(chunk), 'hex');
    cipher.final();
  };
  work();
  const runs = 1000;
  const began = cpuSeconds();
  for (let at = 0; at < runs; at += 1) work();
  return (runs * chunk.length) / 1e6 / (cpuSeconds() - began);
}

/** Of this process, all its threads. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

// What was just written is read again next time, in case it changes in the same moment: that is not what is measured.
await setTimeout(2100);
const core = coreSpeed();
const full = await save();
const same = await save();
appendFileSync(join(folder, 'file-0000'), 'one more line\n');
const changed = await save();
const megabytes = (mib * 2 ** 20) / 1e6;
const speed = megabytes / full.seconds;
console.log(`machine: ${describeMachine()}\ncommand: npm run bench:snapshot -- --mib ${mib}\n`);
const row = (what: string, { seconds, newBytes, peakMib }: Save) => [
  what,
  `${(seconds * 1000).toFixed(0)} ms`,
  `${(newBytes / 1e6).toFixed(2)} MB`,
  `${peakMib.toFixed(0)} MiB`,
];
console.log(
  renderTable(
    [`${mib} MiB of random bytes`, 'CPU time', 'new to holders', 'resident'],
    [row('all of it', full), row('nothing changed', same), row('a line added to one file', changed)],
  ),
);
console.log(`\n${speed.toFixed(0)} MB/s; one core: SHA-256 and AES-256-GCM alone ${core.toFixed(0)} MB/s`);
if (flags.json) {
  console.log(
    JSON.stringify({
      fullMBps: Math.round(speed),
      coreMBps: Math.round(core),
      unchangedMs: Math.round(same.seconds * 1000),
      changedMs: Math.round(changed.seconds * 1000),
      changedBytes: changed.newBytes,
      residentMib: Math.round(full.peakMib),
    }),
  );
}
