import type { Context } from '../../context.ts';
import { amountText, shortHex } from '../../format.ts';
import type { Output } from '../../output.ts';
import { fixedText, percentText, souk, soukText } from '../../subnet/amounts.ts';
import { parseCount, parseSubnet } from '../../subnet/arguments.ts';
import { type Metagraph, metagraphOf } from '../../subnet/metagraph.ts';
import { computing, openSubnets } from '../../subnet/session.ts';
import { epochAt } from '@souk/subnets';
import { pictureOf } from '../../subnet/state.ts';
import { renderTable } from '../../table.ts';
import type { DefineCommand } from '../entry.ts';

export const defineMetagraph: DefineCommand = (command, act) => {
  command
    .description('everybody in a subnet and what they earned: in the newest epoch, or in any past one')
    .argument('<subnet>', 'its number', parseSubnet)
    .option('--epoch <number>', 'that epoch, recomputed from the chain’s events', parseCount)
    .action(act(show));
};

async function show(context: Context, subnet: number, flags: { readonly epoch?: number }): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const session = await openSubnets(context, stack);
  const whole = await session.history(subnet);
  const wanted = flags.epoch ?? whole.latest;
  const result = wanted === undefined ? undefined : await whole.epoch(wanted, computing(context));
  const block = flags.epoch === undefined ? whole.head : (result?.blocks.end ?? whole.head) - 1;
  // A past epoch is shown with who was there at its end.
  const then = whole.events.filter((event) => event.block <= block);
  const picture = (flags.epoch === undefined ? undefined : pictureOf(subnet, then)) ?? whole.picture;
  const isPosted = wanted !== undefined && whole.picture.epochs.get(wanted)?.posted !== undefined;
  const metagraph = metagraphOf(picture, block, { result, epoch: epochAt(picture, block), isPosted });
  context.output.document(metagraph, () => renderMetagraph(context.output, metagraph));
}

export function renderMetagraph(output: Output, metagraph: Metagraph): string {
  const { subnet, name, epoch, isPosted, budget, assigned } = metagraph;
  const head =
    epoch === null
      ? `subnet ${subnet} ${name ?? ''}: no epoch is over yet`
      : `subnet ${subnet} ${name ?? ''}, epoch ${epoch}, ${isPosted ? 'posted' : 'not posted yet'}: ` +
        `${soukText(assigned ?? 0n)} assigned of ${soukText(budget ?? 0n)}`;
  return [
    output.paint('bold', head),
    '',
    renderMiners(output, metagraph),
    '',
    renderValidators(output, metagraph),
  ].join('\n');
}

function renderMiners(output: Output, { miners }: Metagraph): string {
  return renderTable(
    output,
    [
      { title: 'UID', cell: (one) => String(one.registration), align: 'right' },
      { title: 'MINER', cell: (one) => shortHex(one.operator) },
      { title: 'RANK', cell: (one) => dash(one.rank, String), align: 'right' },
      { title: 'INCENTIVE', cell: (one) => dash(one.incentive, fixedText), align: 'right' },
      { title: 'CONSENSUS', cell: (one) => dash(one.consensus, fixedText), align: 'right' },
      {
        title: 'REWARD SOUK',
        cell: (one) => dash(one.reward, (reward) => amountText(reward, souk)),
        align: 'right',
      },
      {
        title: 'LATELY',
        cell: (one) => dash(one.earned, (earned) => amountText(earned, souk)),
        align: 'right',
      },
      { title: 'UNITS', cell: (one) => String(one.units), align: 'right' },
      { title: 'SINCE', cell: (one) => String(one.registeredAt), align: 'right' },
      {
        title: 'PRUNED',
        cell: ({ pruneOrder, immuneBlocksLeft }) =>
          pruneOrder !== null
            ? `as number ${pruneOrder}`
            : immuneBlocksLeft > 0
              ? `immune ${immuneBlocksLeft} blocks`
              : '–',
      },
    ],
    miners,
  );
}

function renderValidators(output: Output, { validators }: Metagraph): string {
  return renderTable(
    output,
    [
      { title: 'VALIDATOR', cell: (one) => shortHex(one.operator) },
      { title: 'STAKE', cell: (one) => amountText(one.stake, souk), align: 'right' },
      { title: 'SHARE', cell: (one) => dash(one.stakeShare, fixedText), align: 'right' },
      { title: 'PERMIT', cell: (one) => (one.hasPermit ? 'yes' : 'no') },
      { title: 'ACTIVE', cell: (one) => dash(one.isActive, (is) => (is ? 'yes' : 'no')) },
      { title: 'EVIDENCE', cell: (one) => one.evidence ?? '–' },
      { title: 'TRUST', cell: (one) => dash(one.trust, fixedText), align: 'right' },
      { title: 'DIVIDEND', cell: (one) => dash(one.dividend, fixedText), align: 'right' },
      {
        title: 'REWARD SOUK',
        cell: (one) => dash(one.reward, (reward) => amountText(reward, souk)),
        align: 'right',
      },
      { title: 'TAKE', cell: (one) => percentText(one.take, 65_535), align: 'right' },
      { title: 'DELEGATORS', cell: (one) => String(one.delegators), align: 'right' },
    ],
    validators,
  );
}

function dash<T>(value: T | null, text: (value: T) => string): string {
  return value === null ? '–' : text(value);
}
