/** Talking to the Docker engine: how we name and label what is ours, and what its errors mean. */
import { createHash } from 'node:crypto';
import { Fault, type LeaseId } from '@souk/protocol';
import type Docker from 'dockerode';
import { codeOf, unavailable } from '../faults.ts';

export const labels = {
  instance: 'souk.instance',
  lease: 'souk.lease',
  service: 'souk.service',
  replica: 'souk.replica',
  hash: 'souk.hash',
  volume: 'souk.volume',
  kind: 'souk.kind',
  bytes: 'souk.bytes',
  /** Of a container's own files. */
  disk: 'souk.disk',
} as const;

/** One provider's corner of the engine: several daemons of one machine share an engine and never see each other's. */
export interface Engine {
  readonly docker: Docker;
  readonly instance: string;
}

export function nameOf(engine: Engine, lease: LeaseId, ...parts: readonly (string | number)[]): string {
  return ['souk', engine.instance, lease.slice(2, 18), ...parts].join('-');
}

/** At most 15 characters, as Linux asks of an interface; the firewall knows ours by the first four. */
export function bridgeNameOf(engine: Engine, lease: LeaseId): string {
  return `souk${createHash('sha256').update(`${engine.instance}/${lease}`).digest('hex').slice(0, 10)}`;
}

export function filterOf(engine: Engine, lease?: LeaseId): string {
  const wanted = [`${labels.instance}=${engine.instance}`];
  if (lease !== undefined) wanted.push(`${labels.lease}=${lease}`);
  return JSON.stringify({ label: wanted });
}

/** Runs a call to the engine; one that does not answer is `driver.unavailable`, never "nothing runs". */
export async function ask<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const isUnreachable = ['ECONNREFUSED', 'ENOENT', 'EACCES', 'ECONNRESET', 'EPIPE'].includes(
      codeOf(error) ?? '',
    );
    if (!isUnreachable || error instanceof Fault) throw error;
    throw unavailable('the Docker engine', error, 'start it, and check that this user may use its socket');
  }
}

/** HTTP status of an engine's refusal. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : undefined;
}

/** Undefined where the engine says that there is no such thing, or that it is on its way out already. */
export async function unlessGone<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask(call);
  } catch (error) {
    const status = statusOf(error);
    if (status === 404 || status === 409) return undefined;
    throw error;
  }
}
