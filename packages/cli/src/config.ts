import { type Config, readConfig, type RoomSchemas } from '@souk/daemon';
import { z } from 'zod';
import type { Context } from './context.ts';

/** Settings of the command line itself. Flags of the same meaning win. */
export const cliConfigSchema = z.strictObject({
  network: z.string().max(4096).optional().describe('network to work on where --network is not given'),
  key: z.string().max(64).optional().describe('key to sign with where --key is not given'),
  deposit: z
    .string()
    .regex(/^[0-9]{1,12}(\.[0-9]+)?$/)
    .default('5')
    .describe('money locked per placement group by `souk deploy`, in whole tokens'),
  watch: z.boolean().default(true).describe('start a watch process after `souk deploy`'),
});

/** The settings of some rooms. The file may hold sections of rooms that this process has no use for. */
export function readSettings<S extends RoomSchemas>(
  context: Context,
  schemas: S,
  flags: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {},
): Config<S> {
  return readConfig(schemas, {
    file: context.home.configFile,
    environment: context.environment,
    flags,
    otherRooms: roomsWithSettings,
  });
}

export const roomsWithSettings = ['cli', 'tenant', 'provider', 'net', 'chain'];
