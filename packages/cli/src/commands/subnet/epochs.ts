import { type Address, Fault } from '@souk/protocol';
import type { Context } from '../../context.ts';
import { shortHex } from '../../format.ts';
import type { Output } from '../../output.ts';
import { parseCount, parseSubnet } from '../../subnet/arguments.ts';
import type { SubnetHistory } from '../../subnet/history.ts';
import { computing, openSubnets, type SubnetSession } from '../../subnet/session.ts';
import { epochAt } from '@souk/subnets';
import { renderTable } from '../../table.ts';
import type { DefineCommand } from '../entry.ts';

export const defineEpochs: DefineCommand = (command, act) => {
  command
    .description('epochs: which are posted and which are late, who took part, whose evidence is missing')
    .argument('<subnet>', 'its number', parseSubnet)
    .option('--last <count>', 'so many, the newest first', parseCount, 10)
    .option('--wait <epoch>', 'wait until that epoch is posted', parseCount)
    .action(act(list));
};

export interface ListedEpoch {
  readonly epoch: number;
  readonly blocks: readonly [first: number, last: number];
  readonly state: 'running' | 'revealing' | 'opening' | 'late' | 'posted';
  /** Blocks since it could be posted, or that it took. */
  readonly lateBlocks: number | null;
  readonly committed: readonly Address[];
  readonly revealed: readonly Address[];
  readonly opened: readonly Address[];
  /** Validators that earn nothing for want of evidence, and why; null while it can't be known. */
  readonly withoutEvidence: readonly { readonly operator: Address; readonly why: string }[] | null;
  readonly postedIn: { readonly block: number; readonly tx: string } | null;
}

interface EpochFlags {
  readonly last: number;
  readonly wait?: number;
}

const lookEveryMs = 1_000;

async function list(context: Context, subnet: number, flags: EpochFlags): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const session = await openSubnets(context, stack);
  if (flags.wait !== undefined) await untilPosted(context, session, { subnet, epoch: flags.wait });
  const history = await session.history(subnet);
  const newest = epochAt(history.picture, history.head);
  const oldest = Math.max(0, newest - flags.last + 1);
  const listed: ListedEpoch[] = [];
  for (let epoch = newest; epoch >= oldest; epoch -= 1) listed.push(await describe(context, history, epoch));
  context.output.document(listed, () => renderEpochs(context.output, listed));
}

async function untilPosted(
  context: Context,
  session: SubnetSession,
  { subnet, epoch }: { readonly subnet: number; readonly epoch: number },
): Promise<void> {
  const { picture } = await session.history(subnet);
  let said = -1;
  for (;;) {
    const [state, head] = await Promise.all([session.reads.subnetOf(subnet), session.reads.head()]);
    if ((state?.nextEpoch ?? 0) > epoch) return;
    const now = epochAt(picture, head.number);
    if (now !== said) context.output.note(`• epoch ${now} runs, ${state?.nextEpoch ?? 0} are posted …`);
    said = now;
    await context.clock.sleep(lookEveryMs, context.signal);
  }
}

async function describe(context: Context, history: SubnetHistory, epoch: number): Promise<ListedEpoch> {
  const { picture, head, latest } = history;
  const blocks = history.blocksOf(epoch);
  const deeds = picture.epochs.get(epoch);
  const posted = deeds?.posted;
  const isKnown = latest !== undefined && epoch <= latest;
  const result = isKnown ? await computed(context, history, epoch) : undefined;
  const missing = result?.validators
    .filter(({ evidence, hasPermit }) => hasPermit && evidence !== 'shown' && evidence !== 'no-weights')
    .map(({ operator, evidence }) => ({ operator, why: evidence }));
  return {
    epoch,
    blocks: [blocks.start, blocks.end - 1],
    state: posted ? 'posted' : stateAt(blocks, head),
    lateBlocks: isKnown ? (posted?.block ?? head) - blocks.snapshot : null,
    committed: [...(deeds?.commits.keys() ?? [])],
    revealed: [...(deeds?.reveals.keys() ?? [])],
    opened: [...(deeds?.openings.keys() ?? [])],
    withoutEvidence: missing ?? null,
    postedIn: posted ? { block: posted.block, tx: posted.tx } : null,
  };
}

/** Undefined where the mechanism is not known here: all else can be told without it. */
async function computed(context: Context, history: SubnetHistory, epoch: number) {
  try {
    return await history.epoch(epoch, computing(context));
  } catch (error) {
    if (error instanceof Fault && error.code === 'subnets.unknown-mechanism') return undefined;
    throw error;
  }
}

function stateAt(blocks: ReturnType<SubnetHistory['blocksOf']>, head: number): ListedEpoch['state'] {
  if (head < blocks.end) return 'running';
  if (head < blocks.beacon) return 'revealing';
  return head < blocks.snapshot ? 'opening' : 'late';
}

export function renderEpochs(output: Output, listed: readonly ListedEpoch[]): string {
  return renderTable(
    output,
    [
      { title: 'EPOCH', cell: (one) => String(one.epoch), align: 'right' },
      { title: 'BLOCKS', cell: (one) => one.blocks.join('–') },
      { title: 'STATE', cell: (one) => (one.state === 'late' ? output.paint('yellow', 'late') : one.state) },
      {
        title: 'AFTER',
        cell: (one) => (one.lateBlocks === null ? '–' : `${one.lateBlocks} blocks`),
        align: 'right',
      },
      { title: 'COMMITTED', cell: (one) => String(one.committed.length), align: 'right' },
      { title: 'REVEALED', cell: (one) => String(one.revealed.length), align: 'right' },
      { title: 'OPENED', cell: (one) => String(one.opened.length), align: 'right' },
      {
        title: 'WITHOUT EVIDENCE',
        cell: ({ withoutEvidence }) =>
          withoutEvidence?.map(({ operator, why }) => `${shortHex(operator)} ${why}`).join(', ') || '–',
      },
    ],
    listed,
  );
}
