import { describeDecline, Fault } from '@souk/protocol';
import type { Context } from '../context.ts';
import { attributesText } from '../deploy/plan.ts';
import { type KeptOffers, readOffers } from '../deploy/offers-file.ts';
import { openDeploymentStore } from '../deployments.ts';
import { amountText, monthlyOf, shortHex, timeText } from '../format.ts';
import { selectNetwork } from '../networks.ts';
import { printable } from '../output.ts';
import { renderTable } from '../table.ts';
import type { DefineCommand } from './entry.ts';

export const defineBids: DefineCommand = (command, act) => {
  command
    .description('what providers offered for a deployment when it was ordered, and who declined why')
    .argument('<name>', 'deployment')
    .action(act(showBids));
};

async function showBids(context: Context, name: string): Promise<void> {
  const { home, book } = selectNetwork(context);
  const offers = readOffers(home, name);
  if (!offers) {
    throw new Fault('cli.no-deployment', `nothing was ordered here as "${name}"`, {
      blame: 'user',
      remedy: 'list deployments with `souk ps --all`',
    });
  }
  const record = await openDeploymentStore(home.deployments).load(name);
  const chosen = new Set(record?.groups.map((group) => group.accepted.at(-1)?.bid.message.operator));
  const groups = offers.groups.map((group) => ({
    ...group,
    bids: group.bids.map((bid) => ({ ...bid, isChosen: chosen.has(bid.operator) })),
  }));
  context.output.document({ name, at: offers.at, groups }, () =>
    groups.map((group) => renderGroup(context, group, { at: offers.at, token: book.token })).join('\n\n'),
  );
}

type Group = KeptOffers['groups'][number] & {
  readonly bids: readonly (KeptOffers['groups'][number]['bids'][number] & { readonly isChosen: boolean })[];
};

function renderGroup(
  context: Context,
  group: Group,
  options: { readonly at: number; readonly token: { readonly symbol: string; readonly decimals: number } },
): string {
  const { token } = options;
  const { output } = context;
  const head = `${output.paint('bold', group.group)}  ${output.paint('dim', timeText(options.at))}`;
  const table = renderTable(
    output,
    [
      { title: '', cell: (bid) => (bid.isChosen ? '*' : '') },
      { title: '#', cell: (bid) => String(bid.rank), align: 'right' },
      { title: 'PROVIDER', cell: (bid) => shortHex(bid.operator) },
      { title: `${token.symbol}/HOUR`, cell: (bid) => amountText(bid.rate, token), align: 'right' },
      { title: '/MONTH', cell: (bid) => amountText(monthlyOf(bid.rate), token), align: 'right' },
      { title: 'RECORD', cell: (bid) => bid.record },
      { title: 'DRIVER', cell: (bid) => printable(bid.driver) },
      { title: 'AFTER', cell: (bid) => `${Math.round(bid.latencyMs)} ms`, align: 'right' },
      { title: 'ATTRIBUTES', cell: (bid) => attributesText(bid.attributes) },
    ],
    group.bids,
  );
  const declines = group.declines.map(
    ({ operator, declines: reasons }) =>
      `${shortHex(operator)} declined: ${reasons.map((reason) => printable(describeDecline(reason))).join('; ')}`,
  );
  return [head, table, ...declines].join('\n');
}
