/** `souk secret`: values that workload files name and never hold. Never an argument: other users can read those. */
import { readFileSync } from 'node:fs';
import { Fault } from '@souk/protocol';
import type { Context } from '../context.ts';
import { timeText } from '../format.ts';
import { selectNetwork } from '../networks.ts';
import { openSecretStore, type SecretStore } from '../secrets.ts';
import { walletFor } from '../session.ts';
import { renderTable } from '../table.ts';
import type { DefineCommand } from './entry.ts';

export const defineSecret: DefineCommand = (command, act) => {
  command.description('keep values that workload files name under x-souk.secrets, encrypted with your key');
  command
    .command('set')
    .description(
      'keep a value: asked for, or read from standard input (without its last line break) or a file',
    )
    .argument('<name>', 'its name, as in the workload file')
    .option('--file <file>', 'file that holds the value, byte for byte')
    .action(act(setSecret));
  command.command('ls').description('list names; values are never shown').action(act(listSecrets));
  command
    .command('rm')
    .description('forget a value; what runs keeps it')
    .argument('<name>', 'its name')
    .action(act(removeSecret));
};

async function setSecret(context: Context, name: string, options: { readonly file?: string }): Promise<void> {
  const store = storeOf(context);
  const isNew = !store.has(name);
  await store.save(name, await readValue(context, name, options.file));
  context.output.document({ name, isNew }, () => `${isNew ? 'kept' : 'replaced'} the secret ${name}`);
  context.output.note('It goes to a provider when you deploy or update what names it.');
}

async function listSecrets(context: Context): Promise<void> {
  const secrets = storeOf(context).list();
  if (secrets.length === 0) context.output.note('No secrets yet. Keep one with `souk secret set NAME`.');
  context.output.document(secrets, () =>
    secrets.length === 0
      ? ''
      : renderTable(
          context.output,
          [
            { title: 'NAME', cell: (secret) => secret.name },
            { title: 'SET', cell: (secret) => timeText(secret.setAt) },
          ],
          secrets,
        ),
  );
}

async function removeSecret(context: Context, name: string): Promise<void> {
  storeOf(context).remove(name);
  context.output.document({ name }, () => `forgot the secret ${name}`);
}

function storeOf(context: Context): SecretStore {
  const network = selectNetwork(context);
  return openSecretStore(network.home.secrets, () => walletFor(context, network).unlock());
}

async function readValue(context: Context, name: string, file: string | undefined): Promise<Buffer> {
  if (file !== undefined && file !== '-') return readBytes(file);
  if (file === undefined && context.prompts.canAsk) {
    return Buffer.from(
      await context.prompts.secret(`Value of the secret ${name}`, 'give it with --file FILE'),
    );
  }
  return withoutLastBreak(readBytes(0));
}

function readBytes(file: string | 0): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new Fault(
      'cli.file-unreadable',
      `the secret can't be read from ${file === 0 ? 'standard input' : file}`,
      {
        blame: 'user',
        remedy: 'check the file’s name and that this user may read it',
        cause,
      },
    );
  }
}

function withoutLastBreak(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1');
  return bytes.subarray(0, text.length - (/\r?\n$/.exec(text)?.[0].length ?? 0));
}
