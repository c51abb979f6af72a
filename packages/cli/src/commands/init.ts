/** A workload file to start from: from a question or two, or from the compose file that is there. */
import { existsSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { Fault, formatSdlIssue, workloadJsonSchema } from '@souk/protocol';
import { InvalidArgumentError } from 'commander';
import type { Context } from '../context.ts';
import { importComposeFile } from '../deploy/compose.ts';
import { starterFile } from '../deploy/starter.ts';
import { nameFor, readWorkloadText } from '../deploy/workload.ts';
import type { DefineCommand } from './entry.ts';

interface InitFlags {
  readonly image?: string;
  readonly port?: number;
  readonly compose?: string;
  readonly schema: boolean;
  readonly force?: true;
}

const schemaFile = 'workload.schema.json';
const composeNames = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];

export const defineInit: DefineCommand = (command, act) => {
  command
    .description('write a workload file to start from, explained line by line')
    .argument('[file]', 'the file to write', 'app.yaml')
    .option('--image <image>', 'image to run (asked for otherwise)')
    .option('--port <port>', 'where it listens for HTTP; 0 for nowhere (asked for otherwise)', parsePort)
    .option('--compose <file>', 'make it from this compose file')
    .option('--no-schema', `write no ${schemaFile} for editors beside it`)
    .option('--force', 'overwrite what is there')
    .action(act(init));
};

async function init(context: Context, file: string, flags: InitFlags): Promise<void> {
  const schema = flags.schema ? schemaFile : null;
  checkFree(file, flags);
  const compose = flags.compose ?? (await offerCompose(context, file, flags));
  const text =
    compose === undefined
      ? await askStarter(context, file, flags, schema)
      : fromCompose(context, compose, schema);
  writeFileSync(file, text);
  const beside = join(dirname(file), schemaFile);
  if (schema !== null) writeFileSync(beside, `${JSON.stringify(workloadJsonSchema, null, 2)}\n`);
  const value = { file, schema: schema === null ? null : beside };
  context.output.document(value, () => `wrote ${file}\nnext: souk deploy ${file}`);
}

/** The one in the same folder, where a person says so; with --yes or --image nobody is asked. */
async function offerCompose(context: Context, file: string, flags: InitFlags): Promise<string | undefined> {
  if (flags.image !== undefined || !context.prompts.canAsk) return undefined;
  const found = composeNames.map((name) => join(dirname(file), name)).find((each) => existsSync(each));
  if (found === undefined) return undefined;
  return (await context.prompts.confirm(`make it from ${found}?`)) ? found : undefined;
}

async function askStarter(
  context: Context,
  file: string,
  flags: InitFlags,
  schema: string | null,
): Promise<string> {
  const { prompts } = context;
  const image = flags.image ?? (await prompts.text('Which image should run?', 'nginx:1.27'));
  const port =
    flags.port ?? parsePort(await prompts.text('Where does it listen for HTTP? 0 for nowhere', '80'));
  const name = nameFor(basename(file) === 'app.yaml' ? image.replace(/[:@].*$/, '') : resolve(file));
  return starterFile({ file, name, image, port: port === 0 ? null : port, schemaFile: schema });
}

function fromCompose(context: Context, compose: string, schema: string | null): string {
  const { sdl, notes } = importComposeFile(compose, readWorkloadText(compose));
  for (const note of notes) context.output.warn(formatSdlIssue(note, compose));
  return `${schema === null ? '' : `# yaml-language-server: $schema=./${schema}\n`}${sdl}`;
}

function checkFree(file: string, flags: InitFlags): void {
  if (!existsSync(file) || flags.force === true) return;
  throw new Fault('cli.file-exists', `${file} is there already`, {
    blame: 'user',
    data: { file },
    remedy: 'name another file, or overwrite it with --force',
  });
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^[0-9]{1,5}$/.test(text.trim()) && port <= 65_535) return port;
  throw new InvalidArgumentError('give a port from 1 to 65535, or 0 for none');
}
