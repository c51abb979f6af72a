import type { Address } from '@souk/protocol';
import { Fault } from '@souk/protocol';
import type { Context } from '../../context.ts';
import { timeText } from '../../format.ts';
import { soukText } from '../../subnet/amounts.ts';
import { parseAddress, parseSubnet } from '../../subnet/arguments.ts';
import { openSubnets, openSubnetWriter, send } from '../../subnet/session.ts';
import type { DefineCommand } from '../entry.ts';

export const defineFinishUnstake: DefineCommand = (command, act) => {
  command
    .description('get paid what was unstaked and is past its delay')
    .argument('<subnet>', 'its number', parseSubnet)
    .option('--operator <address>', 'the validator it was with (default: this key)', parseAddress)
    .action(act(finish));
};

async function finish(
  context: Context,
  subnet: number,
  flags: { readonly operator?: Address },
): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const session = await openSubnets(context, stack);
  const { address } = session.wallet();
  const operator = flags.operator ?? address;
  const [unbonding, head] = await Promise.all([
    session.reads.unbondingOf(subnet, operator, address),
    session.reads.head(),
  ]);
  const ready = unbonding.filter(({ availableAt }) => availableAt <= head.timestamp);
  const waiting = unbonding.filter((one) => !ready.includes(one));
  if (ready.length === 0) throw nothingYet(waiting[0]?.availableAt);
  const writer = await openSubnetWriter(context, stack, session);
  const { tx } = await send(context, 'getting it', () => writer.finishUnstake(subnet, operator));
  const paid = ready.reduce((sum, { amount }) => sum + amount, 0n);
  context.output.document({ subnet, operator, paid, waiting, tx }, () => `${soukText(paid)} came back`);
}

function nothingYet(availableAt: number | undefined): Fault {
  return availableAt === undefined
    ? new Fault('subnet.nothing-unbonding', 'nothing of this key is being unstaked there', {
        blame: 'user',
        remedy: 'start with `souk subnet unstake SUBNET AMOUNT`',
      })
    : new Fault('subnet.still-unbonding', `it can be had from ${timeText(availableAt * 1000)} on`, {
        blame: 'user',
        data: { availableAt },
        remedy: 'try again then',
      });
}
