/** Looks on, from outside of everything: each deployment's address every second, and the workloads that this machine runs. */
import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import type { Deployment } from '@souk/tenant';
import type { ProbeSeen, WorkloadSeen } from './judge.ts';
import { pause } from './weather.ts';

export interface Running {
  readonly lease: string;
  /** Port of the ingress of the provider that runs it. */
  readonly ingressPort: string;
}

export interface Observed {
  /** By deployment. */
  readonly probes: ReadonlyMap<string, readonly ProbeSeen[]>;
  /** By lease. */
  readonly workloads: ReadonlyMap<string, readonly WorkloadSeen[]>;
}

export interface ObserveOptions {
  readonly list: () => Promise<readonly Deployment[]>;
  readonly ingressPorts: ReadonlySet<string>;
  /** Could this provider, named by its ingress port, have done its work for a while? */
  readonly isAble: (ingressPort: string) => boolean;
  readonly signal: AbortSignal;
}

/** Until the signal; resolves to all that was seen. */
export async function observe(options: ObserveOptions): Promise<Observed> {
  const probes = new Map<string, ProbeSeen[]>();
  const workloads = new Map<string, WorkloadSeen[]>();
  while (!options.signal.aborted) {
    const began = Date.now();
    const deployments = await options.list();
    await Promise.all(
      deployments.map(async (deployment) => {
        push(probes, deployment.name, await probe(deployment));
      }),
    );
    const seen = new Map(runningWorkloads(options.ingressPorts).map((running) => [running.lease, running]));
    for (const { lease, ingressPort } of seen.values())
      push(workloads, lease, { at: Date.now(), lease, isAble: options.isAble(ingressPort) });
    await pause(Math.max(100, 1000 - (Date.now() - began)), options.signal);
  }
  return { probes, workloads };
}

export async function probe(deployment: Deployment): Promise<ProbeSeen> {
  const url = urlOf(deployment);
  const text = url === undefined ? undefined : await get(url).catch(() => undefined);
  const answer = text === undefined ? undefined : parse(text);
  return { at: Date.now(), lease: answer?.lease ?? null, lines: answer?.lines ?? null };
}

export function urlOf(deployment: Deployment): string | undefined {
  return deployment.groups[0]?.urls[0];
}

/** Names under .localhost are this machine; the resolver may not know. */
export function get(url: string, path = '/'): Promise<string> {
  const { hostname, port, host } = new URL(url);
  if (!hostname.endsWith('localhost')) return Promise.reject(new Error(`${url} is not here`));
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, path, headers: { host }, agent: false, timeout: 3000 },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () =>
          response.statusCode === 200 ? resolve(text) : reject(new Error(`${response.statusCode}`)),
        );
        response.on('error', reject);
      },
    );
    sent.on('timeout', () => sent.destroy(new Error('no answer')));
    sent.on('error', reject);
    sent.end();
  });
}

function parse(text: string): { readonly lease?: string; readonly lines?: number | null } | undefined {
  try {
    return JSON.parse(text) as { lease?: string };
  } catch {
    return undefined;
  }
}

/** Every process that was started for a lease by one of these providers, whatever anybody's books say. */
export function runningWorkloads(ingressPorts: ReadonlySet<string>): readonly Running[] {
  return readdirSync('/proc')
    .filter((entry) => /^[0-9]+$/.test(entry))
    .flatMap((pid) => {
      const env = read(`/proc/${pid}/environ`);
      const lease = /(?:^|\0)SOUK_LEASE=(0x[0-9a-f]{64})/.exec(env)?.[1];
      const ingressPort = /(?:^|\0)SOUK_URL=https?:\/\/[^:\0/]+:([0-9]+)/.exec(env)?.[1];
      const isOurs = ingressPort !== undefined && ingressPorts.has(ingressPort);
      return lease === undefined || !isOurs ? [] : [{ lease, ingressPort }];
    });
}

// Processes come and go while they are listed.
function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
