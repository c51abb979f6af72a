/**
 * @souk/chain: the only room that speaks EVM. Typed reads, writes and followed events of the Souk contracts on one
 * network, and the private network of one machine. It decides nothing: callers say what to sign, send and wait for.
 * It must never hold a key longer than its writer, nor show viem's types to callers. Provider, tenant and cli call it.
 */
export type {
  ChainEvent,
  ChainHead,
  ChainReads,
  ChainWriter,
  EventFilter,
  EventPosition,
  FollowCursor,
  Follower,
  FollowOptions,
  LeaseRef,
  LeaseState,
  Network,
  Operator,
  Receipt,
  SubnetsBook,
  Terms,
} from './chain.ts';
export { type ChainConfig, chainConfigSchema, type ChainSettings } from './config.ts';
export { type Chain, type ChainDeps, connectChain } from './connect.ts';
export { deployContracts, type DeployOptions } from './deploy.ts';
export {
  faucetKey,
  type LocalChain,
  localChainId,
  type LocalChainOptions,
  startLocalChain,
} from './local-chain.ts';
export { loadNetwork, networkSchema, parseNetwork } from './network.ts';
export { revertOf } from './reverts.ts';
export { hashTerms } from './terms.ts';
export { startSubnetWriter, startWriter, type Writer, type WriterDeps } from './writer.ts';
export type {
  Child,
  EmissionSchedule,
  Permit,
  SubnetEvent,
  SubnetReads,
  SubnetState,
  SubnetWriter,
  Unbonding,
} from './subnets/port.ts';
export { connectSubnets } from './subnets/reads.ts';
