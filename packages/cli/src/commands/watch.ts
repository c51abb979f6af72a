import { existsSync } from 'node:fs';
import { createKey, Fault, toFault } from '@souk/protocol';
import type { Tenant, WatchNews } from '@souk/tenant';
import { InvalidArgumentError } from 'commander';
import { followCapacity, keepCapacity } from '../capacity-book.ts';
import type { Context } from '../context.ts';
import { makeDelegate, openDelegate } from '../delegate/delegate.ts';
import { type Token, durationText, moneyText, shortHex } from '../format.ts';
import { runFront } from '../front/run.ts';
import { printable } from '../output.ts';
import { holdPidFile } from '../pid-file.ts';
import { type ChainSession, connectPeer, openBuyer } from '../session.ts';
import { holdSnapshots } from '../volumes/holder.ts';
import { readPassword } from '../wallet.ts';
import { receiptText } from './close.ts';
import type { DefineCommand } from './entry.ts';

const standByMs = 1000;
const goneEveryMs = 5000;

export const defineWatch: DefineCommand = (command, act) => {
  command
    .description(
      'watch over all deployments: order elsewhere what stays broken, serve their stable addresses, warn of money that ends; until Ctrl-C',
    )
    .option('--delegate <name>', 'make a bundle by which another machine watches this deployment, and end')
    .option('--out <file>', 'where the bundle goes, encrypted')
    .option(
      '--standby <count>',
      'orders signed in advance for it, per placement group: each can open one lease within price and deposit, for six days (0: it only closes)',
      parseCount,
      2,
    )
    .option('--as <file>', 'watch by such a bundle; no wallet is needed')
    .option('--bundle-password-file <file>', 'the bundle’s password: its first line; - is standard input')
    .action(act(watch));
};

interface WatchFlags {
  readonly delegate?: string;
  readonly out?: string;
  readonly standby: number;
  readonly as?: string;
  readonly bundlePasswordFile?: string;
}

async function watch(context: Context, flags: WatchFlags): Promise<void> {
  if (flags.as !== undefined) return watchAs(context, flags.as, flags);
  if (flags.delegate !== undefined) return makeBundle(context, flags.delegate, flags);
  await using stack = new AsyncDisposableStack();
  const { tenant, network, chain, wallet } = openBuyer(context, stack);
  // The password is read while somebody is there to give it; closing may need it at any hour.
  await wallet.password();
  const started = { event: 'started', network: network.book.name, pid: process.pid };
  context.output.item(started, () => `watching the deployments on ${network.book.name}  (Ctrl-C ends it)`);
  const signal = AbortSignal.any([context.signal, whenGone(network.file, stack)]);
  const held = await takeTurn({ ...context, signal }, network.home.watchPidFile);
  if (held === undefined) return;
  stack.use(held);
  await runFront(context, stack, network);
  await keepHearing(context, stack, { network, chain });
  await holdSnapshots(context, stack, { network, chain, tenant, owner: wallet.address });
  await reconcile(context, tenant);
  await tenant.watch({
    signal,
    onNews: (news) => context.output.item(newsValue(news), () => newsText(news, network.book.token)),
  });
}

async function makeBundle(context: Context, name: string, flags: WatchFlags): Promise<void> {
  const { out, standby } = flags;
  if (out === undefined) {
    throw new Fault('cli.usage', 'nothing says where the bundle goes', {
      blame: 'user',
      remedy: 'add --out FILE',
    });
  }
  await using stack = new AsyncDisposableStack();
  const buyer = openBuyer(context, stack);
  await buyer.chain.check();
  const password =
    flags.bundlePasswordFile === undefined
      ? await context.prompts.newSecret('Password for the bundle', bundlePasswordHint)
      : await bundlePassword(context, flags);
  await makeDelegate(context, stack, { buyer, wish: { name, out, standby, password } });
  const can =
    standby === 0 ? 'close its leases' : `close its leases, and order elsewhere ${standby} times each`;
  context.output.document({ name, file: out, standby }, () =>
    [
      `${out} lets another machine ${can}: souk watch --as ${out}`,
      'Whoever has the file and its password can do that, and nothing else, at your cost.',
    ].join('\n'),
  );
}

/** Ends when nothing of it is open any more. */
async function watchAs(context: Context, file: string, flags: WatchFlags): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const password = await bundlePassword(context, flags);
  const delegated = await openDelegate(context, stack, { file, password });
  const { tenant, network, chain, name, orders } = delegated;
  const started = { event: 'started', network: network.book.name, name, orders, pid: process.pid };
  context.output.item(started, () => `watching ${name} on ${network.book.name}  (Ctrl-C ends it)`);
  const held = await takeTurn(context, network.home.watchPidFile);
  if (held === undefined) return;
  stack.use(held);
  await keepHearing(context, stack, { network, chain });
  await tenant.watch({
    signal: context.signal,
    onNews: (news) => context.output.item(newsValue(news), () => newsText(news, network.book.token)),
  });
}

const bundlePasswordHint = 'give it with --bundle-password-file FILE';

function bundlePassword(context: Context, { bundlePasswordFile }: WatchFlags): Promise<string> {
  if (bundlePasswordFile === undefined)
    return context.prompts.secret('Password of the bundle', bundlePasswordHint);
  // The global flag is for a key's.
  const flags = { ...context.flags, passwordFile: bundlePasswordFile };
  return readPassword({ ...context, flags }, {}, 'Password of the bundle');
}

function parseCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 0 && count <= 16) return count;
  throw new InvalidArgumentError('give a number from 0 to 16');
}

/** A network that was wiped (`souk down --wipe`) needs no watch any more. */
function whenGone(file: string, stack: AsyncDisposableStack): AbortSignal {
  const gone = new AbortController();
  // Networks that come with Souk have a name and no file.
  if (!existsSync(file)) return gone.signal;
  const timer = setInterval(() => {
    if (!existsSync(file)) gone.abort(new Fault('cli.no-network', `${file} is gone`, { blame: 'user' }));
  }, goneEveryMs);
  stack.defer(() => clearInterval(timer));
  return gone.signal;
}

/** Watching does the same round by round, so a chain that does not answer now is no reason to end. */
async function reconcile(context: Context, tenant: Tenant): Promise<void> {
  try {
    await tenant.reconcile({ signal: context.signal });
  } catch (error) {
    if (!context.signal.aborted)
      context.output.warn(toFault(error, 'tenant.reconcile-failed', 'chain').message);
  }
}

/** For `souk offers`, which must not wait a minute until the next provider speaks. */
async function keepHearing(
  context: Context,
  stack: AsyncDisposableStack,
  session: ChainSession,
): Promise<void> {
  const peer = stack.use(await connectPeer(context, session.network, createKey()));
  await followCapacity(peer, session.chain, {
    now: () => context.clock.now(),
    onHeard: (book) => keepCapacity(session.network.home, book),
  });
}

/** One watch works at a time; others stand by until it ends. */
async function takeTurn(context: Context, pidFile: string): Promise<Disposable | undefined> {
  while (!context.signal.aborted) {
    const held = holdPidFile(pidFile);
    if (held) return held;
    await context.clock.sleep(standByMs, context.signal).catch(() => undefined);
  }
  return undefined;
}

function newsValue(news: WatchNews): Readonly<Record<string, unknown>> {
  const { kind, ...rest } = news;
  return { event: kind, at: Date.now(), ...rest };
}

export function newsText(news: WatchNews, token: Token): string {
  switch (news.kind) {
    case 'failing-over':
      return `${news.name}: leaving ${shortHex(news.from)}: ${printable(news.reason)}`;
    case 'moved':
      return `${news.name}: moved to ${shortHex(news.to)} within ${news.seconds} s; ${durationText(news.lostSeconds)} without it`;
    case 'not-moved':
      return `${news.name}: not ordered elsewhere${news.nextTryAt === null ? '' : ' yet'}: ${news.reason}: ${printable(news.detail)}`;
    case 'healthy':
    case 'unhealthy':
      return `${news.name}: ${news.kind}: ${printable(news.detail)}`;
    case 'low-balance':
      return `${news.name}: the money lasts ${durationText(news.secondsLeft)}; top it up with \`souk top-up ${news.name} 5\``;
    case 'paused':
      return `${news.name}: paused, its data is kept for ${durationText(news.secondsLeft)}; go on with \`souk resume ${news.name} --top-up 5\``;
    case 'data-ends':
      return `${news.name}: paused, and its data is removed in ${durationText(news.secondsLeft)}: \`souk resume ${news.name} --top-up 5\``;
    case 'resumed':
      return `${news.name}: runs again; the money lasts ${durationText(news.secondsLeft)}`;
    case 'topped-up':
      return `${news.name}: topped up with ${moneyText(news.amount, token)}; the money lasts ${durationText(news.secondsLeft)}`;
    case 'budget-reached':
      return `${news.name}: not topped up: all that it may cost is spent or locked; the money lasts ${durationText(news.secondsLeft)}`;
    case 'balance-empty':
      return `${news.name}: not topped up: the balance is empty; the money lasts ${durationText(news.secondsLeft)}. Fill it with \`souk deposit 5\``;
    case 'closed':
      return `${news.name}: closed by ${news.receipt.by}: ${receiptText(news.receipt, token)}`;
  }
}
