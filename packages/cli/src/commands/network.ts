import { existsSync, readFileSync } from 'node:fs';
import { loadNetwork } from '@souk/chain';
import { parseDocument } from 'yaml';
import { cliConfigSchema, readSettings } from '../config.ts';
import type { Context } from '../context.ts';
import { networkHomeAt, writeFileAtomically } from '../home.ts';
import { knownNetworks, networkFileOf } from '../networks.ts';
import { renderTable } from '../table.ts';
import type { DefineCommand } from './entry.ts';

export const defineNetwork: DefineCommand = (command, act) => {
  command.description('networks that this machine knows');
  command.command('ls').description('list them; * marks the one in use').action(act(listNetworks));
  command
    .command('use')
    .description('work on this network from now on')
    .argument('<network>', 'known name, or the file of an address book, which is then kept')
    .action(act(useNetwork));
};

async function listNetworks(context: Context): Promise<void> {
  const chosen =
    context.flags.network ?? readSettings(context, { cli: cliConfigSchema }).cli.network ?? 'local';
  const networks = knownNetworks(context.home).map(({ name, file }) => {
    const { chainId, rpcUrl, isLocal } = loadNetwork(file);
    return { name, inUse: name === chosen, chainId, rpcUrl, isLocal, file };
  });
  if (networks.length === 0)
    context.output.note('No networks yet. Start one on this machine with `./souk up`.');
  context.output.document(networks, () =>
    networks.length === 0
      ? ''
      : renderTable(
          context.output,
          [
            { title: '', cell: (network) => (network.inUse ? '*' : '') },
            { title: 'NETWORK', cell: (network) => network.name },
            { title: 'CHAIN', cell: (network) => String(network.chainId), align: 'right' },
            { title: 'RPC', cell: (network) => network.rpcUrl },
          ],
          networks,
        ),
  );
}

async function useNetwork(context: Context, wanted: string): Promise<void> {
  const file = networkFileOf(context.home, wanted);
  const { name } = loadNetwork(file);
  const kept = networkHomeAt(context.home, name).networkFile;
  if (!existsSync(kept)) writeFileAtomically(kept, readFileSync(file, 'utf8'));
  rememberNetwork(context.home.configFile, name);
  context.output.document({ network: name, file: kept }, () => `working on network ${name}`);
}

// The person's own settings file: comments and order stay.
function rememberNetwork(configFile: string, name: string): void {
  const settings = parseDocument(existsSync(configFile) ? readFileSync(configFile, 'utf8') : '');
  settings.setIn(['cli', 'network'], name);
  writeFileAtomically(configFile, settings.toString());
}
