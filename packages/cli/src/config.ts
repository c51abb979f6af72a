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
  frontPort: z
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(8480)
    .describe('where the watch serves the stable addresses of deployments; any free port where it is taken'),
  frontHost: z.string().max(255).default('127.0.0.1').describe('address that it listens on'),
  frontDomain: z
    .string()
    .regex(/^[a-z0-9.-]{1,253}$/)
    .default('localhost')
    .describe('a deployment’s stable name is NAME under this domain'),
  frontHoldMs: z
    .number()
    .int()
    .min(0)
    .max(120_000)
    .default(10_000)
    .describe('how long a request waits for a deployment that moves'),
  snapshotHoldGib: z
    .number()
    .min(0)
    .max(2 ** 20)
    .default(20)
    .describe('disk that the watch takes for snapshots of your volumes, in GiB; 0 holds none'),
  snapshotHoldDays: z
    .number()
    .int()
    .min(1)
    .max(3650)
    .default(30)
    .describe('days that the watch holds snapshots after they were last asked for'),
  mechanisms: z
    .array(z.string().min(1).max(4096))
    .max(16)
    .default([])
    .describe('files of mechanisms of your own, for the subnets that name them'),
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

export const roomsWithSettings = ['cli', 'tenant', 'provider', 'net', 'chain', 'miner', 'validator'];
