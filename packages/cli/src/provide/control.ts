/** Talks to the providers that run on this machine: each leaves a file with its address and a token beside its state. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault, type Hex } from '@souk/protocol';
import { controlFileOf, controlFileSchema, type Reclaimed } from '@souk/provider';
import type { NetworkHome } from '../home.ts';

export interface ProviderLease {
  readonly lease: Hex;
  readonly phase: string;
  readonly isInterruptible: boolean;
  /** Unix seconds; null without notice. */
  readonly reclaimAt: number | null;
}

export interface RunningControl {
  /** Name of its key. */
  readonly name: string;
  leases(): Promise<readonly ProviderLease[]>;
  /** Of one lease, or of all that may be. */
  reclaim(lease: Hex | null): Promise<readonly Reclaimed[]>;
}

/** Those of this network, and those that `souk up` started on it, in homes of their own. */
export function runningProviders(home: NetworkHome): readonly RunningControl[] {
  const own = foldersIn(join(home.folder, 'providers'));
  const nested = own.flatMap(({ path }) =>
    foldersIn(join(path, 'networks')).flatMap((network) => foldersIn(join(network.path, 'providers'))),
  );
  return [...own, ...nested].flatMap(({ name, path }) => {
    const file = controlFileOf(path);
    if (!existsSync(file)) return [];
    const { url, token } = controlFileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    return [controlOf(name, { url, token })];
  });
}

function foldersIn(path: string): readonly { readonly name: string; readonly path: string }[] {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, path: join(path, name) }));
}

function controlOf(
  name: string,
  { url, token }: { readonly url: string; readonly token: string },
): RunningControl {
  const call = async <T>(path: string, init: RequestInit): Promise<T> => {
    const answer = await fetch(`${url}${path}`, { ...init, signal: AbortSignal.timeout(5_000) }).catch(
      (cause: unknown) => {
        throw notRunning(name, cause);
      },
    );
    if (!answer.ok) throw notRunning(name, new Error(`it answered ${answer.status}`));
    return (await answer.json()) as T;
  };
  return {
    name,
    leases: () => call('/leases', {}),
    reclaim: async (lease) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const body = JSON.stringify({ lease });
      const { leases } = await call<{ leases: Reclaimed[] }>('/reclaim', { method: 'POST', headers, body });
      return leases;
    },
  };
}

function notRunning(name: string, cause: unknown): Fault {
  return new Fault('provider.not-running', `the provider "${name}" does not answer`, {
    blame: 'user',
    remedy: 'start it with `souk provide`',
    cause,
  });
}
