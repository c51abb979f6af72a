import { Fault } from '@souk/protocol';
import { type EpochResult, explainMiner, type MinerExplanation, type Vote } from '@souk/subnets';
import type { Context } from '../../context.ts';
import { shortHex } from '../../format.ts';
import type { Output } from '../../output.ts';
import { fixedText, percentText, soukText } from '../../subnet/amounts.ts';
import { parseCount, parseRegistration, parseSubnet } from '../../subnet/arguments.ts';
import { computing, openSubnets } from '../../subnet/session.ts';
import { renderFacts, renderTable } from '../../table.ts';
import type { DefineCommand } from '../entry.ts';

export const defineExplain: DefineCommand = (command, act) => {
  command
    .description(
      'why a miner stands where it stands: rank, margin, immunity, and what its last reward was made of',
    )
    .argument('<subnet>', 'its number', parseSubnet)
    .argument('<uid>', 'the miner’s number', parseRegistration)
    .option('--epoch <number>', 'in that epoch (default: the newest)', parseCount)
    .action(act(explain));
};

async function explain(
  context: Context,
  subnet: number,
  uid: number,
  flags: { readonly epoch?: number },
): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const session = await openSubnets(context, stack);
  const history = await session.history(subnet);
  // Before the first is over, the first is asked for, and says when.
  const result = await history.epoch(flags.epoch ?? history.latest ?? 0, computing(context));
  const explained = explainMiner(result, uid);
  if (explained === undefined) throw noMiner(result, uid);
  const { budget, ownerReward, inputs, outputs, params } = result;
  const { ownerCut, minersShare, immunityBlocks, pruneEpochs, kappa } = params;
  const of = { budget, ownerReward, inputs, outputs };
  const value = {
    subnet,
    ...explained,
    of,
    params: { ownerCut, minersShare, immunityBlocks, pruneEpochs, kappa },
  };
  context.output.document(value, () => renderExplanation(context.output, explained, result));
}

export function renderExplanation(
  output: Output,
  explained: MinerExplanation,
  { budget, ownerReward, params, inputs, snapshotBlock, blocks }: EpochResult,
): string {
  const { rank, miners, slots, epochs, earned, pruningPlace, immuneBlocksLeft, reward, incentive } =
    explained;
  const facts = renderFacts(output, [
    ['miner', `UID ${explained.registration}, ${explained.operator}`],
    ['rank', `${rank} of ${miners}, by ${soukText(earned)} over the last ${epochs} epochs; ${slots} slots`],
    ['margin', marginText(explained)],
    [
      'immunity',
      immuneBlocksLeft > 0 ? `${immuneBlocksLeft} blocks after the end of epoch ${explained.epoch}` : 'over',
    ],
    [
      'pruned',
      pruningPlace === undefined ? 'not next in line' : `as number ${pruningPlace}, once no slot is free`,
    ],
    ['reward', `${soukText(reward)} in epoch ${explained.epoch}, an incentive of ${fixedText(incentive)}`],
    [
      'out of',
      `${soukText(budget)}: ${soukText(ownerReward)} to the owner, of the rest ${percentText(params.minersShare, 65_535)} to miners`,
    ],
    ['inputs', `${inputs}, as of block ${blocks.end - 1}; snapshot ${snapshotBlock}`],
  ]);
  return [facts, ...explained.mechanisms.flatMap((each) => ['', renderMechanism(output, each)])].join('\n');
}

function marginText({ margin, pruningPlace }: MinerExplanation): string {
  if (pruningPlace === 1) return `${soukText(-margin)} behind the one that goes after it`;
  return `${soukText(margin)} ahead of the one that goes first`;
}

function renderMechanism(output: Output, mechanism: MinerExplanation['mechanisms'][number]): string {
  const head =
    `mechanism ${mechanism.mechanism}, ${percentText(mechanism.share, 65_535)} of the subnet: ` +
    `consensus ${fixedText(mechanism.consensus)}, incentive ${fixedText(mechanism.incentive)}`;
  const columns = [
    { title: 'VALIDATOR', cell: (one: Vote) => shortHex(one.validator) },
    { title: 'STAKE', cell: (one: Vote) => fixedText(one.stakeShare), align: 'right' },
    { title: 'ACTIVE', cell: (one: Vote) => (one.isActive ? 'yes' : 'no') },
    { title: 'EVIDENCE', cell: (one: Vote) => one.evidence },
    { title: 'WEIGHT', cell: (one: Vote) => String(one.weight), align: 'right' },
    { title: 'OF ITS ROW', cell: (one: Vote) => fixedText(one.weightShare), align: 'right' },
    { title: 'COUNTED', cell: (one: Vote) => fixedText(one.clipped), align: 'right' },
  ] as const;
  return `${output.paint('bold', head)}\n${renderTable(output, columns, mechanism.votes)}`;
}

function noMiner({ subnet, epoch, miners }: EpochResult, uid: number): Fault {
  return new Fault('subnet.not-registered', `epoch ${epoch} of subnet ${subnet} has no miner UID ${uid}`, {
    blame: 'user',
    data: { subnet, epoch, uid, known: miners.map(({ registration }) => registration) },
    remedy: 'see `souk subnet metagraph SUBNET`; a newcomer is in the first epoch that ends after it came',
  });
}
