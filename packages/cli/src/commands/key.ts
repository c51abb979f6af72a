import { readFileSync } from 'node:fs';
import { parsePrivateKey } from '@souk/daemon';
import { Fault } from '@souk/protocol';
import type { Context } from '../context.ts';
import { renderTable } from '../table.ts';
import { keystoreOf, newPassword, readPassword } from '../wallet.ts';
import type { DefineCommand } from './entry.ts';

export const defineKey: DefineCommand = (command, act) => {
  command.description('make, bring in, show and list the keys of the encrypted keystore');
  command
    .command('new')
    .description('make a key')
    .argument('[name]', 'its name', 'default')
    .action(act(makeKey));
  command
    .command('import')
    .description('bring in a private key (0x and 64 hex digits), from a file or asked for')
    .argument('[name]', 'its name', 'default')
    .option('--file <file>', 'file that holds the private key; - for standard input')
    .action(act(importKey));
  command
    .command('export')
    .description('print a private key in the clear')
    .argument('<name>', 'its name')
    .action(act(exportKey));
  command.command('list').description('list names and addresses').action(act(listKeys));
};

async function makeKey(context: Context, name: string): Promise<void> {
  const entry = await keystoreOf(context).create(name, await newPassword(context, name));
  context.output.document(entry, () => `made key ${entry.name}: ${entry.address}`);
  context.output.note(
    'The key is encrypted with your password; without the password nobody can get it back.',
  );
}

async function importKey(context: Context, name: string, options: { readonly file?: string }): Promise<void> {
  const text =
    options.file === undefined
      ? await context.prompts.secret('Private key (0x…)', 'give it with --file FILE')
      : readKeyText(options.file);
  const { privateKey } = parsePrivateKey(text);
  const entry = await keystoreOf(context).importKey(name, privateKey, await newPassword(context, name));
  context.output.document(entry, () => `imported key ${entry.name}: ${entry.address}`);
}

async function exportKey(context: Context, name: string): Promise<void> {
  const password = await readPassword(context, {}, `Password of the key "${name}"`);
  const { address, privateKey } = await keystoreOf(context).unlock(name, password);
  context.output.warn('whoever has this line has the money of this key');
  context.output.document({ name, address, privateKey }, () => privateKey);
}

async function listKeys(context: Context): Promise<void> {
  const keys = keystoreOf(context).list();
  if (keys.length === 0) context.output.note('No keys yet. Make one with `souk key new`.');
  context.output.document(keys, () =>
    keys.length === 0
      ? ''
      : renderTable(
          context.output,
          [
            { title: 'NAME', cell: (key) => key.name },
            { title: 'ADDRESS', cell: (key) => key.address },
          ],
          keys,
        ),
  );
}

function readKeyText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (cause) {
    throw new Fault('cli.file-unreadable', `the key file ${file} can't be read`, {
      blame: 'user',
      remedy: 'check its name and that this user may read it',
      cause,
    });
  }
}
