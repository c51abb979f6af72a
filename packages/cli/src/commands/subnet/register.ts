import type { Context } from '../../context.ts';
import { parseSouk } from '../../subnet/amounts.ts';
import { parseSubnet } from '../../subnet/arguments.ts';
import { takePlace } from '../../subnet/place.ts';
import { openSubnets } from '../../subnet/session.ts';
import type { DefineCommand } from '../entry.ts';

export const defineRegister: DefineCommand = (command, act) => {
  command
    .description('take a place for a miner: shows price, collateral and who would make room, asks, registers')
    .argument('<subnet>', 'its number', parseSubnet)
    .option('--max-price <souk>', 'do not pay more than this (default: what it costs now)', parseSouk)
    .action(act(register));
};

async function register(
  context: Context,
  subnet: number,
  flags: { readonly maxPrice?: bigint },
): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const session = await openSubnets(context, stack);
  const place = await takePlace(context, session, { subnet, maxPrice: flags.maxPrice });
  context.output.document(
    place,
    () => `registered as UID ${place.registration}; now work: souk mine ${subnet}`,
  );
}
