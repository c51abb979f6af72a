/** What must hold once a storm is over, whatever it was: chain, journal, driver, ledger and ingress say the same. */
import { request as httpRequest } from 'node:http';
import type { LeaseId } from '@souk/protocol';
import type { Deployment, World } from '../world.ts';

export interface Kept {
  readonly deployment: Deployment;
  /** The provider said yes. */
  isAccepted: boolean;
  /** Somebody with the right to end it tried to. */
  isAskedToClose: boolean;
  /** The provider promised to close it. */
  isClosePromised: boolean;
}

export interface Scene {
  readonly world: World;
  readonly kept: readonly Kept[];
  /** What was accepted may never have been opened. */
  readonly wasHindered: boolean;
  /** As the provider last published. */
  readonly freeMilli: number | undefined;
}

/** Of the machine that the world has: what is for rent, and what one lease takes. */
const rentedMilli = 3200;
const leaseMilli = 500;

/** One sentence for each thing that is wrong. */
export async function faultsOf({ world, kept, wasHindered, freeMilli }: Scene): Promise<readonly string[]> {
  const { chain, driver } = world;
  const found: string[] = [];
  const running = new Map((await driver.list()).map((status) => [status.lease, status]));
  const open = new Set<LeaseId>();
  for (const { deployment, isAccepted, isAskedToClose, isClosePromised } of kept) {
    const { lease } = deployment;
    const name = lease.slice(0, 10);
    const { status } = await world.onChain(lease);
    const events = await chain.reads.eventsSince(1, { lease });
    const opened = events.filter((event) => event.kind === 'lease-opened');
    const closed = events.filter((event) => event.kind === 'lease-closed');
    const isOurs = opened[0]?.terms.operator === world.operator;
    if (opened.length > 1) found.push(`${name} was opened ${opened.length} times`);
    if (closed.length > 1) found.push(`${name} was settled ${closed.length} times`);
    if (status === 'open' && isOurs) open.add(lease);
    if (status === 'open' && isOurs && isClosePromised)
      found.push(`${name} is open, though its close was taken`);
    if (closed[0]?.by === 'operator' && !isAskedToClose)
      found.push(`${name} was closed, though nobody asked`);
    if (status === 'unknown' && isAccepted && !wasHindered)
      found.push(`${name} was accepted and never opened`);
  }
  for (const lease of open) {
    const name = lease.slice(0, 10);
    const replicas = running.get(lease)?.replicas ?? [];
    if (replicas.filter(({ state }) => state === 'running').length !== 1)
      found.push(`${name} is paid for and does not run`);
    if ((await httpStatus(world, lease)) !== 200) found.push(`${name} runs and is not reached by its name`);
  }
  for (const lease of running.keys())
    if (!open.has(lease)) found.push(`${lease.slice(0, 10)} runs and nobody pays`);
  for (const { deployment } of kept) {
    if (!open.has(deployment.lease) && (await httpStatus(world, deployment.lease)) === 200)
      found.push(`${deployment.lease.slice(0, 10)} has ended and is reached by its name`);
  }
  if (world.provider.countLeases() !== open.size)
    found.push(`the journal holds ${world.provider.countLeases()} leases, the chain ${open.size}`);
  const free = rentedMilli - leaseMilli * open.size;
  if (freeMilli !== free) found.push(`${freeMilli} milli are free, not ${free}`);
  return found;
}

/** As its tenant's visitors see it. */
function httpStatus(world: World, lease: LeaseId): Promise<number> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(world.provider.url);
    const headers = { host: `web-${lease.slice(2, 10)}.localhost` };
    httpRequest({ host: '127.0.0.1', port, headers, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}
