import { Fault } from '@souk/protocol';
import type { Context } from '../../context.ts';
import { soukText } from '../../subnet/amounts.ts';
import { parseRegistration, parseSubnet } from '../../subnet/arguments.ts';
import { openSubnets, openSubnetWriter, send, whenAllowed } from '../../subnet/session.ts';
import type { DefineCommand } from '../entry.ts';

export const defineCollateral: DefineCommand = (command, act) => {
  command
    .description('get the collateral of places that have ended back')
    .argument('<subnet>', 'its number', parseSubnet)
    .argument('[uid]', 'of this one (default: the last that ended)', parseRegistration)
    .option('--wait', 'wait until it may be had')
    .action(act(withdraw));
};

async function withdraw(
  context: Context,
  subnet: number,
  uid: number | undefined,
  flags: { readonly wait?: true },
): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const session = await openSubnets(context, stack);
  const { picture } = await session.history(subnet);
  const { address } = session.wallet();
  const own = [...picture.registrations.values()].filter(
    ({ operator, ended }) => operator === address && (ended !== undefined || picture.isDissolved),
  );
  const place = uid === undefined ? own.at(-1) : own.find(({ registration }) => registration === uid);
  if (place === undefined) throw noneEnded(subnet);
  const writer = await openSubnetWriter(context, stack, session);
  const { registration, collateral } = place;
  const until = { error: 'CollateralLocked', argument: 'availableAt', in: 'seconds' } as const;
  const work = () => writer.withdrawCollateral(subnet, registration);
  const { tx } = await send(context, 'withdrawing', () =>
    flags.wait ? whenAllowed(context, session, { until, work }) : work(),
  );
  context.output.document(
    { subnet, registration, amount: collateral, tx },
    () => `${soukText(collateral)} came back from UID ${registration}`,
  );
}

function noneEnded(subnet: number): Fault {
  return new Fault('subnet.not-registered', `no such place of this key has ended in subnet ${subnet}`, {
    blame: 'user',
    data: { subnet },
    remedy: `give it up first, with \`souk subnet leave ${subnet}\``,
  });
}
