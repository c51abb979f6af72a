import type { SubnetParams } from '@souk/protocol';
import type { Context } from '../../context.ts';
import { soukText } from '../../subnet/amounts.ts';
import { parseCount, parseSubnet } from '../../subnet/arguments.ts';
import { openSubnets } from '../../subnet/session.ts';
import { epochAt } from '@souk/subnets';
import { paramsIn } from '../../subnet/state.ts';
import { renderFacts } from '../../table.ts';
import type { DefineCommand } from '../entry.ts';

export const definePrice: DefineCommand = (command, act) => {
  command
    .description('what making a subnet costs now; with a subnet, what a place in it costs now and later')
    .argument('[subnet]', 'its number', parseSubnet)
    .option('--in <blocks>', 'also that many blocks from now, if nobody else comes', parseCount)
    .action(act(quote));
};

async function quote(
  context: Context,
  subnet: number | undefined,
  flags: { readonly in?: number },
): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const session = await openSubnets(context, stack);
  if (subnet === undefined) {
    const creation = await session.reads.creationPrice();
    context.output.document(
      { creation },
      () => `making a subnet costs ${soukText(creation)}, locked until it is dissolved`,
    );
    return;
  }
  const { picture, head } = await session.history(subnet);
  const params = paramsIn(picture, epochAt(picture, head));
  const price = await session.reads.registrationPrice(subnet);
  const later =
    flags.in === undefined ? null : { blocks: flags.in, price: priceAfter(price, flags.in, params) };
  context.output.document({ subnet, price, collateral: params.collateral, later }, () =>
    renderFacts(context.output, [
      ['price', `${soukText(price)}, burned; falls by half every ${params.priceHalfLifeBlocks} blocks`],
      ['collateral', `${soukText(params.collateral)}, returned after the end`],
      [
        `in ${flags.in} blocks`,
        later === null ? undefined : `about ${soukText(later.price)}, if nobody else comes`,
      ],
    ]),
  );
}

/** What is left of a price after so many blocks without a registration; to about six digits. */
export function priceAfter(price: bigint, blocks: number, params: SubnetParams): bigint {
  const part = 2 ** (-blocks / Number(params.priceHalfLifeBlocks));
  const later = (price * BigInt(Math.round(part * 1e9))) / 1_000_000_000n;
  return later > params.minPrice ? later : params.minPrice;
}
