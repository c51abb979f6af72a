import type { SubnetReads } from '@souk/chain';
import type { Context } from '../../context.ts';
import { amountText, shortHex } from '../../format.ts';
import type { Output } from '../../output.ts';
import { souk } from '../../subnet/amounts.ts';
import { openSubnets } from '../../subnet/session.ts';
import { epochAt } from '@souk/subnets';
import { type SubnetPicture } from '../../subnet/state.ts';
import { renderTable } from '../../table.ts';
import type { DefineCommand } from '../entry.ts';

export const defineLs: DefineCommand = (command, act) => {
  command.description('subnets: what they are about, who is in them, what a place costs').action(act(list));
};

export interface ListedSubnet {
  readonly subnet: number;
  readonly name: string | null;
  readonly mechanisms: readonly string[];
  readonly owner: string;
  readonly miners: number;
  readonly slots: number;
  readonly stake: bigint;
  readonly tempo: number;
  readonly epoch: number;
  readonly nextToPost: number;
  /** Of a registration now; null where none is taken. */
  readonly price: bigint | null;
  readonly isDissolved: boolean;
}

async function list(context: Context): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const session = await openSubnets(context, stack);
  const count = await session.reads.countSubnets();
  const listed: ListedSubnet[] = [];
  for (let subnet = 1; subnet <= count; subnet += 1) {
    const { picture, head } = await session.history(subnet);
    listed.push(await describe(session.reads, picture, head));
  }
  if (count === 0) context.output.note('No subnets yet. Make one with `souk subnet create`.');
  context.output.document(listed, () => (count === 0 ? '' : renderSubnets(context.output, listed)));
}

async function describe(reads: SubnetReads, picture: SubnetPicture, head: number): Promise<ListedSubnet> {
  const { subnet, owner, identity, tempo, isDissolved } = picture;
  const [state, price] = await Promise.all([
    reads.subnetOf(subnet),
    isDissolved ? 0n : reads.registrationPrice(subnet),
  ]);
  const isOpen = state?.params.isRegistrationOpen === 1n && !isDissolved;
  return {
    subnet,
    name: identity?.name ?? null,
    mechanisms: identity?.mechanisms ?? [],
    owner,
    miners: state?.miners ?? 0,
    slots: Number(state?.params.maxMiners ?? 0n),
    stake: state?.stake ?? 0n,
    tempo,
    epoch: epochAt(picture, head),
    nextToPost: state?.nextEpoch ?? 0,
    price: isOpen ? price : null,
    isDissolved,
  };
}

export function renderSubnets(output: Output, listed: readonly ListedSubnet[]): string {
  return renderTable(
    output,
    [
      { title: 'SUBNET', cell: (one) => String(one.subnet), align: 'right' },
      {
        title: 'NAME',
        cell: (one) => (one.isDissolved ? `${one.name ?? '–'} (dissolved)` : (one.name ?? '–')),
      },
      { title: 'MECHANISM', cell: (one) => one.mechanisms.join(' ') || '–' },
      { title: 'OWNER', cell: (one) => shortHex(one.owner) },
      { title: 'MINERS', cell: (one) => `${one.miners}/${one.slots}`, align: 'right' },
      { title: 'STAKE', cell: (one) => amountText(one.stake, souk), align: 'right' },
      { title: 'TEMPO', cell: (one) => String(one.tempo), align: 'right' },
      { title: 'EPOCH', cell: (one) => String(one.epoch), align: 'right' },
      { title: 'POSTED', cell: (one) => String(one.nextToPost), align: 'right' },
      {
        title: 'PRICE',
        cell: (one) => (one.price === null ? '–' : amountText(one.price, souk)),
        align: 'right',
      },
    ],
    listed,
  );
}
