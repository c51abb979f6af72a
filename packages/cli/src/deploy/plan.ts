/** The priced plan: who offers, for how much, and what is locked. Words only. */
import { totalResources, type Workload } from '@souk/protocol';
import { describeReliability, type RankedBid } from '@souk/tenant';
import { amountText, bytesText, coresText, moneyText, monthlyOf, shortHex, type Token } from '../format.ts';
import { type Output, printable } from '../output.ts';
import { renderTable } from '../table.ts';

export interface GroupPlan {
  readonly group: Workload['groups'][number];
  readonly ranked: readonly RankedBid[];
  readonly maxRate: bigint;
  readonly deposit: bigint;
}

export function renderPlan(output: Output, plans: readonly GroupPlan[], token: Token): string {
  return plans.map((plan) => renderGroup(output, plan, token)).join('\n\n');
}

function renderGroup(output: Output, plan: GroupPlan, token: Token): string {
  const { ranked, group } = plan;
  const head = `${output.paint('bold', group.name)}: ${resourcesText(group)}; at most ${moneyText(plan.maxRate, token)} per hour`;
  const table = renderTable<RankedBid>(
    output,
    [
      { title: '#', cell: (bid) => String(bid.rank), align: 'right' },
      { title: 'PROVIDER', cell: (bid) => shortHex(bid.operator) },
      {
        title: `${token.symbol}/HOUR`,
        cell: (bid) => amountText(bid.bid.message.rate, token),
        align: 'right',
      },
      { title: '/MONTH', cell: (bid) => amountText(monthlyOf(bid.bid.message.rate), token), align: 'right' },
      { title: 'RECORD', cell: (bid) => describeReliability(bid.reliability) },
      { title: 'DRIVER', cell: (bid) => printable(bid.driver) },
      { title: 'AFTER', cell: (bid) => `${Math.round(bid.latencyMs)} ms`, align: 'right' },
      { title: 'ATTRIBUTES', cell: (bid) => attributesText(bid.attributes) },
    ],
    ranked,
  );
  return `${head}\n${table}`;
}

export function resourcesText(group: Workload['groups'][number]): string {
  const total = totalResources(group.requirements);
  const parts = [
    coresText(total.cpuMilli),
    `${bytesText(total.memoryBytes)} memory`,
    `${bytesText(total.storageBytes)} storage`,
  ];
  if (total.gpus > 0) parts.push(`${total.gpus} GPU`);
  return parts.join(', ');
}

export function attributesText(attributes: Readonly<Record<string, string>>): string {
  return printable(
    Object.entries(attributes)
      .map(([key, value]) => `${key}=${value}`)
      .sort()
      .join(' ')
      .slice(0, 60),
  );
}

/** What the question says: the price of one choice a group, and what is locked. */
export function choiceText(
  chosen: readonly { readonly rate: bigint; readonly deposit: bigint }[],
  token: Token,
): string {
  const rate = chosen.reduce((sum, one) => sum + one.rate, 0n);
  const deposit = chosen.reduce((sum, one) => sum + one.deposit, 0n);
  const price = `${moneyText(rate, token)} per hour, ${moneyText(monthlyOf(rate), token)} per month`;
  return `Start for ${price}? ${moneyText(deposit, token)} is locked; what is not used comes back.`;
}
