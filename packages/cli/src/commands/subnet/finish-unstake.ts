import type { Address } from '@souk/protocol';
import { Fault } from '@souk/protocol';
import type { Context } from '../../context.ts';
import { timeText } from '../../format.ts';
import { soukText } from '../../subnet/amounts.ts';
import { parseAddress, parseSubnet } from '../../subnet/arguments.ts';
import {
  openSubnets,
  openSubnetWriter,
  operatorOrSelf,
  send,
  type SubnetSession,
} from '../../subnet/session.ts';
import type { DefineCommand } from '../entry.ts';

export const defineFinishUnstake: DefineCommand = (command, act) => {
  command
    .description('get paid what was unstaked and is past its delay')
    .argument('<subnet>', 'its number', parseSubnet)
    .option('--operator <address>', 'the validator it was with (default: this key)', parseAddress)
    .option('--wait', 'wait until all of it may be had')
    .action(act(finish));
};

async function finish(
  context: Context,
  subnet: number,
  flags: { readonly operator?: Address; readonly wait?: true },
): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const session = await openSubnets(context, stack);
  const { address } = session.wallet();
  const operator = flags.operator ?? (await operatorOrSelf(session));
  const unbonding = await session.reads.unbondingOf(subnet, operator, address);
  if (flags.wait) await untilTime(context, session, Math.max(...unbonding.map((one) => one.availableAt)));
  const head = await session.reads.head();
  const ready = unbonding.filter(({ availableAt }) => availableAt <= head.timestamp);
  const waiting = unbonding.filter((one) => !ready.includes(one));
  if (ready.length === 0) throw nothingYet(waiting[0]?.availableAt);
  const writer = await openSubnetWriter(context, stack, session);
  const { tx } = await send(context, 'getting it', () => writer.finishUnstake(subnet, operator));
  const paid = ready.reduce((sum, { amount }) => sum + amount, 0n);
  context.output.document({ subnet, operator, paid, waiting, tx }, () => `${soukText(paid)} came back`);
}

async function untilTime(context: Context, { reads }: SubnetSession, at: number): Promise<void> {
  let head = await reads.head();
  if (head.timestamp < at) context.output.note(`• not before ${timeText(at * 1000)}: waiting …`);
  for (; head.timestamp < at; head = await reads.head())
    await context.clock.sleep(lookEveryMs, context.signal);
}

const lookEveryMs = 500;

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
