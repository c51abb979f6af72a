/**
 * Many deployments started together on three providers: none may be lost, none doubled, and the provider daemons must
 * stay small. `npm run bench:crowd [-- --json] [-- --deployments 50]`
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { connectChain } from '@souk/chain';
import { detectDrivers } from '@souk/provider';
import { silentLog, systemClock } from '@souk/protocol';
import { describeMachine, percentile, renderTable } from './measure.ts';
import { type Market, openMarket, patienceMs } from './market.ts';

const { values: flags } = parseArgs({
  options: { json: { type: 'boolean', default: false }, deployments: { type: 'string', default: '50' } },
});
const count = Number(flags.deployments);
const sandbox = (await detectDrivers()).find((driver) => driver.name === 'sandbox');
const driver = sandbox?.works ? 'sandbox' : 'docker';

console.log(
  `machine: ${describeMachine()}\ncommand: npm run bench:crowd -- --deployments ${count}\ndriver: ${driver}\n`,
);
const result = await measureCrowd();
if (flags.json) console.log(JSON.stringify(result));
// Whatever a library keeps open must not hold the bench.
process.exit(result.lost + result.doubled > 0 ? 1 : 0);

async function measureCrowd() {
  await using market = await openMarket({ driver });
  for (const index of market.network.providers.keys()) {
    await deploy(market, `warm-${index}`, index);
    await market.tenant.close(`warm-${index}`);
  }
  const before = await openedLeases(market);
  const began = performance.now();
  const outcomes = await Promise.allSettled(
    Array.from({ length: count }, (_, index) => deploy(market, `crowd-${index}`, index % 3)),
  );
  const took = performance.now() - began;
  const ready = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  for (const outcome of outcomes)
    if (outcome.status === 'rejected') console.log(`lost: ${String(outcome.reason)}`);
  const opened = (await openedLeases(market)) - before;
  const rss = market.network.providers.map((provider) => residentMb(provider.pid()));
  const open = (await market.tenant.list()).filter((deployment) => deployment.closedAt === null);
  await Promise.allSettled(open.map(({ name }) => market.tenant.close(name)));
  console.log(
    renderTable(
      ['', 'value'],
      [
        ['deployments started together', String(count)],
        ['ready', String(ready.length)],
        ['leases opened on chain', String(opened)],
        ['all ready after', `${(took / 1000).toFixed(1)} s`],
        ['deploy → ready p50 / p95', `${seconds(percentile(ready, 50))} / ${seconds(percentile(ready, 95))}`],
        ['provider daemon, resident, largest of three', `${Math.max(...rss)} MB (bar 200)`],
      ],
    ),
  );
  return {
    deployments: count,
    lost: count - ready.length,
    doubled: Math.max(0, opened - count),
    providerRssMb: Math.max(...rss),
  };
}

/** Milliseconds until ready. */
async function deploy(market: Market, name: string, rank: number): Promise<number> {
  const began = performance.now();
  await using auctions = await market.tenant.order({
    name,
    groups: [market.group],
    maxRate: () => 1_000_000n,
    deposit: () => 1_000_000n,
    images: [market.image],
  });
  const [auction] = auctions.groups;
  if (!auction) throw new Error('no auction');
  const ranked = await auction.waitForBids({ count: 3, windowMs: patienceMs });
  const chosen = ranked[rank] ?? ranked[0];
  if (!chosen) throw new Error(`${name}: no bids; ${JSON.stringify(auction.declines().length)} declines`);
  const result = await auction.accept(chosen).result;
  if (!result.ok) throw new Error(`${name}: ${result.reason}: ${result.detail}`);
  return performance.now() - began;
}

async function openedLeases(market: Market): Promise<number> {
  const { network } = market.network;
  await using chain = connectChain({ log: silentLog, clock: systemClock }, { network });
  const events = await chain.eventsSince(network.fromBlock, { tenant: market.tenant.address });
  return events.filter((event) => event.kind === 'lease-opened').length;
}

function residentMb(pid: number | undefined): number {
  if (pid === undefined) throw new Error('a provider died');
  const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Math.round(Number(line?.[1]) / 1024);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
