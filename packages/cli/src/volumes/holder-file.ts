/** The key and the place of the watch that holds snapshots on this machine: written by it, read by whoever deploys. */
import { existsSync, readFileSync } from 'node:fs';
import { hash32Schema } from '@souk/protocol';
import { z } from 'zod';
import { type NetworkHome, writeFileAtomically } from '../home.ts';

const fileSchema = z.strictObject({
  /** Of the holder alone: it can do nothing but answer. */
  privateKey: hash32Schema,
  multiaddrs: z.array(z.string().max(256)).max(8),
});
export type HolderFile = z.output<typeof fileSchema>;

export function readHolderFile({ holderFile }: NetworkHome): HolderFile | undefined {
  if (!existsSync(holderFile)) return undefined;
  try {
    return fileSchema.parse(JSON.parse(readFileSync(holderFile, 'utf8')));
  } catch {
    // Made anew: what is held stays where it is.
    return undefined;
  }
}

export function writeHolderFile({ holderFile }: NetworkHome, file: HolderFile): void {
  writeFileAtomically(holderFile, `${JSON.stringify(file)}\n`);
}
