import { chainConfigSchema } from '@souk/chain';
import { describeConfig } from '@souk/daemon';
import { netConfigSchema } from '@souk/net';
import { providerConfigSchema } from '@souk/provider';
import { minerConfigSchema, validatorConfigSchema } from '@souk/subnets';
import { tenantConfigSchema } from '@souk/tenant';
import { cliConfigSchema, readSettings } from '../config.ts';
import type { Context } from '../context.ts';
import { renderTable } from '../table.ts';
import type { DefineCommand } from './entry.ts';

export const defineConfig: DefineCommand = (command, act) => {
  command.description('settings of this machine');
  command
    .command('show')
    .description('every setting: what it is, where it differs from the default, what it means')
    .action(act(showConfig));
};

const schemas = {
  cli: cliConfigSchema,
  tenant: tenantConfigSchema,
  provider: providerConfigSchema,
  net: netConfigSchema,
  chain: chainConfigSchema,
  miner: minerConfigSchema,
  validator: validatorConfigSchema,
};

async function showConfig(context: Context): Promise<void> {
  const settings = readSettings(context, schemas) as Readonly<
    Record<string, Readonly<Record<string, unknown>>>
  >;
  const keys = describeConfig(schemas).map((key) => ({ ...key, value: settings[key.room]?.[key.key] }));
  const { configFile } = context.home;
  context.output.note(`settings file: ${configFile}; or set SOUK_<ROOM>_<KEY> in the environment`);
  context.output.document({ file: configFile, settings: keys }, () =>
    renderTable(
      context.output,
      [
        { title: 'SETTING', cell: (key) => `${key.room}.${key.key}` },
        { title: 'VALUE', cell: (key) => valueText(key.value) },
        { title: 'DEFAULT', cell: (key) => (isSame(key) ? '' : valueText(key.defaultValue)) },
        { title: 'MEANING', cell: (key) => key.description },
      ],
      keys,
    ),
  );
}

function isSame(key: { readonly value: unknown; readonly defaultValue: unknown }): boolean {
  return valueText(key.value) === valueText(key.defaultValue);
}

function valueText(value: unknown): string {
  if (value === undefined) return '–';
  if (typeof value === 'bigint') return value.toString();
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '–');
}
