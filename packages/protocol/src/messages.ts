/**
 * The signed messages of the market, as EIP-712 types and as wire schemas. Field for field they are the structs of
 * contracts/src/interfaces/IMarket.sol; Head, of a snapshot, and the messages
 * of subnets/ never go to the Market. Pure: hashing and recovering only; who may sign what is decided by callers.
 */
import * as Hash from 'ox/Hash';
import * as OxHex from 'ox/Hex';
import * as TypedData from 'ox/TypedData';
import { z } from 'zod';
import {
  type Address,
  addressSchema,
  hash32Schema,
  type Hex,
  type LeaseId,
  signatureSchema,
  uintSchema,
  unixSecondsSchema,
} from './hex.ts';
import type { EpochAttestation, SubnetResponse, SubnetTask } from './subnets.ts';

export const messageTypes = {
  Order: [
    { name: 'tenant', type: 'address' },
    { name: 'agent', type: 'address' },
    { name: 'watcher', type: 'address' },
    { name: 'token', type: 'address' },
    { name: 'manifest', type: 'bytes32' },
    { name: 'requirements', type: 'bytes32' },
    { name: 'maxRate', type: 'uint96' },
    { name: 'deposit', type: 'uint96' },
    { name: 'clawbackWindow', type: 'uint32' },
    { name: 'startWindow', type: 'uint32' },
    { name: 'expiresAt', type: 'uint40' },
    { name: 'counter', type: 'uint64' },
    { name: 'salt', type: 'bytes32' },
  ],
  Bid: [
    { name: 'order', type: 'bytes32' },
    { name: 'operator', type: 'address' },
    { name: 'rate', type: 'uint96' },
    { name: 'minimumCharge', type: 'uint96' },
    { name: 'expiresAt', type: 'uint40' },
  ],
  Acceptance: [
    { name: 'order', type: 'bytes32' },
    { name: 'bid', type: 'bytes32' },
  ],
  Ready: [
    { name: 'lease', type: 'bytes32' },
    { name: 'readyAt', type: 'uint40' },
  ],
  Close: [
    { name: 'lease', type: 'bytes32' },
    { name: 'effectiveAt', type: 'uint40' },
  ],
  Amendment: [
    { name: 'lease', type: 'bytes32' },
    { name: 'terms', type: 'bytes32' },
    { name: 'manifest', type: 'bytes32' },
    { name: 'requirements', type: 'bytes32' },
    { name: 'rate', type: 'uint96' },
    { name: 'minimumCharge', type: 'uint96' },
    { name: 'deposit', type: 'uint96' },
    { name: 'expiresAt', type: 'uint40' },
  ],
  Head: [
    { name: 'lease', type: 'bytes32' },
    { name: 'deployment', type: 'bytes32' },
    { name: 'service', type: 'string' },
    { name: 'replica', type: 'uint32' },
    { name: 'volume', type: 'string' },
    { name: 'root', type: 'bytes32' },
    { name: 'at', type: 'uint64' },
    { name: 'bytes', type: 'uint64' },
  ],
  EpochAttestation: [
    { name: 'subnet', type: 'uint32' },
    { name: 'epoch', type: 'uint64' },
    { name: 'engine', type: 'uint32' },
    { name: 'snapshotBlock', type: 'bytes32' },
    { name: 'inputs', type: 'bytes32' },
    { name: 'outputs', type: 'bytes32' },
    { name: 'rewardRoot', type: 'bytes32' },
    { name: 'total', type: 'uint128' },
    { name: 'validators', type: 'bytes32' },
    { name: 'prunable', type: 'bytes32' },
  ],
  SubnetTask: [
    { name: 'subnet', type: 'uint32' },
    { name: 'epoch', type: 'uint64' },
    { name: 'mechanism', type: 'uint32' },
    { name: 'registration', type: 'uint32' },
    { name: 'validator', type: 'address' },
    { name: 'sequence', type: 'uint32' },
    { name: 'seed', type: 'bytes32' },
    { name: 'request', type: 'bytes32' },
    { name: 'deadline', type: 'uint64' },
  ],
  SubnetResponse: [
    { name: 'task', type: 'bytes32' },
    { name: 'response', type: 'bytes32' },
  ],
} as const;

export type MessageName = keyof typeof messageTypes;

/** Which chain and which Market a signature is good for. */
export interface MarketDomain {
  readonly chainId: number;
  readonly market: Address;
}

/** A tenant's signed wish. Rates per hour and amounts in the token's smallest unit, times in unix seconds, windows in seconds. */
export const orderSchema = z.strictObject({
  tenant: addressSchema,
  agent: addressSchema,
  watcher: addressSchema,
  token: addressSchema,
  manifest: hash32Schema,
  requirements: hash32Schema,
  maxRate: uintSchema(96),
  deposit: uintSchema(96),
  clawbackWindow: z.number().int().min(0).max(0xffff_ffff),
  startWindow: z.number().int().min(0).max(0xffff_ffff),
  expiresAt: unixSecondsSchema,
  counter: uintSchema(64),
  salt: hash32Schema,
});
export type Order = z.output<typeof orderSchema>;

export const bidSchema = z.strictObject({
  order: hash32Schema,
  operator: addressSchema,
  rate: uintSchema(96),
  minimumCharge: uintSchema(96),
  expiresAt: unixSecondsSchema,
});
export type Bid = z.output<typeof bidSchema>;

export const acceptanceSchema = z.strictObject({ order: hash32Schema, bid: hash32Schema });
export type Acceptance = z.output<typeof acceptanceSchema>;

export const readySchema = z.strictObject({ lease: hash32Schema, readyAt: unixSecondsSchema });
export type Ready = z.output<typeof readySchema>;

export const closeSchema = z.strictObject({ lease: hash32Schema, effectiveAt: unixSecondsSchema });
export type Close = z.output<typeof closeSchema>;

export const amendmentSchema = z.strictObject({
  lease: hash32Schema,
  terms: hash32Schema,
  manifest: hash32Schema,
  requirements: hash32Schema,
  rate: uintSchema(96),
  minimumCharge: uintSchema(96),
  deposit: uintSchema(96),
  expiresAt: unixSecondsSchema,
});
export type Amendment = z.output<typeof amendmentSchema>;

/** One whole snapshot of one volume, by the operator that took it. `at` in unix milliseconds; `bytes` of all its files. */
export const headSchema = z.strictObject({
  lease: hash32Schema,
  deployment: hash32Schema,
  service: z.string().min(1).max(63),
  replica: z.number().int().min(0).max(999),
  volume: z.string().max(128),
  root: hash32Schema,
  at: z.number().int().min(0),
  bytes: z.number().int().min(0),
});
export type Head = z.output<typeof headSchema>;

export interface Messages {
  Order: Order;
  Bid: Bid;
  Acceptance: Acceptance;
  Ready: Ready;
  Close: Close;
  Amendment: Amendment;
  Head: Head;
  EpochAttestation: EpochAttestation;
  SubnetTask: SubnetTask;
  SubnetResponse: SubnetResponse;
}

/** A message with its signature and the address that the signature claims. */
export function signedSchema<T extends z.ZodType>(message: T) {
  return z.strictObject({ message, signer: addressSchema, signature: signatureSchema });
}
export interface Signed<T> {
  readonly message: T;
  readonly signer: Address;
  readonly signature: Hex;
}
export const signedBidSchema = signedSchema(bidSchema);
export const signedAcceptanceSchema = signedSchema(acceptanceSchema);
export const signedReadySchema = signedSchema(readySchema);
export const signedCloseSchema = signedSchema(closeSchema);
export const signedOrderSchema = signedSchema(orderSchema);
export const signedAmendmentSchema = signedSchema(amendmentSchema);
export const signedHeadSchema = signedSchema(headSchema);

/** keccak256(abi.encode(TYPEHASH, fields…)): the struct hash, without the domain. */
export function hashMessage<N extends MessageName>(name: N, message: Messages[N]): Hex {
  return TypedData.hashStruct({ types: messageTypes, primaryType: name, data: toTypedFields(message) });
}

/** An order's struct hash is the id of the lease that it may open. */
export function leaseIdOf(order: Order): LeaseId {
  return hashMessage('Order', order);
}

/** The 32 bytes that a key signs. */
export function digestOf<N extends MessageName>(domain: MarketDomain, name: N, message: Messages[N]): Hex {
  const struct = hashMessage(name, message);
  return Hash.keccak256(OxHex.concat('0x1901', domainSeparator(domain), struct));
}

export function domainSeparator(domain: MarketDomain): Hex {
  return TypedData.domainSeparator({
    name: 'Souk',
    version: '1',
    chainId: domain.chainId,
    verifyingContract: domain.market,
  });
}

// ox takes uint40 and smaller as bigint as well; fields keep their order by the type, not by the object.
function toTypedFields(message: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(message).map(([key, value]) => [key, typeof value === 'number' ? BigInt(value) : value]),
  );
}
