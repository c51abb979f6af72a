import type { Context } from '../../context.ts';
import { parseSubnet } from '../../subnet/arguments.ts';
import { writeIdentity } from '../../subnet/identity.ts';
import { openSubnets, openSubnetWriter, send } from '../../subnet/session.ts';
import { renderFacts } from '../../table.ts';
import type { DefineCommand } from '../entry.ts';

interface IdentityFlags {
  readonly name?: string;
  readonly mechanism?: readonly string[];
  readonly about?: string;
  readonly url?: string;
  readonly contact?: string;
  readonly source?: readonly string[];
}

export const defineIdentity: DefineCommand = (command, act) => {
  command
    .description('what a subnet says of itself; with options, change it as the owner')
    .argument('<subnet>', 'its number', parseSubnet)
    .option('--name <name>', 'what people call it')
    .option('--mechanism <name...>', 'what miners do, in the order of the mechanisms')
    .option('--about <text>', 'one line on what it is for')
    .option('--url <url>', 'where more is said')
    .option('--contact <text>', 'how to reach its owner')
    .option('--source <url...>', 'what the mechanism data collects')
    .action(act(getOrSet));
};

async function getOrSet(context: Context, subnet: number, flags: IdentityFlags): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const session = await openSubnets(context, stack);
  let { picture } = await session.history(subnet);
  if (Object.keys(flags).length > 0) {
    const { mechanism, source, ...rest } = flags;
    const before = picture.identity ?? { name: '', mechanisms: [] };
    const mechanisms = [...(mechanism ?? before.mechanisms)];
    const sources = source === undefined ? before.sources : [...source];
    const identity = writeIdentity({ ...before, ...rest, mechanisms, sources });
    const writer = await openSubnetWriter(context, stack, session);
    await send(context, 'writing it', () => writer.setIdentity(subnet, identity));
    ({ picture } = await session.history(subnet));
  }
  const { identity } = picture;
  context.output.document({ subnet, identity: identity ?? null, text: picture.identityText }, () =>
    identity === undefined
      ? `it says nothing that can be read: ${JSON.stringify(picture.identityText.slice(0, 200))}`
      : renderFacts(context.output, [
          ['name', identity.name],
          ['mechanisms', identity.mechanisms.join(', ')],
          ['sources', identity.sources?.join(' ')],
          ['about', identity.about],
          ['url', identity.url],
          ['contact', identity.contact],
        ]),
  );
}
