/**
 * Address books of networks: one JSON file each, in packages/chain/networks/ or wherever a path leads. Read once at
 * start; nothing is guessed, and what is wrong is said with place and remedy.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressSchema, Fault } from '@souk/protocol';
import { z } from 'zod';
import type { Network } from './chain.ts';

export const networkSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower-case letters, digits and dashes, at most 63'),
  chainId: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
  rpcUrl: z.url({ protocol: /^https?$/, error: 'not an http or https URL' }),
  market: addressSchema,
  operators: addressSchema,
  token: z.strictObject({
    address: addressSchema,
    symbol: z.string().min(1).max(16),
    decimals: z.number().int().min(0).max(36),
  }),
  fromBlock: z.number().int().min(0),
  bootstrap: z.array(z.string().startsWith('/', 'not a multiaddr').max(256)).max(64),
  isLocal: z.boolean(),
  subnets: z
    .strictObject({
      token: addressSchema,
      emissions: addressSchema,
      subnets: addressSchema,
      stakes: addressSchema,
      epochs: addressSchema,
    })
    .exactOptional(),
}) satisfies z.ZodType<Network>;

const booksFolder = join(import.meta.dirname, '../networks');

/** The network of that name, or of the address book at that path. Throws `chain.bad-network`. */
export function loadNetwork(nameOrPath: string): Network {
  const named = join(booksFolder, `${nameOrPath}.json`);
  const isName = /^[a-z0-9-]+$/.test(nameOrPath) && existsSync(named);
  return parseNetwork(readBook(isName ? named : nameOrPath), nameOrPath);
}

/** `where` is named in the fault: the file that `text` came from. */
export function parseNetwork(text: string, where: string): Network {
  const result = networkSchema.safeParse(parseJson(text, where));
  if (result.success) return Object.freeze(result.data);
  const issues = result.error.issues.map((issue) => ({ key: issue.path.join('.'), problem: issue.message }));
  const list = issues.map(({ key, problem }) => (key === '' ? problem : `${key}: ${problem}`)).join('; ');
  throw new Fault('chain.bad-network', `the address book ${where} is not valid: ${list}`, {
    blame: 'user',
    data: { where, issues },
    remedy: 'compare it with the example in packages/chain/networks/README.md',
  });
}

function readBook(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Fault('chain.no-network', `there is no network "${path}", nor a file of that name`, {
      blame: 'user',
      data: { where: path },
      remedy: 'name a known network, or give the path of its address book',
      cause,
    });
  }
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Fault(
      'chain.bad-network',
      `the address book ${where} is not JSON: ${(cause as Error).message}`,
      {
        blame: 'user',
        data: { where },
        remedy: 'compare it with the example in packages/chain/networks/README.md',
        cause,
      },
    );
  }
}
