/**
 * Subnets as they are written, by one key: the port SubnetWriter over the sender that all writes of the key go through.
 * SOUK leaves the wallet by permit, so that staking, registering and founding are one transaction each.
 */
import {
  type Address,
  type EpochAttestation,
  Fault,
  type Hex,
  type Signed,
  subnetParams as paramTable,
  type SubnetParams,
  zeroAddress,
} from '@souk/protocol';
import { encodeFunctionData, parseSignature, signatureToCompactSignature } from 'viem';
import { operatorsAbi } from '../abi/operators.ts';
import type { Network, Receipt } from '../chain.ts';
import { lower } from '../logs.ts';
import type { Permit as TokenPermit } from '../permit.ts';
import { ask, type Rpc } from '../rpc.ts';
import { createSpending, type SpendingDeps } from '../spending.ts';
import type { Mined } from '../transactions.ts';
import { decodeSubnetEvent, readSubnetEvents } from './events.ts';
import type { SubnetEvent, SubnetWriter } from './port.ts';
import { contractsOf, subnetsOf } from './reads.ts';

type Contracts = ReturnType<typeof contractsOf>;
type CallOf<C extends keyof Contracts> = Omit<
  Parameters<typeof encodeFunctionData<Contracts[C]['abi']>>[0],
  'abi'
>;

/** A stake or a claim in a new block writes slots that the estimate found written: 66k gas. Unused gas is free. */
const spareGas = 120_000n;
const keyOf = new Map(paramTable.map(({ name }, key) => [name, key]));

/** Throws `chain.no-subnets` where the network has none. */
export function createSubnetWriter(deps: SpendingDeps, network: Network): SubnetWriter {
  const { rpc, sender, key } = deps;
  const book = subnetsOf(network);
  const contracts = contractsOf(book);
  const wallet = createSpending(deps, book.token);

  function send<C extends keyof Contracts>(contract: C, call: string, encode: CallOf<C>): Promise<Mined> {
    const { address, abi } = contracts[contract];
    const data = encodeFunctionData({ abi, ...encode } as Parameters<typeof encodeFunctionData>[0]);
    return sender.send({ call, to: address, data, spareGas });
  }

  async function create(wish: Parameters<SubnetWriter['create']>[0]) {
    const { tempo, maxPrice, identity, params = {} } = wish;
    const args = [tempo, maxPrice, identity, toParams(params)] as const;
    const mined = await wallet.spend(book.subnets, maxPrice, (permit) =>
      send(
        'subnets',
        'create',
        permit === undefined
          ? { functionName: 'create', args }
          : { functionName: 'createWithPermit', args: [...args, permissionOf(maxPrice, permit)] },
      ),
    );
    const { subnet } = eventOf(mined, 'subnet-created');
    return { ...mined.receipt, subnet };
  }

  async function register(subnet: number, maxPrice: bigint) {
    const values = await ask(rpc, (client) =>
      client.readContract({ ...contracts.subnets, functionName: 'paramsOf', args: [subnet] }),
    );
    const value = maxPrice + (values[keyOf.get('collateral') ?? 0] ?? 0n);
    const mined = await wallet.spend(book.subnets, value, (permit) =>
      send(
        'subnets',
        'register',
        permit === undefined
          ? { functionName: 'register', args: [subnet, maxPrice] }
          : { functionName: 'registerWithPermit', args: [subnet, maxPrice, permissionOf(value, permit)] },
      ),
    );
    const { registration } = eventOf(mined, 'registered');
    return { ...mined.receipt, registration };
  }

  async function postEpoch(post: Parameters<SubnetWriter['postEpoch']>[0]): Promise<Receipt> {
    const { attestation, signatures, current, validators, prunable } = post;
    const votes = await votesOf(rpc, network.operators, signatures);
    const permitted = new Set(current.map(({ operator }) => operator));
    const args = [
      toAttestation(attestation),
      current,
      current.length === 0 ? votes : votes.filter(({ operator }) => permitted.has(operator)),
      validators,
      prunable,
    ] as const;
    return receiptOf(send('epochs', 'postEpoch', { functionName: 'postEpoch', args }));
  }

  async function slash(a: Signed<EpochAttestation>, b: Signed<EpochAttestation>): Promise<Receipt> {
    const operator = await operatorEverOf(rpc, { ...network, subnets: book }, a.signer);
    const args = [
      operator,
      toAttestation(a.message),
      a.signature,
      toAttestation(b.message),
      b.signature,
    ] as const;
    return receiptOf(send('epochs', 'slash', { functionName: 'slash', args }));
  }

  return {
    address: key.address,
    create,
    setParam: (subnet, name, value) => {
      const args = [subnet, keyOf.get(name) ?? 0, value] as const;
      return receiptOf(send('subnets', 'setParam', { functionName: 'setParam', args }));
    },
    setIdentity: (subnet, identity) =>
      receiptOf(send('subnets', 'setIdentity', { functionName: 'setIdentity', args: [subnet, identity] })),
    setOwner: (subnet, owner) =>
      receiptOf(send('subnets', 'setOwner', { functionName: 'setOwner', args: [subnet, owner] })),
    dissolve: (subnet) =>
      receiptOf(send('subnets', 'dissolve', { functionName: 'dissolve', args: [subnet] })),
    register,
    deregister: (subnet, registration) =>
      receiptOf(send('subnets', 'deregister', { functionName: 'deregister', args: [subnet, registration] })),
    withdrawCollateral: (subnet, registration) => {
      const args = [subnet, registration] as const;
      return receiptOf(send('subnets', 'withdrawCollateral', { functionName: 'withdrawCollateral', args }));
    },
    serve: (subnet, registration, endpoints, units) => {
      const args = [subnet, registration, endpoints, units] as const;
      return receiptOf(send('subnets', 'serve', { functionName: 'serve', args }));
    },
    stake: (subnet, operator, amount) => {
      const args = [subnet, operator, amount] as const;
      const mined = wallet.spend(book.stakes, amount, (permit) =>
        send(
          'stakes',
          'stake',
          permit === undefined
            ? { functionName: 'stake', args }
            : { functionName: 'stakeWithPermit', args: [...args, permissionOf(amount, permit)] },
        ),
      );
      return receiptOf(mined);
    },
    unstake: (subnet, operator, amount) =>
      receiptOf(send('stakes', 'unstake', { functionName: 'unstake', args: [subnet, operator, amount] })),
    finishUnstake: (subnet, operator) =>
      receiptOf(send('stakes', 'finishUnstake', { functionName: 'finishUnstake', args: [subnet, operator] })),
    moveStake: (from, to, amount) => {
      const args = [from.subnet, from.operator, to.subnet, to.operator, amount] as const;
      return receiptOf(send('stakes', 'moveStake', { functionName: 'moveStake', args }));
    },
    transferStake: (subnet, operator, to, amount) => {
      const args = [subnet, operator, to, amount] as const;
      return receiptOf(send('stakes', 'transferStake', { functionName: 'transferStake', args }));
    },
    setTake: (subnet, take) =>
      receiptOf(send('stakes', 'setTake', { functionName: 'setTake', args: [subnet, take] })),
    setChildren: (subnet, children) => {
      const ascending = children
        .toSorted((a, b) => (a.operator < b.operator ? -1 : 1))
        .map(({ operator, proportion }) => ({ operator, proportion: BigInt(proportion) }));
      const args = [subnet, ascending] as const;
      return receiptOf(send('stakes', 'setChildren', { functionName: 'setChildren', args }));
    },
    commit: (subnet, epoch, commit) => {
      const args = [subnet, BigInt(epoch), commit] as const;
      return receiptOf(send('epochs', 'commit', { functionName: 'commit', args }));
    },
    reveal: (subnet, epoch, { salt, version, logRoot, weights }) => {
      const args = [subnet, BigInt(epoch), salt, version, logRoot, weights] as const;
      return receiptOf(send('epochs', 'reveal', { functionName: 'reveal', args }));
    },
    open: (subnet, epoch, evidence) => {
      const args = [subnet, BigInt(epoch), evidence] as const;
      return receiptOf(send('epochs', 'open', { functionName: 'open', args }));
    },
    postEpoch,
    claim: (subnet, account, cumulative, proof) => {
      const args = [subnet, account, cumulative, proof] as const;
      return receiptOf(send('epochs', 'claim', { functionName: 'claim', args }));
    },
    slash,
    transferSouk: (to, amount) =>
      receiptOf(send('souk', 'transferSouk', { functionName: 'transfer', args: [to, amount] })),
  };
}

async function receiptOf(mined: Promise<Mined>): Promise<Receipt> {
  return (await mined).receipt;
}

function eventOf<K extends SubnetEvent['kind']>(
  { receipt, logs }: Mined,
  kind: K,
): Extract<SubnetEvent, { readonly kind: K }> {
  const isOfKind = (event: SubnetEvent | undefined): event is Extract<SubnetEvent, { readonly kind: K }> =>
    event?.kind === kind;
  const found = logs.map(decodeSubnetEvent).find(isOfKind);
  if (found !== undefined) return found;
  throw new Fault('chain.no-event', `transaction ${receipt.tx} was mined, but tells no ${kind}`, {
    blame: 'chain',
  });
}

function toParams(
  params: Partial<SubnetParams>,
): readonly { readonly key: number; readonly value: bigint }[] {
  return paramTable.flatMap(({ name }, key) => {
    const value = params[name];
    return value === undefined ? [] : [{ key, value }];
  });
}

function toAttestation(attestation: EpochAttestation) {
  return { ...attestation, epoch: BigInt(attestation.epoch) };
}

function permissionOf(value: bigint, { deadline, v, r, s }: TokenPermit) {
  return { value, deadline, v, r, s };
}

/** One vote an operator, ascending. Signatures by keys that serve nobody are left out: they would count for nothing. */
async function votesOf(
  rpc: Rpc,
  operators: Address,
  signatures: readonly Signed<EpochAttestation>[],
): Promise<readonly { readonly operator: Address; readonly r: Hex; readonly vs: Hex }[]> {
  const found = await Promise.all(
    signatures.map(async ({ signer, signature }) => {
      const operator = await operatorOf(rpc, operators, signer);
      const { r, yParityAndS } = signatureToCompactSignature(parseSignature(signature));
      return operator === undefined ? [] : [{ operator, r, vs: yParityAndS }];
    }),
  );
  const byOperator = new Map(found.flat().map((vote) => [vote.operator, vote]));
  return [...byOperator.values()].toSorted((a, b) => (a.operator < b.operator ? -1 : 1));
}

async function operatorOf(rpc: Rpc, operators: Address, hotKey: Address): Promise<Address | undefined> {
  const call = { address: operators, abi: operatorsAbi, functionName: 'operatorByHotKey' } as const;
  const operator = lower(await ask(rpc, (client) => client.readContract({ ...call, args: [hotKey] })));
  return operator === zeroAddress ? undefined : operator;
}

/** Who has the hot key, or had it last. */
async function operatorEverOf(
  rpc: Rpc,
  network: Network & Required<Pick<Network, 'subnets'>>,
  hotKey: Address,
): Promise<Address> {
  const now = await operatorOf(rpc, network.operators, hotKey);
  if (now !== undefined) return now;
  const to = Number(await ask(rpc, (client) => client.getBlockNumber()));
  const events = await readSubnetEvents(rpc, network, { from: network.fromBlock, to, subnet: 0 });
  const last = events.findLast((event) => event.kind === 'hot-key' && event.hotKey === hotKey);
  if (last?.kind === 'hot-key') return last.operator;
  throw new Fault('chain.no-operator', `${hotKey} was never the hot key of an operator`, {
    blame: 'user',
    data: { hotKey },
    remedy: 'only who signs for an operator can be held to it',
  });
}
