import { existsSync } from 'node:fs';
import { createKey, Fault, toFault } from '@souk/protocol';
import type { Tenant, WatchNews } from '@souk/tenant';
import { followCapacity, keepCapacity } from '../capacity-book.ts';
import type { Context } from '../context.ts';
import { type Token, durationText, moneyText, shortHex } from '../format.ts';
import { runFront } from '../front/run.ts';
import { printable } from '../output.ts';
import { holdPidFile } from '../pid-file.ts';
import { type ChainSession, connectPeer, openBuyer } from '../session.ts';
import { holdSnapshots } from '../volumes/holder.ts';
import { receiptText } from './close.ts';
import type { DefineCommand } from './entry.ts';

const standByMs = 1000;
const goneEveryMs = 5000;

export const defineWatch: DefineCommand = (command, act) => {
  command
    .description(
      'watch over all deployments: close those that stay broken, warn of money that ends; until Ctrl-C',
    )
    .action(act(watch));
};

async function watch(context: Context): Promise<void> {
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
