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

export function createServing({ peer, writer, subnet, log, config, registered }: ServingDeps) {
  const troubles: Record<string, string> = {};
  let sentAt = -1;

  const keep = async (head: number, intervalBlocks: number): Promise<void> => {
    const own = registered();
    if (own === undefined) {
      troubles['registration'] = 'the operator holds no registration in this subnet';
      return;
    }
    delete troubles['registration'];
    const endpoints = (config.endpoints ?? peer.addresses()).slice(0, maxEndpoints).join(' ');
    const last = own.served.at(-1);
    const isRight = last?.endpoints === endpoints && last.units === config.units;
    const isTooSoon = head + 1 < Math.max(last?.block ?? -Infinity, sentAt) + Math.max(1, intervalBlocks);
    if (isRight || endpoints === '') delete troubles['endpoints'];
    if (isRight || endpoints === '' || (last !== undefined && isTooSoon) || head <= sentAt) return;
    sentAt = head;
    try {
      await writer.serve(subnet, own.registration, endpoints, config.units);
      log.info('endpoints put on chain', { registration: own.registration, endpoints, units: config.units });
      delete troubles['endpoints'];
    } catch (error) {
      const fault = toFault(error, 'subnets.serve-failed', 'chain');
      troubles['endpoints'] = fault.message;
      log.warn('endpoints could not be put on chain', { code: fault.code, error });
    }
  };
  return { keep, troubles: () => troubles };
}
