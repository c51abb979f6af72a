import type { ChainHead, ChainReads } from '@souk/chain';
import { fundedUntil, owedAt, toFault } from '@souk/protocol';
import { type Deployment, type DeploymentGroup, type DeploymentStatus, deploymentStatus } from '@souk/tenant';
import type { Context } from '../context.ts';
import { openDeploymentStore } from '../deployments.ts';
import { addressesOf, liveFront, type StableAddresses } from '../front/address.ts';
import { amountText, durationText, shortHex, type Token } from '../format.ts';
import { printable, type Output, type Tone } from '../output.ts';
import { type PublicGroup, publicGroup } from '../public-record.ts';
import { openChain } from '../session.ts';
import { renderTable } from '../table.ts';
import type { DefineCommand } from './entry.ts';

export interface ListedGroup extends PublicGroup {
  /** In the token's smallest unit; null where the chain could not be asked. */
  readonly spent: bigint | null;
  /** Seconds until the money runs out; null before the meter runs, when closed, or where the chain could not be asked. */
  readonly secondsLeft: number | null;
}

export interface Listed extends StableAddresses {
  readonly name: string;
  readonly status: DeploymentStatus;
  /** Unix milliseconds. */
  readonly createdAt: number;
  readonly groups: readonly ListedGroup[];
}

export const definePs: DefineCommand = (command, act) => {
  command
    .description('deployments: what runs, where, for how much')
    .option('-a, --all', 'closed ones too')
    .action(act(listDeployments));
};

async function listDeployments(context: Context, flags: { readonly all?: true }): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const { network, chain } = openChain(context, stack);
  const records = await openDeploymentStore(network.home.deployments).list();
  const here = records.filter((record) => record.network === network.book.name);
  const head = here.length === 0 ? undefined : await headOf(context, chain);
  const front = liveFront(network.home);
  const all = await Promise.all(
    here.map(async (record) => ({ ...(await look(record, chain, head)), ...addressesOf(front, record) })),
  );
  const listed = all
    .filter((deployment) => flags.all === true || deployment.status !== 'closed')
    .sort((a, b) => b.createdAt - a.createdAt);
  if (listed.length === 0) context.output.note('Nothing runs. Start something with `souk deploy FILE`.');
  context.output.document(listed, () =>
    listed.length === 0 ? '' : renderList(context.output, listed, network.book.token),
  );
}

async function headOf(context: Context, chain: ChainReads): Promise<ChainHead | undefined> {
  try {
    return await chain.head();
  } catch (error) {
    const { message } = toFault(error, 'chain.unreachable', 'chain');
    context.output.warn(`the chain could not be asked, so this is from memory: ${message}`);
    return undefined;
  }
}

async function look(
  record: Deployment,
  chain: ChainReads,
  head: ChainHead | undefined,
): Promise<Omit<Listed, keyof StableAddresses>> {
  const seen = await Promise.all(record.groups.map((group) => lookAtGroup(group, chain, head)));
  // The chain may know of an end that this record has not heard of yet.
  const groups = record.groups.map((group, index) =>
    seen[index]?.phase === 'closed' ? { ...group, phase: 'closed' as const } : group,
  );
  return {
    name: record.name,
    status: deploymentStatus({ ...record, groups }),
    createdAt: record.createdAt,
    groups: seen,
  };
}

async function lookAtGroup(
  group: DeploymentGroup,
  chain: ChainReads,
  head: ChainHead | undefined,
): Promise<ListedGroup> {
  const shown = publicGroup(group);
  const isOver = group.phase === 'closed' || group.phase === 'void';
  if (isOver || !group.terms || !head) {
    return { ...shown, spent: isOver ? (group.receipt?.paid ?? 0n) : null, secondsLeft: null };
  }
  const state = await chain.leaseOf(group.lease);
  if (state.status !== 'open') return { ...shown, phase: 'closed', spent: null, secondsLeft: null };
  const meterFrom = state.readyAt > 0 ? state.readyAt : group.terms.startDeadline;
  const meter = { rate: group.terms.rate, funded: state.funded, meterFrom };
  const isRunning = meterFrom <= head.timestamp;
  return {
    ...shown,
    spent: group.paidBefore + owedAt(meter, head.timestamp),
    secondsLeft: isRunning ? Math.max(0, fundedUntil(meter) - head.timestamp) : null,
  };
}

const statusTones: Readonly<Record<DeploymentStatus, Tone>> = {
  ordering: 'yellow',
  opening: 'yellow',
  running: 'green',
  paused: 'yellow',
  moving: 'yellow',
  closing: 'yellow',
  closed: 'dim',
};

export function renderList(output: Output, listed: readonly Listed[], token: Token): string {
  const rows = listed.flatMap((deployment) =>
    deployment.groups.map((group) => ({
      ...group,
      status: deployment.status,
      address: deployment.address,
      name: deployment.groups.length > 1 ? `${deployment.name}/${group.group}` : deployment.name,
    })),
  );
  const money = (amount: bigint | null) => (amount === null ? '–' : amountText(amount, token));
  return renderTable(
    output,
    [
      { title: 'NAME', cell: (row) => row.name },
      { title: 'STATUS', cell: (row) => output.paint(statusTones[row.status], row.status) },
      { title: 'PROVIDER', cell: (row) => (row.operator === null ? '–' : shortHex(row.operator)) },
      { title: `${token.symbol}/HOUR`, cell: (row) => money(row.rate), align: 'right' },
      { title: 'SPENT', cell: (row) => money(row.spent), align: 'right' },
      {
        title: 'MONEY FOR',
        cell: (row) => (row.secondsLeft === null ? '–' : durationText(row.secondsLeft)),
        align: 'right',
      },
      { title: 'ADDRESS', cell: (row) => printable(row.address ?? row.urls[0] ?? '') },
    ],
    rows,
  );
}
