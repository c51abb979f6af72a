/** Settings of the drivers, with units in their names. */
import { z } from 'zod';

const mebibytes = z
  .number()
  .int()
  .min(1)
  .max(2 ** 20);

export const driversConfigSchema = z.strictObject({
  stopGraceMs: z
    .number()
    .int()
    .min(0)
    .max(300_000)
    .default(3_000)
    .describe('time a workload gets to end by itself when it is stopped'),
  logFileMib: mebibytes.default(5).describe('size of one of the two log files kept per replica, in MiB'),
  maxUnpackedImageMib: mebibytes.default(40_960).describe('largest image, unpacked, in MiB'),
  maxImageFiles: z.number().int().min(1).default(2_000_000).describe('most files in an image'),
  workloadUid: z
    .number()
    .int()
    .min(1)
    .max(2 ** 31)
    .default(64_777)
    .describe('user id of workloads on this machine where Souk runs as root (sandbox and process drivers)'),
  internet: z
    .enum(['auto', 'off'])
    .default('auto')
    .describe('whether sandboxed workloads reach the internet, where slirp4netns and ip are there'),
});
export type DriversConfig = Readonly<z.output<typeof driversConfigSchema>>;

export const defaultDriversConfig: DriversConfig = driversConfigSchema.parse({});
