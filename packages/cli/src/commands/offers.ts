import { type CapacitySummary, samplePriceOf } from '@souk/protocol';
import type { Context } from '../context.ts';
import { attributesText } from '../deploy/plan.ts';
import { amountText, bytesText, coresText, shortHex, type Token } from '../format.ts';
import { hearCapacity, parseWait } from '../hear-capacity.ts';
import { type Output, printable } from '../output.ts';
import { openChain } from '../session.ts';
import { renderTable } from '../table.ts';
import type { DefineCommand } from './entry.ts';

interface OffersFlags {
  readonly wait?: number;
}

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
  const session = openChain(context, stack);
  const { summaries: offers } = await hearCapacity(context, stack, { session, waitMs: flags.wait });
  if (offers.length === 0) context.output.note('No provider was heard.');
  const priced = offers.map((offer) => ({ ...offer, samplePrice: samplePriceOf(offer.prices) }));
  context.output.document(priced, () =>
    offers.length === 0 ? '' : renderOffers(context.output, offers, session.network.book.token),
  );
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
