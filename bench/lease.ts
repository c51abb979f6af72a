/**
 * How long a lease takes, from the order to an answer over HTTP, on each driver that works here: three providers,
 * blocks of one second, the image present. `npm run bench:lease [-- --json] [-- --runs 30] [-- --driver sandbox]`
 */
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { detectDrivers } from '@souk/provider';
import { describeMachine, percentile, renderRows, type Row } from './measure.ts';
import { type Market, openMarket } from './market.ts';

interface Run {
  readonly firstBidMs: number;
  readonly threeBidsMs: number;
  readonly publishedMs: number;
  readonly acceptedMs: number;
  readonly openedMs: number;
  readonly runningMs: number;
  readonly probedMs: number;
  readonly fetchedMs: number;
  readonly readyMs: number;
}

interface Summary {
  readonly firstBidMsP95: number;
  readonly threeBidsMsP95: number;
  readonly readyMsP95: number;
}

const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    runs: { type: 'string', default: '30' },
    driver: { type: 'string' },
  },
});
const runs = Number(flags.runs);
const blockMs = 1000;
const bars = { sandbox: 3000, docker: 4000 } as const;
const results: Record<'sandbox' | 'docker', Summary | null> = { sandbox: null, docker: null };
const available = await detectDrivers();

console.log(`machine: ${describeMachine()}\ncommand: npm run bench:lease -- --runs ${runs}\n`);
for (const driver of ['sandbox', 'docker'] as const) {
  if (driver !== (flags.driver ?? driver)) continue;
  const found = available.find((candidate) => candidate.name === driver);
  if (!found?.works) {
    console.log(`### ${driver}: not measured, ${found?.reason ?? 'unknown here'}\n`);
    continue;
  }
  results[driver] = await measureDriver(driver);
}
if (flags.json) console.log(JSON.stringify(results));
// Whatever a library keeps open must not hold the bench.
process.exit(0);

async function measureDriver(driver: 'sandbox' | 'docker'): Promise<Summary> {
  await using market = await openMarket({ driver });
  // One run on every provider first: the image is then present everywhere, as the figures ask.
  for (const index of market.network.providers.keys()) await measureRun(market, `warm-${index}`, index);
  const measured: Run[] = [];
  for (let index = 0; index < runs; index += 1) {
    // A run ends with a block: without this all would begin at the same moment of one.
    await setTimeout(Math.random() * blockMs);
    measured.push(await measureRun(market, `run-${index}`, index % 3));
  }
  const row = (what: string, pick: (run: Run) => number, bar?: number): Row => ({
    what,
    values: measured.map(pick),
    ...(bar === undefined ? {} : { bar }),
  });
  const rows = [
    row('order → first verified bid', (run) => run.firstBidMs, 250),
    row('order → three verified bids', (run) => run.threeBidsMs, 500),
    row('deploy → HTTP 200', (run) => run.readyMs, bars[driver]),
    row('· of it: peer up, order signed and out', (run) => run.publishedMs),
    row('· of it: bids (network)', (run) => run.threeBidsMs),
    row('· of it: acceptance answered (network)', (run) => run.acceptedMs),
    row('· of it: lease on chain after acceptance (chain)', (run) => run.openedMs),
    row('· of it: running after the lease is on chain (driver)', (run) => run.runningMs),
    row('· of it: probed and declared ready (tenant)', (run) => run.probedMs),
    row('· of it: GET / (ingress and workload)', (run) => run.fetchedMs),
  ];
  console.log(`### ${driver}\n\n${renderRows(rows)}\n`);
  const p95 = (pick: (run: Run) => number) => Math.round(percentile(measured.map(pick), 95));
  return {
    firstBidMsP95: p95((run) => run.firstBidMs),
    threeBidsMsP95: p95((run) => run.threeBidsMs),
    readyMsP95: p95((run) => run.readyMs),
  };
}

/** One deployment on the `rank`-th provider, from nothing to HTTP 200, then closed. */
async function measureRun(market: Market, name: string, rank: number): Promise<Run> {
  const { tenant, group, image } = market;
  const began = performance.now();
  await using auctions = await tenant.order({
    name,
    groups: [group],
    maxRate: () => 1_000_000n,
    deposit: () => 1_000_000n,
    images: [image],
  });
  const published = performance.now();
  const [auction] = auctions.groups;
  if (!auction) throw new Error('no auction');
  let first: number | undefined;
  let third: number | undefined;
  let bids = 0;
  for await (const offer of auction.offers()) {
    if (offer.kind !== 'bid') continue;
    bids += 1;
    first ??= performance.now();
    third = performance.now();
    if (bids === 3) break;
  }
  const ranked = await auction.ranked();
  const chosen = ranked[rank] ?? ranked[0];
  if (!chosen || first === undefined || third === undefined) throw new Error('no bids');
  const at: Record<string, number> = {};
  const accepting = performance.now();
  const opening = auction.accept(chosen);
  let url: string | undefined;
  for await (const step of opening.steps()) {
    at[step.step] ??= performance.now();
    if (step.step === 'running' || step.step === 'ready') url = step.urls[0];
  }
  const result = await opening.result;
  if (!result.ok) throw new Error(`${name}: ${result.reason}: ${result.detail}`);
  if (url === undefined) throw new Error(`${name}: no URL`);
  const ready = performance.now();
  await expectOk(url);
  const answered = performance.now();
  await tenant.close(name);
  const accepted = at['accepted'] ?? accepting;
  const opened = at['opened'] ?? accepted;
  const running = at['running'] ?? opened;
  return {
    firstBidMs: first - published,
    threeBidsMs: third - published,
    publishedMs: published - began,
    acceptedMs: accepted - accepting,
    openedMs: opened - accepted,
    runningMs: running - opened,
    probedMs: ready - running,
    fetchedMs: answered - ready,
    readyMs: answered - began,
  };
}

async function expectOk(url: string): Promise<void> {
  const target = new URL(url);
  // *.localhost is this machine whatever its resolver thinks.
  const request = get({ host: '127.0.0.1', port: target.port, path: '/', headers: { host: target.host } });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  if (response.statusCode !== 200) throw new Error(`${url} answered ${response.statusCode}`);
}
