import type { Context } from '../../context.ts';
import { parseCount, parseSubnet } from '../../subnet/arguments.ts';
import { openSubnets, openSubnetWriter, operatorOfKey, placeOf, send } from '../../subnet/session.ts';
import type { DefineCommand } from '../entry.ts';

export const defineServe: DefineCommand = (command, act) => {
  command
    .description(
      'say on chain where a miner is reached and how much it can do; `souk mine` does it by itself',
    )
    .argument('<subnet>', 'its number', parseSubnet)
    .argument('<multiaddr...>', 'where validators reach it, e.g. /ip4/203.0.113.7/tcp/4001/p2p/…')
    .option('--units <number>', 'capacity it declares, in the mechanism’s own unit', parseCount, 1)
    .action(act(serve));
};

async function serve(
  context: Context,
  subnet: number,
  addresses: readonly string[],
  flags: { readonly units: number },
): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const session = await openSubnets(context, stack);
  const { picture } = await session.history(subnet);
  const operator = await operatorOfKey(session.chain, session.wallet().address);
  const own = placeOf(picture, operator);
  const writer = await openSubnetWriter(context, stack, session);
  const endpoints = addresses.join(' ');
  const { tx } = await send(context, 'saying so', () =>
    writer.serve(subnet, own.registration, endpoints, flags.units),
  );
  context.output.document(
    { subnet, registration: own.registration, endpoints: addresses, units: flags.units, tx },
    () => `UID ${own.registration} is reached at ${endpoints}, with ${flags.units} units`,
  );
}
