/**
 * The walk of a deployment as a person sees it: read the file, order, show offers with prices, ask, bring up, say
 * where it is. The same command again continues where it stopped; it never pays twice for one name.
 */
import { Fault, type MarketWish, type Workload } from '@souk/protocol';
import {
  askedOf,
  type Auction,
  type Auctions,
  type OpeningResult,
  type OrderWish,
  type RankedBid,
  type Tenant,
  tenantConfigSchema,
} from '@souk/tenant';
import { InvalidArgumentError } from 'commander';
import { readCapacity } from '../capacity-book.ts';
import { cliConfigSchema, readSettings } from '../config.ts';
import type { Context } from '../context.ts';
import { collectBids } from '../deploy/bids.ts';
import { noBids } from '../deploy/no-bids.ts';
import { keepOffers } from '../deploy/offers-file.ts';
import { choiceText, type GroupPlan, renderPlan } from '../deploy/plan.ts';
import { renderDeployed } from '../deploy/deployed.ts';
import { type SecretFlags, secretsFor } from '../deploy/secrets.ts';
import { failureText, showStep } from '../deploy/steps.ts';
import { nameFor, readWorkload, wishFor } from '../deploy/workload.ts';
import { moneyText, shortHex } from '../format.ts';
import { openImageStore, parseImageFlag } from '../images.ts';
import { runTasks } from '../progress.ts';
import { publicGroup } from '../public-record.ts';
import { type Buyer, openBuyer } from '../session.ts';
import { type StableAddresses, stableOf } from '../front/address.ts';
import { withSnapshots } from '../volumes/wish.ts';
import { ensureWatcher } from '../watcher.ts';
import type { DefineCommand } from './entry.ts';

interface DeployFlags extends SecretFlags {
  readonly name?: string;
  readonly maxPrice?: string;
  readonly deposit?: string;
  readonly topUp?: string;
  readonly maxTotal?: string;
  readonly image: readonly string[];
  readonly bidsWait?: number;
  readonly watch: boolean;
  readonly failover: boolean;
}

/** One placement group on its way up. */
interface Start {
  readonly auction: Auction;
  /** Undefined where an earlier run has chosen. */
  readonly bid: RankedBid | undefined;
}

export const defineDeploy: DefineCommand = (command, act) => {
  command
    .description('run a workload file: collect offers, show prices, ask, start')
    .argument('<file>', 'workload file (Akash SDL 2.0 or 2.1)')
    .option('--name <name>', 'name of the deployment (default: the file’s or its folder’s)')
    .option(
      '--max-price <amount>',
      'most to pay per hour and placement group, e.g. 0.30 (default: the file’s)',
    )
    .option('--deposit <amount>', 'money to lock per placement group (default: 5)')
    .option('--top-up <amount>', 'add so much by itself whenever the money lasts less than an hour')
    .option('--max-total <amount>', 'most that it may cost in all, over all its leases')
    .option('--image <ref=tar>', 'hand this image over to the provider; can be repeated', collect, [])
    .option(
      '--secret-file <name=path>',
      'value of a secret that the file names; can be repeated',
      collect,
      [],
    )
    .option('--secret-env <name=variable>', 'the same, from an environment variable', collect, [])
    .option('--bids-wait <ms>', 'how long to collect offers', parseMs)
    .option('--no-watch', 'start no watch process')
    .option('--no-failover', 'when its provider fails, close it and order nothing elsewhere')
    .action(act(deploy));
};

async function deploy(context: Context, file: string, flags: DeployFlags): Promise<void> {
  const { output, prompts } = context;
  const images = openImageStore(context.home.images);
  for (const { reference, tar } of flags.image.map(parseImageFlag)) {
    await images.add(reference, tar, context.clock.now(), context.signal);
  }
  const workload = readWorkload(file, (text) => output.warn(text));
  prompts.checkCanConfirm('start it at the best price?');
  await using stack = new AsyncDisposableStack();
  const buyer = openBuyer(context, stack);
  await buyer.chain.check();
  const { cli: settings, tenant: tenantSettings } = readSettings(context, {
    cli: cliConfigSchema,
    tenant: tenantConfigSchema,
  });
  const priced = wishFor({
    name: flags.name ?? nameFor(file),
    workload,
    network: buyer.network.book,
    images,
    deposit: flags.deposit ?? settings.deposit,
    maxPrice: flags.maxPrice,
    topUp: flags.topUp,
    maxTotal: flags.maxTotal,
  });
  const wish = await withSnapshots(context, buyer, {
    workload,
    wish: { ...priced, failover: flags.failover, ...(await secretsFor(context, buyer, { workload, flags })) },
    hasWatch: flags.watch && settings.watch,
  });
  const auctions = stack.use(await buyer.tenant.order(wish, { signal: context.signal }));
  const plans = workload.groups.map((group) => ({
    group,
    maxRate: wish.maxRate(group.name),
    deposit: wish.deposit(group.name),
  }));
  const token = buyer.network.book.token.address;
  const asked = (name: string) =>
    askedOf(wish, groupNamed(workload, name), { token, config: tenantSettings });
  const starts = await orAbandon(context, { tenant: buyer.tenant, auctions }, () =>
    chooseBids(context, { buyer, auctions, plans, windowMs: flags.bidsWait, asked }),
  );
  const results = await bringUp(context, { buyer, starts, name: wish.name });
  if (flags.watch && settings.watch) await ensureWatcher(context, buyer.network, buyer.wallet);
  const stable = await stableOf(context, buyer.network.home, wish.name);
  report(context, { buyer, wish, results, stable });
}

function groupNamed(workload: Workload, name: string): Workload['groups'][number] {
  const group = workload.groups.find((one) => one.name === name);
  if (group) return group;
  throw new Fault('cli.group-missing', `the file has no group "${name}"`, { blame: 'self' });
}

interface Choosing {
  readonly buyer: Buyer;
  readonly auctions: Auctions;
  readonly plans: readonly Omit<GroupPlan, 'ranked'>[];
  readonly windowMs: number | undefined;
  /** What the order of a group asks. */
  readonly asked: (group: string) => MarketWish;
}

async function chooseBids(context: Context, input: Choosing): Promise<readonly Start[]> {
  const { buyer, auctions, plans } = input;
  const { book, home } = buyer.network;
  const open = auctions.groups.filter((auction) => auction.chosen === undefined);
  const going = auctions.groups.filter((auction) => auction.chosen !== undefined);
  const continued: Start[] = going.map((auction) => ({ auction, bid: undefined }));
  if (open.length === 0) return continued;
  const collected = await collectBids(context, open, { network: book, windowMs: input.windowMs });
  keepOffers(home, auctions.name, { at: context.clock.now(), collected });
  const silent = collected.find((one) => one.ranked.length === 0);
  if (silent) {
    const { auction, refused, waitedMs } = silent;
    const asked = input.asked(auction.group);
    const summaries = readCapacity(home, context.clock.now());
    const heard = { declines: auction.declines(), summaries, listeners: auction.listeners() };
    throw noBids({ group: auction.group, asked, refused, waitedMs, ...heard }, book.token);
  }
  const priced = collected.flatMap(({ auction, ranked }) =>
    plans.filter(({ group }) => group.name === auction.group).map((plan) => ({ ...plan, ranked, auction })),
  );
  context.output.note(`\n${renderPlan(context.output, priced, book.token)}\n`);
  const chosen: Start[] = [];
  for (const plan of priced)
    chosen.push({ auction: plan.auction, bid: await chooseBid(context, plan, input) });
  return [...continued, ...chosen];
}

async function chooseBid(context: Context, plan: GroupPlan, { buyer, plans }: Choosing): Promise<RankedBid> {
  const { token } = buyer.network.book;
  const best = plan.ranked[0];
  const about = plans.length > 1 ? `${plan.group.name}: ` : '';
  const question = choiceText([{ rate: best?.bid.message.rate ?? 0n, deposit: plan.deposit }], token);
  const chosen = await context.prompts.choose(
    `${about}${question}`,
    plan.ranked.slice(0, 10).map((bid) => ({
      value: bid,
      label: `yes, with ${shortHex(bid.operator)} at ${moneyText(bid.bid.message.rate, token)} per hour`,
    })),
  );
  if (chosen) return chosen;
  throw new Fault('cli.declined', 'no offer was taken; no money was locked', { blame: 'user' });
}

/** Where nothing was chosen, nothing may stay behind: the order is void without its agent's acceptance. */
async function orAbandon<T>(
  context: Context,
  order: { readonly tenant: Tenant; readonly auctions: Auctions },
  work: () => Promise<T>,
): Promise<T> {
  const { tenant, auctions } = order;
  const wasChosen = auctions.groups.some((auction) => auction.chosen !== undefined);
  try {
    return await work();
  } catch (error) {
    await auctions[Symbol.asyncDispose]();
    if (!wasChosen) {
      await tenant.close(auctions.name);
      await tenant.forget(auctions.name);
    }
    throw error;
  }
}

type GroupResult = OpeningResult & { readonly name: string };

async function bringUp(
  context: Context,
  input: { readonly buyer: Buyer; readonly starts: readonly Start[]; readonly name: string },
): Promise<readonly GroupResult[]> {
  const { token } = input.buyer.network.book;
  const results: GroupResult[] = [];
  const tasks = input.starts.map(({ auction, bid }) => ({
    title: input.starts.length > 1 ? `${input.name}/${auction.group}` : input.name,
    run: async (view: Parameters<typeof showStep>[0]) => {
      const options = { signal: context.signal };
      const opening = bid ? auction.accept(bid, options) : auction.resume(options);
      for await (const step of opening.steps()) showStep(view, step, token);
      const result = await opening.result;
      results.push({ ...result, name: auction.group });
      if (!result.ok) view.did(failureText(result, token));
      return result.ok;
    },
  }));
  try {
    await runTasks(context.output, tasks);
  } catch (error) {
    if (context.signal.aborted) {
      context.output.note(
        `It may still be coming up: run the same command again to go on, or \`souk close ${input.name}\`.`,
      );
    }
    throw error;
  }
  return results;
}

interface Report {
  readonly buyer: Buyer;
  readonly wish: OrderWish;
  readonly results: readonly GroupResult[];
  readonly stable: StableAddresses;
}

function report(context: Context, input: Report): void {
  const { buyer, wish, results, stable } = input;
  const { book } = buyer.network;
  const failed = results.flatMap((result) => (result.ok ? [] : [result]));
  if (failed.length > 0) throw deployFailed(wish.name, failed, failed.length < results.length, book.token);
  const groups = results.flatMap((result) =>
    result.ok
      ? [{ ...publicGroup(result.group), services: result.status.services, warnings: result.status.warnings }]
      : [],
  );
  const urls = groups.flatMap((group) => group.services.flatMap((service) => service.urls));
  const value = { name: wish.name, network: book.name, status: 'running', ...stable, urls, groups };
  for (const warning of new Set(groups.flatMap((group) => group.warnings))) context.output.warn(warning);
  context.output.document(value, () => renderDeployed(context.output, value, book.token));
}

function deployFailed(
  name: string,
  failed: readonly (GroupResult & { readonly ok: false })[],
  isPartlyUp: boolean,
  token: Parameters<typeof failureText>[1],
): Fault {
  const text = failed.map((result) => `${result.name}: ${failureText(result, token)}`).join('\n');
  const remedy = isPartlyUp
    ? `the other groups run: mend this and deploy it under the same name, or \`souk close ${name}\``
    : 'mend what is named above and deploy again; the same command is safe to repeat';
  const groups = failed.map(({ name: group, reason, detail }) => ({ group, reason, detail }));
  return new Fault('cli.deploy-failed', text, { blame: 'peer', data: { name, groups }, remedy });
}

function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}

function parseMs(text: string): number {
  const ms = Number(text);
  if (Number.isInteger(ms) && ms >= 1 && ms <= 600_000) return ms;
  throw new InvalidArgumentError('give milliseconds, from 1 to 600000');
}
