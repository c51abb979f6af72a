/**
 * The chain as it is written: the port ChainWriter for one local key. Each method encodes its call, lets the sender
 * bring it on chain and reads the result from the events. Calling `open` again for a lease that the same operator has
 * opened returns that opening, so a caller may repeat it after a crash.
 */
import {
  type Acceptance,
  type Bid,
  type Clock,
  Fault,
  leaseIdOf,
  type LocalKey,
  type Log,
  type Order,
  type Signed,
  systemClock,
} from '@souk/protocol';
import { encodeFunctionData } from 'viem';
import { marketAbi } from './abi/market.ts';
import { operatorsAbi } from './abi/operators.ts';
import type { ChainEvent, ChainReads, ChainWriter, LeaseRef, Receipt } from './chain.ts';
import { chainConfigSchema, type ChainSettings, pollMsOf } from './config.ts';
import { decodeEvent } from './events.ts';
import { revertOf } from './reverts.ts';
import { ask, connectRpc } from './rpc.ts';
import { createSpending } from './spending.ts';
import type { SubnetWriter } from './subnets/port.ts';
import { subnetsOf } from './subnets/reads.ts';
import { createSubnetWriter } from './subnets/writer.ts';
import { tokenAbi } from './token-abi.ts';
import { type Mined, startSender } from './transactions.ts';

export interface WriterDeps {
  readonly chain: ChainReads;
  readonly key: LocalKey;
  readonly log: Log;
  readonly clock?: Clock;
}

interface AgreedLease {
  readonly order: Signed<Order>;
  readonly bid: Signed<Bid>;
  readonly acceptance: Signed<Acceptance>;
}

/**
 * Money grows with time: a call that pays nothing at the estimate may pay when mined. Three accounts written for the
 * first time (operator, tenant, fee sink) cost 66k gas; a lease that has become collectable 20k. Unused gas is free.
 */
const spareGas = { settling: 80_000n, collecting: 25_000n };

export type Writer = ChainWriter &
  AsyncDisposable & {
    /** Throws `chain.no-subnets` where the network has none. */
    readonly subnets: SubnetWriter;
  };

/** Sends over the node that `deps.chain` reads from. One writer per key and process. */
export function startWriter(deps: WriterDeps, settings: ChainSettings = {}): Writer {
  const { chain, key, log, clock = systemClock } = deps;
  const { network } = chain;
  const config = chainConfigSchema.parse(settings);
  const rpc = connectRpc(network.rpcUrl, config.rpcTimeoutMs);
  const pollMs = pollMsOf(network.isLocal, 'waiting', config.pollMs);
  const sender = startSender({ rpc, chainId: network.chainId, key, clock, log, pollMs }, config);
  const token = network.token.address;
  const base = { rpc, sender, key, chainId: network.chainId };
  const wallet = createSpending(base, token);
  let subnets: SubnetWriter | undefined;

  type MarketCall = Parameters<typeof encodeFunctionData<typeof marketAbi>>[0];
  type OperatorsCall = Parameters<typeof encodeFunctionData<typeof operatorsAbi>>[0];

  function market(call: string, encode: Omit<MarketCall, 'abi'>, more = 0n): Promise<Mined> {
    const data = encodeFunctionData({ abi: marketAbi, ...encode } as MarketCall);
    return sender.send({ call, to: network.market, data, spareGas: spareGas.settling + more });
  }

  function operators(call: string, encode: Omit<OperatorsCall, 'abi'>): Promise<Mined> {
    const data = encodeFunctionData({ abi: operatorsAbi, ...encode } as OperatorsCall);
    return sender.send({ call, to: network.operators, data });
  }

  async function open(lease: AgreedLease): Promise<Receipt & { readonly ref: LeaseRef }> {
    const id = leaseIdOf(lease.order.message);
    const isByTenant = lease.acceptance.signer === lease.order.message.tenant;
    const args = [
      lease.order.message,
      lease.bid.message,
      isByTenant ? '0x' : lease.order.signature,
      lease.acceptance.signature,
      lease.bid.signer === key.address ? '0x' : lease.bid.signature,
    ] as const;
    try {
      const { receipt, logs } = await market('open', { functionName: 'open', args });
      const opened = logs
        .map(decodeEvent)
        .find((event) => event?.kind === 'lease-opened' && event.lease === id);
      return { ...receipt, ref: refOf(opened) };
    } catch (error) {
      const before = revertOf(error) === 'LeaseExists' ? await openedBefore(lease) : undefined;
      if (before === undefined) throw error;
      return before;
    }
  }

  async function openedBefore(
    lease: AgreedLease,
  ): Promise<(Receipt & { readonly ref: LeaseRef }) | undefined> {
    const history = await chain.eventsSince(network.fromBlock, { lease: leaseIdOf(lease.order.message) });
    const opened = history.find(({ kind }) => kind === 'lease-opened');
    if (opened?.kind !== 'lease-opened' || opened.terms.operator !== lease.bid.message.operator)
      return undefined;
    const [receipt, block] = await Promise.all([
      ask(rpc, (client) => client.getTransactionReceipt({ hash: opened.tx })),
      ask(rpc, (client) => client.getBlock({ blockNumber: BigInt(opened.block) })),
    ]);
    const { tx, block: number } = opened;
    const timestamp = Number(block.timestamp);
    return { tx, block: number, timestamp, gasUsed: receipt.gasUsed, ref: refOf(opened) };
  }

  return {
    address: key.address,
    open,
    markReady: (ref, { message, signer, signature }) =>
      receiptOf(
        market('markReady', { functionName: 'markReady', args: [ref, message.readyAt, signer, signature] }),
      ),
    collect: async (refs) => {
      const { receipt, logs } = await market(
        'collect',
        { functionName: 'collect', args: [refs] },
        spareGas.collecting * BigInt(refs.length),
      );
      const amounts = logs
        .map(decodeEvent)
        .map((event) => (event?.kind === 'lease-collected' ? event.amount : 0n));
      return { ...receipt, collected: amounts.reduce((sum, amount) => sum + amount, 0n) };
    },
    topUp: (ref, amount) => receiptOf(market('topUp', { functionName: 'topUp', args: [ref, amount] })),
    amend: (ref, { tenant, operator }) => {
      const args = [ref, tenant.message, tenant.signer, tenant.signature, operator.signature] as const;
      return receiptOf(market('amend', { functionName: 'amend', args }));
    },
    close: (ref, effectiveAt) =>
      receiptOf(market('close', { functionName: 'close', args: [ref, effectiveAt] })),
    closeSigned: (ref, { message, signer, signature }) => {
      const args = [ref, message.effectiveAt, signer, signature] as const;
      return receiptOf(market('closeSigned', { functionName: 'closeSigned', args }));
    },
    closeExhausted: (ref) =>
      receiptOf(market('closeExhausted', { functionName: 'closeExhausted', args: [ref] })),
    deposit: (amount) =>
      receiptOf(
        wallet.spend(network.market, amount, (permit) => {
          if (permit === undefined)
            return market('deposit', { functionName: 'deposit', args: [token, amount] });
          const { deadline, v, r, s } = permit;
          const args = [token, amount, deadline, v, r, s] as const;
          return market('deposit', { functionName: 'depositWithPermit', args });
        }),
      ),
    withdraw: (amount) => receiptOf(market('withdraw', { functionName: 'withdraw', args: [token, amount] })),
    cancelAll: () => receiptOf(market('cancelAll', { functionName: 'cancelAll' })),
    register: (hotKey, bond, metadata) =>
      receiptOf(
        wallet.spend(network.operators, bond, (permit) => {
          if (permit === undefined) {
            return operators('register', { functionName: 'register', args: [hotKey, bond, metadata] });
          }
          const { deadline, v, r, s } = permit;
          const args = [hotKey, bond, metadata, deadline, v, r, s] as const;
          return operators('register', { functionName: 'registerWithPermit', args });
        }),
      ),
    rotateHotKey: (hotKey) =>
      receiptOf(operators('rotateHotKey', { functionName: 'rotateHotKey', args: [hotKey] })),
    addBond: (amount) =>
      receiptOf(
        wallet.spendApproved(network.operators, amount, () =>
          operators('addBond', { functionName: 'bond', args: [amount] }),
        ),
      ),
    sendGas: (to, wei) => receiptOf(sender.send({ call: 'sendGas', to, value: wei })),
    mintTest: (to, amount) => {
      const data = encodeFunctionData({ abi: tokenAbi, functionName: 'mint', args: [to, amount] });
      return receiptOf(sender.send({ call: 'mintTest', to: token, data }));
    },
    get subnets() {
      subnets ??= createSubnetWriter(base, network);
      return subnets;
    },
    [Symbol.asyncDispose]: () => sender[Symbol.asyncDispose](),
  };
}

/** For a process that does nothing else on chain with this key. Throws `chain.no-subnets`. */
export function startSubnetWriter(
  deps: WriterDeps,
  settings: ChainSettings = {},
): SubnetWriter & AsyncDisposable {
  subnetsOf(deps.chain.network);
  const writer = startWriter(deps, settings);
  return { ...writer.subnets, [Symbol.asyncDispose]: () => writer[Symbol.asyncDispose]() };
}

async function receiptOf(mined: Promise<Mined>): Promise<Receipt> {
  return (await mined).receipt;
}

function refOf(opened: ChainEvent | undefined): LeaseRef {
  if (opened?.kind !== 'lease-opened') {
    throw new Fault('chain.no-event', 'the lease was opened, but no event says so', { blame: 'chain' });
  }
  return { lease: opened.lease, terms: opened.terms };
}
