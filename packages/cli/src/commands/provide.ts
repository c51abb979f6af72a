/**
 * `souk provide`: this machine joins as a provider. Builds every part and disposes them in reverse on Ctrl-C; the
 * workloads of open leases go on running, and the next start finds them again.
 */
import { join } from 'node:path';
import { aborted, createLog, createMetrics, openStore } from '@souk/daemon';
import type { Log } from '@souk/protocol';
import {
  createSecretBox,
  defaultPrices,
  loadPriceList,
  parsePriceList,
  type Provider,
  providerConfigSchema,
  startProvider,
} from '@souk/provider';
import { readSettings } from '../config.ts';
import type { Context } from '../context.ts';
import { startDriver } from '../provide/driver.ts';
import {
  collectAttribute,
  collectListen,
  parseCapacity,
  parsePort,
  type ProvideFlags,
  settingsOf,
} from '../provide/flags.ts';
import { ensureRegistered } from '../provide/registration.ts';
import { connectPeer, openChain, openWriter, walletFor } from '../session.ts';
import { renderFacts } from '../table.ts';
import type { DefineCommand } from './entry.ts';

/** On one machine nobody is spared by publishing seldom. */
const localCapacityPublishMs = 5_000;
const statusEveryMs = 2_000;

export const defineProvide: DefineCommand = (command, act) => {
  command
    .description('rent this machine out: register if needed, bid, run workloads, collect pay; until Ctrl-C')
    .option('--price-file <file>', 'prices per hour in YAML (default: built-in ones)')
    .option('--capacity <list>', 'what to rent out, e.g. cpu=8,memory=8Gi,storage=64Gi', parseCapacity)
    .option(
      '--attribute <key=value>',
      'attribute that orders may ask for; can be repeated',
      collectAttribute,
      {},
    )
    .option('--driver <name>', 'docker, sandbox or process (default: the best that works here)')
    .option('--listen <multiaddr>', 'where peers reach this one; can be repeated', collectListen)
    .option('--ingress-port <port>', 'port of the HTTP ingress', parsePort)
    .option('--admin-port <port>', 'port of /metrics and /healthz', parsePort)
    .action(act(provide));
};

async function provide(context: Context, flags: ProvideFlags): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const { network, chain } = openChain(context, stack);
  const { book } = network;
  const { provider: settings } = readSettings(
    context,
    { provider: providerConfigSchema },
    { provider: settingsOf(flags) },
  );
  const config = book.isLocal
    ? { ...settings, capacityPublishMs: localCapacityPublishMs, callPrivateAddresses: true }
    : settings;
  const prices =
    flags.priceFile === undefined
      ? parsePriceList(defaultPrices, book.token.decimals)
      : loadPriceList(flags.priceFile, book.token.decimals);
  const wallet = walletFor(context, network);
  const folder = network.home.provider(wallet.name);
  const log = providerLog(context, folder);
  const writer = await openWriter(context, stack, { network, chain, wallet });
  const operator = await ensureRegistered(context, chain, writer);
  const driver = stack.use(await startDriver({ folder, log, isLocal: book.isLocal }, flags.driver));
  for (const warning of driver.warnings) context.output.warn(warning);
  const key = await wallet.unlock();
  const peer = stack.use(await connectPeer({ ...context, log }, network, key, flags.listen));
  const provider = stack.use(
    await startProvider(
      {
        peer,
        chain,
        writer,
        signer: key,
        secrets: createSecretBox(key.privateKey),
        operator,
        driver,
        prices,
        folder,
        log,
        store: stack.use(openStore(join(folder, 'provider.db'))),
        metrics: createMetrics(),
        clock: context.clock,
      },
      config,
    ),
  );
  const started = {
    event: 'started',
    operator,
    peer: peer.addresses(),
    ingress: provider.url,
    admin: provider.adminUrl,
    driver: driver.name,
    warnings: driver.warnings,
  };
  context.output.item(started, () => renderStarted(context, started, book.name));
  await reportUntilStopped(context, provider);
}

async function reportUntilStopped(context: Context, provider: Provider): Promise<void> {
  let last = '';
  while (!context.signal.aborted) {
    const status = { event: 'status', leases: provider.countLeases(), troubles: provider.troubles() };
    const text = renderStatus(context, status);
    if (text !== last) context.output.item(status, () => text);
    last = text;
    await Promise.race([
      context.clock.sleep(statusEveryMs, context.signal).catch(() => undefined),
      aborted(context.signal),
    ]);
  }
  context.output.note('stopping; workloads of open leases go on running');
}

function renderStatus(
  context: Context,
  status: { readonly leases: number; readonly troubles: Readonly<Record<string, string>> },
): string {
  const { paint } = context.output;
  const leases = `${status.leases} ${status.leases === 1 ? 'lease' : 'leases'}`;
  const troubles = Object.entries(status.troubles).map(([part, detail]) => `${part}: ${detail}`);
  return troubles.length === 0
    ? `${paint('green', 'serving')}  ${leases}`
    : `${paint('red', 'trouble')}  ${leases}; ${troubles.join('; ')}`;
}

function renderStarted(
  context: Context,
  started: {
    readonly operator: string;
    readonly peer: readonly string[];
    readonly ingress: string;
    readonly admin: string;
    readonly driver: string;
  },
  network: string,
): string {
  return renderFacts(context.output, [
    ['provider', `${started.operator} on ${network}`],
    ['driver', started.driver],
    ['peer', started.peer[0]],
    ['ingress', started.ingress],
    ['health', `${started.admin}/healthz`],
    ['metrics', `${started.admin}/metrics`],
  ]);
}

// People see the status line; the log goes beside the state. A machine that reads standard output gets it on the other stream.
function providerLog(context: Context, folder: string): Log {
  if (context.flags.debug) return context.log;
  return context.output.isJson
    ? createLog('provider', { level: 'info' })
    : createLog('provider', { level: 'info', file: join(folder, 'provider.log') });
}
