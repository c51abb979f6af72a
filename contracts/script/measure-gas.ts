/** Walks through the life of leases on an anvil of its own, one real transaction a row, and notes what each cost. */
import { type Bid, digestOf, hashMessage, type MessageName, type Messages, type Order } from '@souk/protocol';
import { type Address, type Hex, keccak256, parseEventLogs, parseSignature, stringToHex, zeroAddress } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';
import { foundry } from 'viem/chains';
import { feeSinkAbi, feeSinkBytecode } from '../../packages/chain/src/abi/fee-sink.ts';
import { marketAbi, marketBytecode } from '../../packages/chain/src/abi/market.ts';
import { operatorsAbi, operatorsBytecode } from '../../packages/chain/src/abi/operators.ts';
import { testStablecoinAbi, testStablecoinBytecode } from '../../packages/chain/src/abi/test-stablecoin.ts';
import { deploy, deployer, key, node, now, onAnvil, reader, send, wait } from './gas-chain.ts';
import { measureSubnets, type SubnetGas } from './measure-subnets.ts';

interface LeaseGas {
  readonly open: number;
  readonly openByAgent: number;
  readonly openByAnyone: number;
  readonly firstDeposit: number;
  readonly nextDeposit: number;
  readonly markReady: number;
  readonly topUp: number;
  readonly collectBatch10PerLease: number;
  readonly firstCollectBatch10PerLease: number;
  readonly amend: number;
  readonly closeRefund: number;
  readonly closeRefundClawback: number;
  readonly closeNewAccounts: number;
  readonly closeExhausted: number;
  readonly withdraw: number;
  readonly cancelAll: number;
  readonly registerBond: number;
}

const never = 1_900_000_000;
const dollar = 1_000_000n;
const rate = dollar / 2n;
const people = {
  deployer,
  tenant: key('tenant'),
  newTenant: key('new tenant'),
  agent: key('agent'),
  cold: key('cold'),
  hot: key('hot'),
  newCold: key('new cold'),
  newHot: key('new hot'),
  stranger: key('stranger'),
};

type Terms = Awaited<ReturnType<typeof openedBy>>['terms'];
type Ref = Awaited<ReturnType<typeof openedBy>>;

let market: Address = zeroAddress;
let operators: Address = zeroAddress;
let token: Address = zeroAddress;

export type Gas = LeaseGas & SubnetGas;

export async function measureAll(): Promise<Gas> {
  return onAnvil(async () => {
    await deployAll();
    return { ...(await walk()), ...(await measureSubnets()) };
  });
}

async function deployAll(): Promise<void> {
  for (const { address } of Object.values(people)) await node().setBalance({ address, value: 10n ** 20n });
  token = await deploy(testStablecoinAbi, testStablecoinBytecode, []);
  const feeSink = await deploy(feeSinkAbi, feeSinkBytecode, []);
  operators = await deploy(operatorsAbi, operatorsBytecode, [token, feeSink, 100n * dollar, 86_400, []]);
  market = await deploy(marketAbi, marketBytecode, [operators, feeSink, 100, [token]]);
  for (const { address } of Object.values(people)) {
    await send(people.deployer, token, testStablecoinAbi, 'mint', [address, 10_000n * dollar]);
  }
}

async function gasOf(
  from: PrivateKeyAccount,
  functionName: string,
  args: readonly unknown[],
): Promise<number> {
  return Number((await send(from, market, marketAbi, functionName, args)).gasUsed);
}

function sign<N extends MessageName>(by: PrivateKeyAccount, name: N, message: Messages[N]): Promise<Hex> {
  return by.sign({ hash: digestOf({ chainId: foundry.id, market }, name, message) });
}

async function permit(by: PrivateKeyAccount, spender: Address, value: bigint) {
  const nonce = await reader().readContract({
    address: token,
    abi: testStablecoinAbi,
    functionName: 'nonces',
    args: [by.address],
  });
  const { r, s, v } = parseSignature(
    await by.signTypedData({
      domain: { name: 'Souk Test Dollar', version: '1', chainId: foundry.id, verifyingContract: token },
      types: {
        Permit: [
          { name: 'owner', type: 'address' },
          { name: 'spender', type: 'address' },
          { name: 'value', type: 'uint256' },
          { name: 'nonce', type: 'uint256' },
          { name: 'deadline', type: 'uint256' },
        ],
      },
      primaryType: 'Permit',
      message: { owner: by.address, spender, value, nonce, deadline: BigInt(never) },
    }),
  );
  return [BigInt(never), Number(v), r, s] as const;
}

async function deposit(by: PrivateKeyAccount, amount: bigint): Promise<number> {
  return gasOf(by, 'depositWithPermit', [token, amount, ...(await permit(by, market, amount))]);
}

async function register(cold: PrivateKeyAccount, hot: PrivateKeyAccount): Promise<number> {
  const bond = 100n * dollar;
  const args = [hot.address, bond, keccak256('0x01'), ...(await permit(cold, operators, bond))];
  return Number((await send(cold, operators, operatorsAbi, 'registerWithPermit', args)).gasUsed);
}

type Way = 'tenant' | 'agent' | 'anyone';

async function open(
  name: string,
  amount = 5n * dollar,
  { way = 'tenant', tenant = people.tenant, cold = people.cold, hot = people.hot } = {} as {
    way?: Way;
    tenant?: PrivateKeyAccount;
    cold?: PrivateKeyAccount;
    hot?: PrivateKeyAccount;
  },
) {
  const order: Order = {
    tenant: tenant.address,
    agent: people.agent.address,
    watcher: zeroAddress,
    token,
    manifest: keccak256('0x6d'),
    requirements: keccak256('0x72'),
    maxRate: rate,
    deposit: amount,
    clawbackWindow: 600,
    startWindow: 300,
    expiresAt: never,
    counter: 0n,
    salt: keccak256(stringToHex(name)),
  };
  const id = hashMessage('Order', order);
  const bid: Bid = { order: id, operator: cold.address, rate, minimumCharge: 0n, expiresAt: never };
  const acceptance = { order: id, bid: hashMessage('Bid', bid) };
  const orderSig = way === 'agent' ? await sign(tenant, 'Order', order) : '0x';
  const acceptanceSig = await sign(way === 'agent' ? people.agent : tenant, 'Acceptance', acceptance);
  const bidSig = way === 'anyone' ? await sign(hot, 'Bid', bid) : '0x';
  const args = [order, bid, orderSig, acceptanceSig, bidSig];
  return openedBy(way === 'anyone' ? people.stranger : hot, args);
}

async function openedBy(sender: PrivateKeyAccount, args: readonly unknown[]) {
  const receipt = await send(sender, market, marketAbi, 'open', args);
  const [opened] = parseEventLogs({ abi: marketAbi, logs: receipt.logs, eventName: 'LeaseOpened' });
  if (!opened) throw new Error('no lease');
  return { lease: opened.args.lease, terms: opened.args.terms, gas: Number(receipt.gasUsed) };
}

async function openMany(name: string, count: number, amount?: bigint): Promise<readonly Ref[]> {
  const refs: Ref[] = [];
  for (let i = 0; i < count; i++) refs.push(await open(`${name} ${i}`, amount));
  return refs;
}

async function markReady(ref: Ref): Promise<number> {
  const readyAt = await now();
  const sig = await sign(people.tenant, 'Ready', { lease: ref.lease, readyAt });
  return gasOf(people.hot, 'markReady', [ref, readyAt, people.tenant.address, sig]);
}

async function amend(ref: Ref): Promise<number> {
  const amendment: Messages['Amendment'] = {
    lease: ref.lease,
    terms: await hashTerms(ref.terms),
    manifest: keccak256('0x02'),
    requirements: keccak256('0x03'),
    rate: rate * 2n,
    minimumCharge: 0n,
    deposit: dollar,
    expiresAt: never,
  };
  const tenantSig = await sign(people.tenant, 'Amendment', amendment);
  const operatorSig = await sign(people.hot, 'Amendment', amendment);
  return gasOf(people.stranger, 'amend', [ref, amendment, people.tenant.address, tenantSig, operatorSig]);
}

function hashTerms(terms: Terms): Promise<Hex> {
  return reader().readContract({ address: market, abi: marketAbi, functionName: 'hashTerms', args: [terms] });
}

/** Rows are those of a market in use, unless they say first or new: the accounts they pay into hold something. */
async function walk(): Promise<LeaseGas> {
  await register(people.cold, people.hot);
  const registerBond = await register(people.newCold, people.newHot);
  await deposit(people.tenant, 1_000n * dollar);
  const firstDeposit = await deposit(people.newTenant, 5n * dollar);
  const nextDeposit = await deposit(people.tenant, 10n * dollar);

  const { gas: openGas, ...lease } = await open('by tenant');
  const openByAgent = (await open('by agent', undefined, { way: 'agent' })).gas;
  const openByAnyone = (await open('by anyone', undefined, { way: 'anyone' })).gas;
  const fresh = { tenant: people.newTenant, cold: people.newCold, hot: people.newHot };
  const emptied = await open('all of a new balance', 5n * dollar, fresh);
  const ready: Ref = { ...lease, gas: 0 };
  const markReadyGas = await markReady(ready);
  const batch = await openMany('batch', 10);
  const brief = await open('brief', rate / 60n);

  await wait(3_600);
  const closeNewAccounts = await gasOf(people.newTenant, 'close', [emptied, await now()]);
  const firstCollect = await gasOf(people.hot, 'collect', [batch]);
  await wait(3_600);
  const collect = await gasOf(people.hot, 'collect', [batch]);
  const topUp = await gasOf(people.tenant, 'topUp', [ready, dollar]);
  const amendGas = await amend(ready);
  const [first, second] = batch;
  const closesAt = (await now()) + 1;
  await node().setNextBlockTimestamp({ timestamp: BigInt(closesAt) });
  const closeRefund = await gasOf(people.tenant, 'close', [first, closesAt]);
  const closeRefundClawback = await gasOf(people.tenant, 'close', [second, (await now()) - 300]);
  const closeExhausted = await gasOf(people.stranger, 'closeExhausted', [brief]);
  const withdraw = await gasOf(people.tenant, 'withdraw', [token, dollar]);
  const cancelAll = await gasOf(people.tenant, 'cancelAll', []);

  return {
    open: openGas,
    openByAgent,
    openByAnyone,
    firstDeposit,
    nextDeposit,
    markReady: markReadyGas,
    topUp,
    collectBatch10PerLease: Math.ceil(collect / 10),
    firstCollectBatch10PerLease: Math.ceil(firstCollect / 10),
    amend: amendGas,
    closeRefund,
    closeRefundClawback,
    closeNewAccounts,
    closeExhausted,
    withdraw,
    cancelAll,
    registerBond,
  };
}
