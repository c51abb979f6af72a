import { Fault, type SubnetParamName, subnetParams, type SubnetParams } from '@souk/protocol';
import { InvalidArgumentError } from 'commander';
import type { Context } from '../../context.ts';
import { parseParam, parseSouk, soukText } from '../../subnet/amounts.ts';
import { parseCount } from '../../subnet/arguments.ts';
import { writeIdentity } from '../../subnet/identity.ts';
import { agree, checkSouk, openSubnets, openSubnetWriter, send } from '../../subnet/session.ts';
import type { DefineCommand } from '../entry.ts';

interface CreateFlags {
  readonly name: string;
  readonly mechanism: readonly string[];
  readonly tempo: number;
  readonly about?: string;
  readonly url?: string;
  readonly contact?: string;
  readonly source?: readonly string[];
  readonly param: Partial<SubnetParams>;
  readonly maxPrice?: string;
}

export const defineCreate: DefineCommand = (command, act) => {
  command
    .description(
      'make a subnet, with this key as its owner; locks a price that falls with time and doubles with each',
    )
    .requiredOption('--name <name>', 'what people call it')
    .requiredOption('--mechanism <name...>', 'what miners do: compute, data, or one of your own; up to four')
    .option('--tempo <blocks>', 'length of an epoch, for good; at least 12', parseCount, 360)
    .option('--about <text>', 'one line on what it is for')
    .option('--url <url>', 'where more is said')
    .option('--contact <text>', 'how to reach its owner')
    .option('--source <url...>', 'what the mechanism data collects')
    .option('--param <name=value>', 'a parameter other than its default; can be repeated', collectParam, {})
    .option('--max-price <souk>', 'do not pay more than this (default: what it costs now)')
    .action(act(create));
};

async function create(context: Context, flags: CreateFlags): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const session = await openSubnets(context, stack);
  const { name, about, url, contact, source: sources } = flags;
  const identity = writeIdentity({
    name,
    mechanisms: [...flags.mechanism],
    about,
    url,
    contact,
    sources: sources && [...sources],
  });
  const price = await session.reads.creationPrice();
  const maxPrice = flags.maxPrice === undefined ? price : parseSouk(flags.maxPrice);
  if (price > maxPrice) throw tooDear(price, maxPrice);
  await checkSouk(session, price);
  await agree(context, `Make the subnet "${name}" for ${soukText(price)}, locked until it is dissolved?`);
  const writer = await openSubnetWriter(context, stack, session);
  const params = { mechanismCount: BigInt(flags.mechanism.length), ...flags.param };
  const receipt = await send(context, 'making the subnet', () =>
    writer.create({ tempo: flags.tempo, maxPrice, identity, params }),
  );
  const { subnet, tx, block } = receipt;
  context.output.document({ subnet, owner: writer.address, tempo: flags.tempo, price, tx, block }, () =>
    [
      `subnet ${subnet} is made, for at most ${soukText(price)}; its epochs have ${flags.tempo} blocks`,
      '',
      'Next:',
      `  souk subnet register ${subnet}         a place for a miner, then: souk mine ${subnet}`,
      `  souk subnet stake ${subnet} 100        stake for a validator, then: souk validate ${subnet}`,
      `  souk subnet params ${subnet}           what can be set`,
    ].join('\n'),
  );
}

function tooDear(price: bigint, maxPrice: bigint): Fault {
  return new Fault(
    'subnet.too-dear',
    `it costs ${soukText(price)} now, and ${soukText(maxPrice)} is your limit`,
    {
      blame: 'user',
      data: { price, maxPrice },
      remedy: 'raise --max-price, or wait: the price falls with time (`souk subnet price`)',
    },
  );
}

function collectParam(text: string, previous: Partial<SubnetParams>): Partial<SubnetParams> {
  const [name = '', value = ''] = text.split('=', 2);
  const param = subnetParams.find((one) => one.name === (name as SubnetParamName));
  if (param === undefined) throw new InvalidArgumentError(`"${name}" is no parameter; see docs/subnets.md`);
  return { ...previous, [param.name]: parseParam(param, value) };
}
