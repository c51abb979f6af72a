/** What the fake chain's contracts remember, and the rules of stake and registration. Epochs are in rounds.ts. */
import type { Child, Permit, SubnetEvent } from '@souk/chain';
import {
  type Address,
  defaultSubnetParams,
  type EpochAttestation,
  Fault,
  type Hex,
  type SubnetParamName,
  type SubnetParams,
  zeroHash,
} from '@souk/protocol';

export interface LedgerOptions {
  /** SOUK emitted to every subnet in each block. */
  readonly emission: bigint;
  readonly unbondingSeconds: number;
  /** Blocks without a post after which two thirds of all stake may post. */
  readonly quorumPatience: number;
}

/** Who calls, in which block. */
export interface Call {
  readonly from: Address;
  readonly block: number;
  readonly timestamp: number;
  /** Of a block that is there already. */
  blockHash(block: number): Hex | undefined;
  emit(event: Unplaced<SubnetEvent>): void;
}
type Unplaced<E> = E extends SubnetEvent ? Omit<E, 'block' | 'logIndex' | 'tx'> : never;

export interface Pool {
  stake: bigint;
  shares: bigint;
  readonly sharesOf: Map<Address, bigint>;
}

export interface Registration {
  readonly operator: Address;
  readonly block: number;
  readonly collateral: bigint;
  servedAt: number;
  /** Unix seconds; 0 while it lasts. */
  endedAt: number;
  isWithdrawn: boolean;
}

export interface FakeSubnet {
  readonly id: number;
  owner: Address;
  readonly startBlock: number;
  readonly tempo: number;
  readonly params: { readonly name: SubnetParamName; readonly value: bigint; readonly fromEpoch: number }[];
  readonly registrations: Map<number, Registration>;
  readonly pools: Map<Address, Pool>;
  readonly unbondings: Map<string, { amount: bigint; availableAt: number }[]>;
  /** By epoch and operator. */
  readonly commits: Map<string, Hex>;
  readonly revealed: Set<string>;
  readonly claimed: Map<Address, bigint>;
  posted:
    | { attestation: EpochAttestation; permits: readonly Permit[]; prunable: readonly number[] }
    | undefined;
  postedAt: number;
  nextEpoch: number;
  total: bigint;
  rewardRoot: Hex;
  isDissolved: boolean;
}

export interface Ledger {
  readonly options: LedgerOptions;
  readonly souk: Map<Address, bigint>;
  readonly hotKeys: Map<Address, Address>;
  readonly subnets: Map<number, FakeSubnet>;
}

export function newLedger(options: LedgerOptions): Ledger {
  return { options, souk: new Map(), hotKeys: new Map(), subnets: new Map() };
}

export function demand(condition: boolean, error: string): asserts condition {
  if (condition) return;
  throw new Fault('chain.reverted', `refused by the contract: ${error}`, { blame: 'chain', data: { error } });
}

export function subnetIn(ledger: Ledger, id: number): FakeSubnet {
  const subnet = ledger.subnets.get(id);
  demand(subnet !== undefined && !subnet.isDissolved, 'SubnetUnknown');
  return subnet;
}

export function epochAt(subnet: FakeSubnet, block: number): number {
  return Math.max(0, Math.floor((block - subnet.startBlock) / subnet.tempo));
}

export function paramsAt(subnet: FakeSubnet, epoch: number): SubnetParams {
  const changed = subnet.params.filter((param) => param.fromEpoch <= epoch);
  return { ...defaultSubnetParams, ...Object.fromEntries(changed.map(({ name, value }) => [name, value])) };
}

export function operatorByHotKey(ledger: Ledger, hotKey: Address): Address {
  const found = [...ledger.hotKeys].find(([, key]) => key === hotKey)?.[0];
  demand(found !== undefined, 'NotHotKey');
  return found;
}

export function stakeIn(subnet: FakeSubnet): bigint {
  return [...subnet.pools.values()].reduce((sum, pool) => sum + pool.stake, 0n);
}

function pay(ledger: Ledger, account: Address, amount: bigint): void {
  const balance = (ledger.souk.get(account) ?? 0n) + amount;
  demand(balance >= 0n, 'BalanceTooSmall');
  ledger.souk.set(account, balance);
}

export function create(
  ledger: Ledger,
  call: Call,
  wish: { readonly tempo: number; readonly identity: string; readonly params?: Partial<SubnetParams> },
): number {
  demand(wish.tempo >= 12, 'TempoTooShort');
  const id = ledger.subnets.size + 1;
  const params = Object.entries(wish.params ?? {}).map(([name, value]) => ({
    name: name as SubnetParamName,
    value,
    fromEpoch: 0,
  }));
  ledger.subnets.set(id, {
    id,
    owner: call.from,
    startBlock: call.block,
    tempo: wish.tempo,
    params,
    registrations: new Map(),
    pools: new Map(),
    unbondings: new Map(),
    commits: new Map(),
    revealed: new Set(),
    claimed: new Map(),
    posted: undefined,
    postedAt: 0,
    nextEpoch: 0,
    total: 0n,
    rewardRoot: zeroHash,
    isDissolved: false,
  });
  const { tempo, identity } = wish;
  call.emit({
    kind: 'subnet-created',
    subnet: id,
    owner: call.from,
    startBlock: call.block,
    tempo,
    price: 0n,
  });
  call.emit({ kind: 'identity-set', subnet: id, identity });
  for (const param of params) call.emit({ kind: 'param-set', subnet: id, ...param });
  return id;
}

export function setParam(ledger: Ledger, call: Call, id: number, name: SubnetParamName, value: bigint): void {
  const subnet = subnetIn(ledger, id);
  demand(call.from === subnet.owner, 'NotOwner');
  const param = { name, value, fromEpoch: epochAt(subnet, call.block) + 1 };
  subnet.params.push(param);
  call.emit({ kind: 'param-set', subnet: id, ...param });
}

export function register(ledger: Ledger, call: Call, id: number, maxPrice: bigint): number {
  const subnet = subnetIn(ledger, id);
  const params = paramsAt(subnet, epochAt(subnet, call.block));
  const price = params.minPrice;
  demand(ledger.hotKeys.has(call.from), 'OperatorUnknown');
  demand(params.isRegistrationOpen === 1n, 'RegistrationClosed');
  demand(price <= maxPrice, 'PriceAboveLimit');
  pay(ledger, call.from, -(price + params.collateral));
  const live = [...subnet.registrations].filter(([, { endedAt }]) => endedAt === 0);
  demand(!live.some(([, { operator }]) => operator === call.from), 'RegisteredAlready');
  if (live.length >= Number(params.maxMiners)) {
    const next = subnet.posted?.prunable.find((registration) => live.some(([one]) => one === registration));
    demand(next !== undefined, 'NoSlot');
    end(subnet, call, next, 'pruned');
  }
  const registration = subnet.registrations.size + 1;
  subnet.registrations.set(registration, {
    operator: call.from,
    block: call.block,
    collateral: params.collateral,
    servedAt: -Infinity,
    endedAt: 0,
    isWithdrawn: false,
  });
  const { collateral } = params;
  call.emit({ kind: 'registered', subnet: id, registration, operator: call.from, price, collateral });
  return registration;
}

export function deregister(ledger: Ledger, call: Call, id: number, registration: number): void {
  const subnet = subnetIn(ledger, id);
  demand(subnet.registrations.get(registration)?.operator === call.from, 'NotYours');
  end(subnet, call, registration, 'left');
}

function end(subnet: FakeSubnet, call: Call, registration: number, why: 'left' | 'pruned'): void {
  const known = subnet.registrations.get(registration);
  demand(known !== undefined && known.endedAt === 0, 'RegistrationUnknown');
  known.endedAt = call.timestamp;
  call.emit({ kind: 'deregistered', subnet: subnet.id, registration, operator: known.operator, why });
}

export function withdrawCollateral(ledger: Ledger, call: Call, id: number, registration: number): void {
  const known = ledger.subnets.get(id)?.registrations.get(registration);
  demand(known?.operator === call.from, 'NotYours');
  const isFree = known.endedAt > 0 && call.timestamp >= known.endedAt + ledger.options.unbondingSeconds;
  demand(isFree && !known.isWithdrawn, 'NotYet');
  known.isWithdrawn = true;
  pay(ledger, call.from, known.collateral);
}

export interface Served {
  readonly endpoints: string;
  readonly units: number;
}

export function serve(ledger: Ledger, call: Call, id: number, registration: number, served: Served): void {
  const subnet = subnetIn(ledger, id);
  const known = subnet.registrations.get(registration);
  demand(known !== undefined && known.endedAt === 0, 'RegistrationUnknown');
  demand(ledger.hotKeys.get(known.operator) === call.from, 'NotHotKey');
  const { serveIntervalBlocks } = paramsAt(subnet, epochAt(subnet, call.block));
  demand(call.block >= known.servedAt + Number(serveIntervalBlocks), 'TooSoon');
  known.servedAt = call.block;
  call.emit({ kind: 'served', subnet: id, registration, ...served });
}

export function stake(ledger: Ledger, call: Call, id: number, operator: Address, amount: bigint): void {
  demand(ledger.hotKeys.has(operator) && amount > 0n, 'OperatorUnknown');
  pay(ledger, call.from, -amount);
  addStake(subnetIn(ledger, id), call, operator, call.from, amount);
}

function addStake(
  subnet: FakeSubnet,
  call: Call,
  operator: Address,
  delegator: Address,
  amount: bigint,
): void {
  const pool = subnet.pools.get(operator) ?? { stake: 0n, shares: 0n, sharesOf: new Map() };
  const shares = pool.shares === 0n ? amount : (amount * pool.shares) / pool.stake;
  subnet.pools.set(operator, pool);
  pool.stake += amount;
  pool.shares += shares;
  pool.sharesOf.set(delegator, (pool.sharesOf.get(delegator) ?? 0n) + shares);
  tellStake(subnet, call, operator, delegator);
}

function takeStake(
  subnet: FakeSubnet,
  call: Call,
  operator: Address,
  delegator: Address,
  amount: bigint,
): void {
  const pool = subnet.pools.get(operator);
  demand(
    pool !== undefined && amount > 0n && amount <= stakeOf(subnet, operator, delegator),
    'StakeTooSmall',
  );
  const shares = amount === pool.stake ? pool.shares : (amount * pool.shares + pool.stake - 1n) / pool.stake;
  pool.stake -= amount;
  pool.shares -= shares;
  pool.sharesOf.set(delegator, (pool.sharesOf.get(delegator) ?? 0n) - shares);
  tellStake(subnet, call, operator, delegator);
}

function tellStake(subnet: FakeSubnet, call: Call, operator: Address, delegator: Address): void {
  const pool = subnet.pools.get(operator);
  call.emit({
    kind: 'stake-changed',
    subnet: subnet.id,
    operator,
    delegator,
    shares: pool?.sharesOf.get(delegator) ?? 0n,
    poolStake: pool?.stake ?? 0n,
    poolShares: pool?.shares ?? 0n,
  });
}

export function stakeOf(subnet: FakeSubnet, operator: Address, delegator: Address): bigint {
  const pool = subnet.pools.get(operator);
  if (pool === undefined || pool.shares === 0n) return 0n;
  return ((pool.sharesOf.get(delegator) ?? 0n) * pool.stake) / pool.shares;
}

export function unstake(ledger: Ledger, call: Call, id: number, operator: Address, amount: bigint): void {
  const subnet = subnetIn(ledger, id);
  takeStake(subnet, call, operator, call.from, amount);
  const key = `${operator} ${call.from}`;
  const availableAt = call.timestamp + ledger.options.unbondingSeconds;
  subnet.unbondings.set(key, [...(subnet.unbondings.get(key) ?? []), { amount, availableAt }]);
}

export function finishUnstake(ledger: Ledger, call: Call, id: number, operator: Address): void {
  const subnet = ledger.subnets.get(id);
  const key = `${operator} ${call.from}`;
  const all = subnet?.unbondings.get(key) ?? [];
  const due = all.filter(({ availableAt }) => availableAt <= call.timestamp);
  demand(subnet !== undefined && due.length > 0, 'NotYet');
  subnet.unbondings.set(
    key,
    all.filter((one) => !due.includes(one)),
  );
  for (const { amount } of due) pay(ledger, call.from, amount);
}

interface Place {
  readonly subnet: number;
  readonly operator: Address;
}

export function moveStake(ledger: Ledger, call: Call, from: Place, to: Place, amount: bigint): void {
  const into = subnetIn(ledger, to.subnet);
  demand(from.operator !== call.from && ledger.hotKeys.has(to.operator), 'NotMovable');
  takeStake(subnetIn(ledger, from.subnet), call, from.operator, call.from, amount);
  addStake(into, call, to.operator, call.from, amount);
}

export function transferStake(ledger: Ledger, call: Call, place: Place, to: Address, amount: bigint): void {
  demand(place.operator !== call.from, 'NotMovable');
  const subnet = subnetIn(ledger, place.subnet);
  takeStake(subnet, call, place.operator, call.from, amount);
  addStake(subnet, call, place.operator, to, amount);
}

export function setTake(ledger: Ledger, call: Call, id: number, take: number): void {
  demand(ledger.hotKeys.has(call.from) && subnetIn(ledger, id).id === id, 'OperatorUnknown');
  call.emit({ kind: 'take-set', subnet: id, operator: call.from, take });
}

export function setChildren(ledger: Ledger, call: Call, id: number, children: readonly Child[]): void {
  demand(ledger.hotKeys.has(call.from), 'OperatorUnknown');
  const fromEpoch = epochAt(subnetIn(ledger, id), call.block) + 1;
  call.emit({ kind: 'children-set', subnet: id, operator: call.from, children, fromEpoch });
}

export function setHotKey(ledger: Ledger, call: Call, hotKey: Address): void {
  ledger.hotKeys.set(call.from, hotKey);
  call.emit({ kind: 'hot-key', operator: call.from, hotKey });
}

export function transferSouk(ledger: Ledger, call: Call, to: Address, amount: bigint): void {
  pay(ledger, call.from, -amount);
  pay(ledger, to, amount);
}
