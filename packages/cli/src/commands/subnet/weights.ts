import type { Context } from '../../context.ts';
import { shortHex } from '../../format.ts';
import type { Output } from '../../output.ts';
import { percentText } from '../../subnet/amounts.ts';
import { parseCount, parseSubnet } from '../../subnet/arguments.ts';
import { weightsIn, type WeightsRow } from '../../subnet/metagraph.ts';
import { openSubnets } from '../../subnet/session.ts';
import { renderTable } from '../../table.ts';
import type { DefineCommand } from '../entry.ts';

export const defineWeights: DefineCommand = (command, act) => {
  command
    .description('who gave whom what in an epoch, as validators revealed it')
    .argument('<subnet>', 'its number', parseSubnet)
    .option('--epoch <number>', 'that epoch (default: the newest that was revealed)', parseCount)
    .action(act(show));
};

async function show(context: Context, subnet: number, flags: { readonly epoch?: number }): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const session = await openSubnets(context, stack);
  const { picture } = await session.history(subnet);
  const revealed = [...picture.epochs].filter(([, { reveals }]) => reveals.size > 0).map(([epoch]) => epoch);
  const epoch = flags.epoch ?? Math.max(...revealed, 0);
  const rows = weightsIn(picture, epoch);
  if (rows.length === 0)
    context.output.note(`nobody revealed weights for epoch ${epoch} of subnet ${subnet}`);
  context.output.document({ subnet, epoch, rows }, () =>
    rows.length === 0 ? '' : renderWeights(context.output, rows),
  );
}

export function renderWeights(output: Output, rows: readonly WeightsRow[]): string {
  const lines = rows.flatMap(({ validator, mechanism, version, weights }) =>
    weights.map((one) => ({ validator, mechanism, version, ...one })),
  );
  return renderTable(
    output,
    [
      { title: 'VALIDATOR', cell: (one) => shortHex(one.validator) },
      { title: 'MECHANISM', cell: (one) => `${one.mechanism} version ${one.version}` },
      { title: 'MINER', cell: (one) => String(one.registration), align: 'right' },
      { title: 'WEIGHT', cell: (one) => String(one.weight), align: 'right' },
      { title: 'SHARE', cell: (one) => percentText(one.share, 1), align: 'right' },
    ],
    lines,
  );
}
