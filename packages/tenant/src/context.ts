/** What the rooms of the tenant share: the ports, the settings, the records and the caches. Built once by `tenant.ts`. */
import type { HotKeys } from './bids/hot-keys.ts';
import type { ReliabilityReader } from './bids/reliability.ts';
import type { TenantConfig } from './config.ts';
import type { Records } from './records.ts';
import type { Peers } from './sessions/peers.ts';
import type { TenantDeps } from './types.ts';

export interface Context {
  readonly deps: TenantDeps;
  readonly config: TenantConfig;
  readonly records: Records;
  readonly peers: Peers;
  readonly hotKeys: HotKeys;
  readonly reliability: ReliabilityReader;
  readonly httpStatus: NonNullable<TenantDeps['httpStatus']>;
}
