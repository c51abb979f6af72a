import { type CapacitySummary, createKey, samplePriceOf } from '@souk/protocol';
import { InvalidArgumentError } from 'commander';
import { followCapacity, readCapacity } from '../capacity-book.ts';
import type { Context } from '../context.ts';
import { attributesText } from '../deploy/plan.ts';
import { amountText, bytesText, coresText, shortHex, type Token } from '../format.ts';
import { type Output, printable } from '../output.ts';
import { runTasks } from '../progress.ts';
import { connectPeer, openChain } from '../session.ts';
import { renderTable } from '../table.ts';
import type { DefineCommand } from './entry.ts';

interface OffersFlags {
  readonly wait?: number;
}

/** Providers speak up once a minute. */
const defaultWaitMs = 65_000;
/** With somebody heard, others of the same round follow within this. */
const settleMs = 6_000;

export const defineOffers: DefineCommand = (command, act) => {
  command
    .description('what providers have free, and about what it costs: hints, prices come with `souk deploy`')
    .option(
      '--wait <ms>',
      'listen for exactly this long, instead of taking what a watch has heard',
      parseWait,
    )
    .action(act(showOffers));
};

async function showOffers(context: Context, flags: OffersFlags): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const { network, chain } = openChain(context, stack);
  const known = flags.wait === undefined ? readCapacity(network.home, context.clock.now()) : [];
  const offers =
    known.length > 0 ? known : await listen(context, { network, chain, stack, wait: flags.wait });
  if (offers.length === 0) context.output.note('No provider was heard.');
  const priced = offers.map((offer) => ({ ...offer, samplePrice: samplePriceOf(offer.prices) }));
  context.output.document(priced, () =>
    offers.length === 0 ? '' : renderOffers(context.output, offers, network.book.token),
  );
}

async function listen(
  context: Context,
  input: ReturnType<typeof openChain> & {
    readonly stack: AsyncDisposableStack;
    readonly wait: number | undefined;
  },
): Promise<readonly CapacitySummary[]> {
  const peer = input.stack.use(await connectPeer(context, input.network, createKey()));
  let offers: readonly CapacitySummary[] = [];
  const stop = new AbortController();
  await runTasks(context.output, [
    {
      title: 'listening for providers',
      run: async (view) => {
        await followCapacity(peer, input.chain, {
          now: () => context.clock.now(),
          onHeard: (book) => {
            offers = book.list();
            view.now(`${offers.length} heard`);
            if (input.wait === undefined) setTimeout(() => stop.abort(), settleMs).unref();
          },
        });
        const signal = AbortSignal.any([stop.signal, context.signal]);
        await context.clock.sleep(input.wait ?? defaultWaitMs, signal).catch(() => undefined);
        return true;
      },
    },
  ]);
  return offers;
}

export function renderOffers(output: Output, offers: readonly CapacitySummary[], token: Token): string {
  return renderTable(
    output,
    [
      { title: 'PROVIDER', cell: (offer) => shortHex(offer.operator) },
      { title: 'CPU', cell: (offer) => coresText(offer.free.cpuMilli), align: 'right' },
      { title: 'MEMORY', cell: (offer) => bytesText(offer.free.memoryBytes), align: 'right' },
      { title: 'STORAGE', cell: (offer) => bytesText(offer.free.storageBytes), align: 'right' },
      { title: 'GPUS', cell: (offer) => String(offer.free.gpus), align: 'right' },
      {
        title: `${token.symbol}/HOUR (1 CORE, 1 GiB)`,
        cell: (offer) => amountText(samplePriceOf(offer.prices), token),
        align: 'right',
      },
      { title: 'DRIVER', cell: (offer) => printable(offer.driver) },
      { title: 'ATTRIBUTES', cell: (offer) => attributesText(offer.attributes) },
    ],
    offers,
  );
}

function parseWait(text: string): number {
  const ms = Number(text);
  if (Number.isInteger(ms) && ms >= 1 && ms <= 600_000) return ms;
  throw new InvalidArgumentError('give milliseconds, from 1 to 600000');
}
