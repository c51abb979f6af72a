/**
 * The code of a subnet's mechanisms, found by the names in its identity: those that come with Souk, and files of one's
 * own. A file is run as it is, with all rights of this process: it is for who wrote it or has read it.
 */
import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Fault } from '@souk/protocol';
import { computeMechanism, dataMechanism, type Mechanism } from '@souk/subnets';
import type { SubnetPicture } from './state.ts';

/** In the order of the contract's mechanisms. Throws `subnets.unknown-mechanism`, or `subnet.no-mechanism` where the subnet names none. */
export async function mechanismsOf(
  { subnet, identity }: SubnetPicture,
  files: readonly string[],
): Promise<readonly Mechanism[]> {
  if (identity === undefined) throw noMechanism(subnet);
  const own = await Promise.all(files.map((file) => loadMechanism(file)));
  const known = [...own, computeMechanism(), dataMechanism(identity.sources ?? [])];
  return identity.mechanisms.map((name) => known.find((one) => one.name === name) ?? unknownMechanism(name));
}

/** What the file exports as `mechanism`. Throws `subnets.bad-mechanism` or `cli.file-unreadable`. */
export async function loadMechanism(file: string): Promise<Mechanism> {
  const { mechanism } = await importFile(resolve(file));
  if (isMechanism(mechanism)) return mechanism;
  throw new Fault('subnets.bad-mechanism', `${file} exports no mechanism`, {
    blame: 'user',
    data: { file },
    remedy: 'write `export const mechanism = defineMechanism({ … })`, as in examples/subnets',
  });
}

// Wherever the file lies, it means these rooms and this zod.
const ours = /^(@souk\/(subnets|protocol)|zod)$/;

async function importFile(file: string): Promise<{ readonly mechanism?: unknown }> {
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier, ours.test(specifier) ? { ...context, parentURL: import.meta.url } : context),
  });
  try {
    return (await import(pathToFileURL(file).href)) as { readonly mechanism?: unknown };
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    throw new Fault('cli.file-unreadable', `${file} can't be run: ${(cause as Error).message}`, {
      blame: 'user',
      data: { file },
      remedy: 'check its name, and that it is a TypeScript module with types that can be erased',
      cause,
    });
  } finally {
    hooks.deregister();
  }
}

function isMechanism(value: unknown): value is Mechanism {
  const parts = ['task', 'run', 'observe', 'score', 'aggregate'];
  return typeof value === 'object' && value !== null && parts.every((part) => part in value);
}

function unknownMechanism(name: string): never {
  throw new Fault('subnets.unknown-mechanism', `its mechanism "${name}" is not one that comes with Souk`, {
    blame: 'user',
    data: { name },
    remedy:
      "get its file from the subnet’s owner, read it, and name it: SOUK_CLI_MECHANISMS='[FILE]', or `mechanisms` under `cli` in the settings file",
  });
}

function noMechanism(subnet: number): Fault {
  return new Fault('subnet.no-mechanism', `subnet ${subnet} does not say what its mechanisms are`, {
    blame: 'user',
    data: { subnet },
    remedy: 'its owner says so with `souk subnet identity SUBNET --name … --mechanism …`',
  });
}
