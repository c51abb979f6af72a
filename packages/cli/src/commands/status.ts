import type { LeaseStatus, ServiceStatus } from '@souk/protocol';
import { type DeploymentView, deploymentStatus, type GroupStatus } from '@souk/tenant';
import type { Context } from '../context.ts';
import { placesOf, stableLines } from '../deploy/deployed.ts';
import { addressesOf, liveFront, type StableAddresses } from '../front/address.ts';
import { bytesText, durationText, moneyText, monthlyOf, timeText, type Token } from '../format.ts';
import { type Output, printable } from '../output.ts';
import { type PublicGroup, publicGroup } from '../public-record.ts';
import { openBuyer } from '../session.ts';
import { renderFacts, renderTable } from '../table.ts';
import type { DefineCommand } from './entry.ts';

export const defineStatus: DefineCommand = (command, act) => {
  command
    .description('how a deployment does: services, places, usage, money')
    .argument('<name>', 'deployment')
    .action(act(showStatus));
};

interface ShownGroup extends PublicGroup {
  readonly chain: GroupStatus['chain'];
  readonly provider: LeaseStatus | null;
  readonly unreachable: string | null;
  readonly fundedUntil: number | null;
  readonly owed: bigint;
}

async function showStatus(context: Context, name: string): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const { tenant, network, chain } = openBuyer(context, stack);
  const [view, head] = await Promise.all([tenant.status(name, { signal: context.signal }), chain.head()]);
  const value = { ...statusValue(view), ...addressesOf(liveFront(network.home), view.deployment) };
  for (const group of value.groups) {
    for (const warning of group.provider?.warnings ?? []) context.output.warn(printable(warning));
  }
  context.output.document(value, () =>
    renderStatus(context.output, value, { token: network.book.token, now: head.timestamp }),
  );
}

export function statusValue(view: DeploymentView) {
  return {
    name: view.deployment.name,
    network: view.deployment.network,
    status: deploymentStatus({ ...view.deployment, groups: view.groups.map(({ group }) => group) }),
    createdAt: view.deployment.createdAt,
    closedAt: view.deployment.closedAt,
    history: view.deployment.history,
    groups: view.groups.map(({ group, ...rest }): ShownGroup => ({ ...publicGroup(group), ...rest })),
  };
}

export function renderStatus(
  output: Output,
  value: ReturnType<typeof statusValue> & StableAddresses,
  options: { readonly token: Token; readonly now: number },
): string {
  const head = `${output.paint('bold', value.name)}  ${value.status} on ${value.network}, since ${timeText(value.createdAt)}`;
  const stable = stableLines(output, value);
  const top = stable.length === 0 ? head : [head, ...stable].join('\n');
  return [top, ...value.groups.map((group) => renderGroup(output, group, options))].join('\n\n');
}

function renderGroup(
  output: Output,
  group: ShownGroup,
  { token, now }: { readonly token: Token; readonly now: number },
): string {
  const { provider, rate, receipt } = group;
  const left = group.fundedUntil === null ? undefined : durationText(group.fundedUntil - now);
  const facts = renderFacts(output, [
    ['group', group.group],
    ['lease', group.lease],
    [
      'provider',
      group.operator === null
        ? undefined
        : `${group.operator}${group.driver === null ? '' : ` (${group.driver})`}`,
    ],
    ['phase', provider ? `${provider.phase}  ${printable(provider.detail)}` : group.phase],
    ['update', updateText(provider?.update ?? null)],
    ['not reached', group.unreachable === null ? undefined : printable(group.unreachable)],
    [
      'price',
      rate === null
        ? undefined
        : `${moneyText(rate, token)} per hour, ${moneyText(monthlyOf(rate), token)} per month`,
    ],
    ['spent', moneyText(group.owed, token)],
    [
      'locked',
      group.chain.status === 'open'
        ? `${moneyText(group.chain.funded, token)}${left === undefined ? '' : `, lasts ${left}`}`
        : undefined,
    ],
    [
      'ended',
      receipt === null ? undefined : `by ${receipt.by}; ${moneyText(receipt.refunded, token)} came back`,
    ],
  ]);
  const services = provider?.services ?? [];
  if (services.length === 0) return facts;
  const places = services.flatMap((service) => placesOf(output, service));
  return [facts, '', servicesTable(output, services), ...places].join('\n');
}

/** The latest, whether it is under way or how it ended. */
function updateText(update: LeaseStatus['update']): string | undefined {
  if (update === null) return undefined;
  const { state, strategy, at } = update;
  const since = timeText(at * 1000);
  if (state === 'applying') return `under way since ${since} (${strategy})`;
  if (state === 'done') return `done ${since} (${strategy})`;
  return `rolled back ${since}: ${printable(update.detail)}`;
}

function servicesTable(output: Output, services: readonly ServiceStatus[]): string {
  return renderTable(
    output,
    [
      { title: 'SERVICE', cell: (service) => printable(service.name) },
      { title: 'RUNNING', cell: (service) => `${service.running}/${service.wanted}`, align: 'right' },
      { title: 'RESTARTS', cell: (service) => String(service.restarts), align: 'right' },
      { title: 'CPU TIME', cell: (service) => `${service.usage.cpuSeconds.toFixed(1)} s`, align: 'right' },
      { title: 'MEMORY', cell: (service) => bytesText(service.usage.memoryBytes), align: 'right' },
      { title: 'IN', cell: (service) => bytesText(service.usage.networkRxBytes), align: 'right' },
      { title: 'OUT', cell: (service) => bytesText(service.usage.networkTxBytes), align: 'right' },
      { title: 'LAST EXIT', cell: (service) => printable(service.lastExit ?? '') },
    ],
    services,
  );
}
