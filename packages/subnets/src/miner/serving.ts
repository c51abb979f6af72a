/** Keeps a miner's endpoints and units on chain as they are, no oftener than the subnet allows. */
import type { SubnetWriter } from '@souk/chain';
import type { Peer } from '@souk/net';
import { type Log, toFault } from '@souk/protocol';
import type { Registered } from '../book/view.ts';

const maxEndpoints = 8;

export interface ServingDeps {
  readonly peer: Peer;
  readonly writer: SubnetWriter;
  readonly subnet: number;
  readonly log: Log;
  readonly config: { readonly units: number; readonly endpoints?: readonly string[] | undefined };
  readonly registered: () => Registered | undefined;
}

/** After so many blocks a transaction of which nothing is heard is taken for lost. */
const lostAfterBlocks = 12;

export function createServing({ peer, writer, subnet, log, config, registered }: ServingDeps) {
  const troubles: Record<string, string> = {};
  let sentAt = Number.NEGATIVE_INFINITY;
  let isUnderWay = false;

  /** Sends what is missing, and does not wait for it. */
  function keep(head: number, intervalBlocks: number): void {
    const own = registered();
    if (own === undefined) {
      troubles['registration'] = 'the operator holds no registration in this subnet';
      return;
    }
    delete troubles['registration'];
    const endpoints = (config.endpoints ?? peer.addresses()).slice(0, maxEndpoints).join(' ');
    const last = own.served.at(-1);
    if (endpoints === '' || (last?.endpoints === endpoints && last.units === config.units)) {
      delete troubles['endpoints'];
      return;
    }
    const isTooSoon = last !== undefined && head + 1 < last.block + intervalBlocks;
    const isSent = head <= sentAt || (isUnderWay && head - sentAt < lostAfterBlocks);
    if (isTooSoon || isSent) return;
    sentAt = head;
    isUnderWay = true;
    void send(own.registration, endpoints);
  }

  async function send(registration: number, endpoints: string): Promise<void> {
    try {
      await writer.serve(subnet, registration, endpoints, config.units);
      log.info('endpoints put on chain', { registration, endpoints, units: config.units });
      delete troubles['endpoints'];
    } catch (error) {
      const fault = toFault(error, 'subnets.serve-failed', 'chain');
      troubles['endpoints'] = fault.message;
      log.warn('endpoints could not be put on chain', { code: fault.code, error });
    } finally {
      isUnderWay = false;
    }
  }
  return { keep, troubles: () => troubles };
}
