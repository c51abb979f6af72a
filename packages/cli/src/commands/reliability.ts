import { type Address, addressSchema } from '@souk/protocol';
import {
  describeReliability,
  type LeaseEnding,
  type LeaseOutcome,
  minimumFeesOf,
  outcomesOf,
  recordOf,
} from '@souk/tenant';
import { InvalidArgumentError } from 'commander';
import type { Context } from '../context.ts';
import { amountText, moneyText, shortHex, timeText, type Token } from '../format.ts';
import type { Output } from '../output.ts';
import { openChain } from '../session.ts';
import { renderFacts, renderTable } from '../table.ts';
import type { DefineCommand } from './entry.ts';

interface ReliabilityFlags {
  readonly fromBlock?: number;
}

export const defineReliability: DefineCommand = (command, act) => {
  command
    .description(
      'how the leases of an operator ended, recomputed from the chain alone; what bids are ranked by (docs/reliability.md)',
    )
    .argument(
      '<operator>',
      'address of the operator, as `souk bids` and `souk offers` show with --json',
      parseAddress,
    )
    .option('--from-block <number>', 'count from this block on (default: the first)', parseBlock)
    .action(act(showReliability));
};

const endings: Readonly<Record<LeaseEnding, string>> = {
  completed: 'completed',
  'failed-to-start': 'failed to start',
  'failed-while-running': 'failed while running',
};

async function showReliability(context: Context, operator: Address, flags: ReliabilityFlags): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const { network, chain } = openChain(context, stack);
  const { token, fromBlock } = network.book;
  const from = flags.fromBlock ?? fromBlock;
  const leases = outcomesOf(await chain.eventsSince(from, { operator }));
  const record = recordOf(leases, minimumFeesOf(token));
  const endedBy = countBy(leases);
  context.output.document({ operator, fromBlock: from, ...record, endedBy, leases }, () =>
    [
      renderFacts(context.output, [
        ['operator', operator],
        ['record', describeReliability(record)],
        ['paid for completed', moneyText(record.completedFees, token)],
        ['paid for failed', moneyText(record.failedFees, token)],
        [
          'ended by',
          Object.entries(endedBy)
            .map(([who, count]) => `${who} ${count}`)
            .join(', ') || undefined,
        ],
      ]),
      ...(leases.length > 0 ? ['', renderLeases(context.output, leases, token)] : []),
    ].join('\n'),
  );
}

function countBy(leases: readonly LeaseOutcome[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { by } of leases) counts[by] = (counts[by] ?? 0) + 1;
  return counts;
}

function renderLeases(output: Output, leases: readonly LeaseOutcome[], token: Token): string {
  return renderTable(
    output,
    [
      { title: 'LEASE', cell: (one) => shortHex(one.lease) },
      { title: 'ENDED', cell: (one) => timeText(one.endedAt * 1000) },
      { title: 'HOW', cell: (one) => endings[one.ending] },
      { title: 'BY', cell: (one) => one.by },
      { title: `PAID ${token.symbol}`, cell: (one) => amountText(one.fees, token), align: 'right' },
      { title: 'TAKEN BACK', cell: (one) => amountText(one.clawedBack, token), align: 'right' },
    ],
    leases,
  );
}

function parseAddress(text: string): Address {
  const parsed = addressSchema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError('give an address: 0x and 40 hex digits');
}

function parseBlock(text: string): number {
  if (/^[0-9]{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('give a block number');
}
