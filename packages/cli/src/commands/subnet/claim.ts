import type { Address, Hex } from '@souk/protocol';
import type { Context } from '../../context.ts';
import { amountText } from '../../format.ts';
import { souk, soukText } from '../../subnet/amounts.ts';
import { parseAddress, parseSubnet } from '../../subnet/arguments.ts';
import { type Claimable, claimableIn } from '../../subnet/claimable.ts';
import { computing, openSubnets, openSubnetWriter, send, type SubnetSession } from '../../subnet/session.ts';
import { renderTable } from '../../table.ts';
import type { DefineCommand } from '../entry.ts';

interface ClaimFlags {
  readonly account?: Address;
  readonly show?: true;
}

export const defineClaim: DefineCommand = (command, act) => {
  command
    .description('get what was earned, over all epochs posted so far; in one subnet, or in all')
    .argument('[subnet]', 'its number (default: all)', parseSubnet)
    .option('--account <address>', 'for this account, which gets the money (default: this key)', parseAddress)
    .option('--show', 'only say what could be claimed')
    .action(act(claim));
};

async function claim(context: Context, subnet: number | undefined, flags: ClaimFlags): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const session = await openSubnets(context, stack);
  const account = flags.account ?? session.wallet().address;
  const subnets = subnet === undefined ? await allOf(session) : [subnet];
  const claimables: Claimable[] = [];
  for (const each of subnets) {
    const history = await session.history(each);
    const found = await claimableIn(session.reads, history, { account, onEpoch: computing(context) });
    if (found !== undefined) claimables.push(found);
  }
  const due = claimables.filter(({ amount }) => amount > 0n);
  const claims: { readonly subnet: number; readonly amount: bigint; readonly tx: Hex }[] = [];
  if (!flags.show && due.length > 0) {
    const writer = await openSubnetWriter(context, stack, session);
    for (const one of due) {
      const { tx } = await send(context, `claiming ${soukText(one.amount)} in subnet ${one.subnet}`, () =>
        writer.claim(one.subnet, account, one.earned, one.proof),
      );
      claims.push({ subnet: one.subnet, amount: one.amount, tx });
    }
  }
  const shown = claimables.map(({ proof: _proof, ...rest }) => rest);
  const wallet = await session.reads.soukBalanceOf(account);
  if (due.length === 0)
    context.output.note('Nothing to claim: all that was posted for this account is paid.');
  context.output.document({ account, claimable: shown, claims, wallet }, () =>
    [
      ...(shown.length === 0 ? [] : [renderClaimable(context, shown)]),
      `${account} has ${soukText(wallet)}`,
    ].join('\n'),
  );
}

async function allOf(session: SubnetSession): Promise<readonly number[]> {
  return Array.from({ length: await session.reads.countSubnets() }, (_, index) => index + 1);
}

function renderClaimable(context: Context, rows: readonly Omit<Claimable, 'proof'>[]): string {
  return renderTable(
    context.output,
    [
      { title: 'SUBNET', cell: (one) => String(one.subnet), align: 'right' },
      { title: 'UP TO EPOCH', cell: (one) => String(one.epoch), align: 'right' },
      { title: 'EARNED SOUK', cell: (one) => amountText(one.earned, souk), align: 'right' },
      { title: 'CLAIMED BEFORE', cell: (one) => amountText(one.claimed, souk), align: 'right' },
      { title: 'CLAIMABLE', cell: (one) => amountText(one.amount, souk), align: 'right' },
    ],
    rows,
  );
}
