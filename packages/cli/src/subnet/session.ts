/** What the subnet commands are built from: the chain's subnets as they are read and written, and their history. */
import { join } from 'node:path';
import {
  chainConfigSchema,
  type ChainReads,
  connectSubnets,
  type Receipt,
  startSubnetWriter,
  type SubnetReads,
  type SubnetWriter,
} from '@souk/chain';
import { openStore } from '@souk/daemon';
import { type Address, Fault } from '@souk/protocol';
import { readSettings } from '../config.ts';
import type { Context } from '../context.ts';
import { ensureRegistered } from '../provide/registration.ts';
import { type ChainSession, openChain, openWriter, walletFor } from '../session.ts';
import type { Wallet } from '../wallet.ts';
import { timeText } from '../format.ts';
import { souk, soukText } from './amounts.ts';
import { computeWith } from './compute.ts';
import { readHistory, type SubnetHistory } from './history.ts';
import type { Registration, SubnetPicture } from './state.ts';

export interface SubnetSession extends ChainSession {
  readonly reads: SubnetReads;
  /** Throws `subnet.not-found`. */
  history(subnet: number): Promise<SubnetHistory>;
  /** The key that signs. Throws `cli.no-key`. */
  readonly wallet: () => Wallet;
}

export async function openSubnets(context: Context, stack: AsyncDisposableStack): Promise<SubnetSession> {
  const { network, chain } = openChain(context, stack);
  const reads = connectSubnets(chain, readSettings(context, { chain: chainConfigSchema }).chain);
  await chain.check();
  const store = stack.use(openStore(join(network.home.folder, 'subnets.db')));
  const deps = { reads, store, fromBlock: network.book.fromBlock, compute: computeWith(context, reads) };
  let wallet: Wallet | undefined;
  return {
    network,
    chain,
    reads,
    history: (subnet) => readHistory(deps, subnet),
    wallet: () => (wallet ??= walletFor(context, network)),
  };
}

export async function openSubnetWriter(
  context: Context,
  stack: AsyncDisposableStack,
  session: SubnetSession,
): Promise<SubnetWriter> {
  const key = await session.wallet().unlock();
  return stack.use(startSubnetWriter({ chain: session.chain, key, log: context.log }));
}

/** Makes sure that this key is a bonded operator; asks before it costs anything. */
export async function ensureOperator(context: Context, session: SubnetSession): Promise<Address> {
  await using stack = new AsyncDisposableStack();
  const writer = await openWriter(context, stack, { ...session, wallet: session.wallet() });
  return await ensureRegistered(context, session.chain, writer);
}

/** The operator whose hot key the session's key is; else the key itself, which may be a delegator's. */
export async function operatorOrSelf({
  chain,
  wallet,
}: Pick<SubnetSession, 'chain' | 'wallet'>): Promise<Address> {
  const { address } = wallet();
  return (await chain.operatorByHotKey(address)) ?? address;
}

/** The operator whose hot key it is. Throws `subnet.no-operator`. */
export async function operatorOfKey(chain: ChainReads, key: Address): Promise<Address> {
  const operator = await chain.operatorByHotKey(key);
  if (operator !== undefined) return operator;
  throw new Fault('subnet.no-operator', `${key} is no operator’s key`, {
    blame: 'user',
    remedy: 'become one with `souk subnet register SUBNET` or `souk subnet stake SUBNET AMOUNT`',
  });
}

/** Sends a transaction, having said so: it takes as long as a block does. */
export function send<R extends Receipt>(context: Context, what: string, work: () => Promise<R>): Promise<R> {
  context.output.note(`• ${what} …`);
  return work();
}

/** What a refusal says of when it ends: the name of the contract's error and of its argument, in blocks or unix seconds. */
export interface Until {
  readonly error: string;
  readonly argument: string;
  readonly in: 'blocks' | 'seconds';
}

/** Does `work`; where the contract refuses it as `until` says, waits for that block or time and does it again. */
export async function whenAllowed<T>(
  context: Context,
  { reads }: Pick<SubnetSession, 'reads'>,
  { until, work }: { readonly until: Until; readonly work: () => Promise<T> },
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const at = refusedUntil(error, until);
    if (at === undefined) throw error;
    context.output.note(
      until.in === 'blocks'
        ? `• it is closed until block ${at}: waiting …`
        : `• not before ${timeText(at * 1000)}: waiting …`,
    );
    for (;;) {
      const head = await reads.head();
      if ((until.in === 'blocks' ? head.number : head.timestamp) >= at) return await work();
      await context.clock.sleep(lookEveryMs, context.signal);
    }
  }
}

function refusedUntil(error: unknown, { error: name, argument }: Until): number | undefined {
  if (!(error instanceof Fault) || error.code !== 'chain.reverted' || error.data['error'] !== name)
    return undefined;
  const value = (error.data['args'] as Readonly<Record<string, unknown>> | undefined)?.[argument];
  return value === undefined ? undefined : Number(value);
}

const lookEveryMs = 500;

/** Throws `cli.declined`. */
export async function agree(context: Context, question: string): Promise<void> {
  if (await context.prompts.confirm(question)) return;
  throw new Fault('cli.declined', 'it was not agreed to', { blame: 'user' });
}

/** Told of every epoch that has to be computed, it says so once. */
export function computing(context: Context): (epoch: number) => void {
  let isSaid = false;
  return (epoch) => {
    if (!isSaid) context.output.note(`• computing epochs from ${epoch} on from the chain’s events …`);
    isSaid = true;
  };
}

/** Throws `cli.low-balance` where the wallet has less SOUK. */
export async function checkSouk(session: SubnetSession, needs: bigint): Promise<void> {
  const { address } = session.wallet();
  const has = await session.reads.soukBalanceOf(address);
  if (has >= needs) return;
  throw new Fault('cli.low-balance', `the wallet has ${soukText(has)}, and ${soukText(needs)} are needed`, {
    blame: 'user',
    data: { has, needs, symbol: souk.symbol },
    remedy: session.network.book.isLocal
      ? 'get some with `souk faucet`'
      : `bring ${souk.symbol} to ${address} first`,
  });
}

/** Throws `subnet.stake-too-small` where this key has less there. */
export async function checkStake(
  session: SubnetSession,
  {
    subnet,
    operator,
    amount,
  }: { readonly subnet: number; readonly operator: Address; readonly amount: bigint },
): Promise<void> {
  const has = await session.reads.stakeOf(subnet, operator, session.wallet().address);
  if (has >= amount) return;
  throw new Fault(
    'subnet.stake-too-small',
    `${soukText(has)} of this key are staked with ${operator} in subnet ${subnet}`,
    {
      blame: 'user',
      data: { subnet, operator, has, amount },
      remedy: 'see what is yours with `souk subnet show SUBNET`, and name the validator with --operator',
    },
  );
}

/** The place that an operator holds. Throws `subnet.not-registered`. */
export function placeOf(picture: SubnetPicture, operator: Address): Registration {
  const own = [...picture.registrations.values()].filter((one) => one.operator === operator);
  const living = own.find(({ ended }) => ended === undefined);
  if (living) return living;
  const last = own.at(-1);
  const why =
    last?.ended?.why === 'pruned'
      ? `UID ${last.registration} was pruned in block ${last.ended.block}`
      : 'it has no place';
  throw new Fault('subnet.not-registered', `${operator} mines nothing in subnet ${picture.subnet}: ${why}`, {
    blame: 'user',
    data: { subnet: picture.subnet, operator },
    remedy: `take a place with \`souk subnet register ${picture.subnet}\``,
  });
}
