import type { SubnetEvent } from '@souk/chain';
import { encodeJson } from '@souk/protocol';
import { Option } from 'commander';
import type { Context } from '../../context.ts';
import { shortHex } from '../../format.ts';
import { printable } from '../../output.ts';
import { souk, soukText } from '../../subnet/amounts.ts';
import { parseCount, parseSubnet } from '../../subnet/arguments.ts';
import { openSubnets } from '../../subnet/session.ts';
import type { DefineCommand } from '../entry.ts';

const kinds = [
  'subnet-created',
  'identity-set',
  'owner-changed',
  'param-set',
  'dissolved',
  'hot-key',
  'registered',
  'deregistered',
  'served',
  'stake-changed',
  'pool-slashed',
  'take-set',
  'children-set',
  'committed',
  'revealed',
  'opened',
  'epoch-posted',
  'claimed',
] as const satisfies readonly SubnetEvent['kind'][];

interface EventFlags {
  readonly from?: number;
  readonly kind?: SubnetEvent['kind'];
  readonly last?: number;
}

export const defineEvents: DefineCommand = (command, act) => {
  command
    .description('all that happened in a subnet, from the chain, the oldest first')
    .argument('<subnet>', 'its number', parseSubnet)
    .option('--from <block>', 'from this block on', parseCount)
    .option('--last <count>', 'only so many of the newest', parseCount)
    .addOption(new Option('--kind <kind>', 'only these').choices(kinds))
    .action(act(list));
};

async function list(context: Context, subnet: number, flags: EventFlags): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const session = await openSubnets(context, stack);
  const { events } = await session.history(subnet);
  const wanted = events
    .filter(
      ({ block, kind }) => block >= (flags.from ?? 0) && (flags.kind === undefined || kind === flags.kind),
    )
    .slice(-(flags.last ?? 0) || undefined);
  for (const event of wanted) context.output.item(event, () => lineOf(event));
}

/** "block 120  staked       operator=0x12…34 …": the facts of the event as they are, long ones cut. */
export function lineOf(event: SubnetEvent): string {
  const { block, kind, logIndex: _log, tx: _tx, ...rest } = event;
  const facts = Object.entries(rest).flatMap(([key, value]) =>
    key === 'subnet' ? [] : [`${key}=${factText(key, value)}`],
  );
  return `block ${String(block).padEnd(7)} ${kind.padEnd(14)} ${facts.join(' ')}`;
}

const amounts = new Set(['amount', 'price', 'collateral', 'poolStake']);

function factText(key: string, value: unknown): string {
  if (typeof value === 'bigint')
    return amounts.has(key) ? soukText(value).replace(` ${souk.symbol}`, '') : String(value);
  if (typeof value === 'string')
    return value.startsWith('0x') ? shortHex(value) : JSON.stringify(printable(value).slice(0, 80));
  if (typeof value === 'number') return String(value);
  const text = encodeJson(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
