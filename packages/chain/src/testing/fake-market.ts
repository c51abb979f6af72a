/**
 * The contracts' money rule as a plain state machine, for tests of other rooms: what Market.sol and Operators.sol do
 * to balances, leases and operators, with the same errors. It checks signatures of ordinary keys only. Called by the
 * fake chain; test/fake-market.test.ts holds it equal to the real contracts.
 */
import {
  type Acceptance,
  type Address,
  type Amendment,
  type Bid,
  type Close,
  collectableAt,
  fundedUntil,
  hashMessage,
  type Hex,
  isSignedBySigner,
  leaseIdOf,
  type LeaseMeter,
  type MessageName,
  type Messages,
  type Order,
  owedAt,
  type Ready,
  type Signed,
  zeroAddress,
  zeroHash,
} from '@souk/protocol';
import type { LeaseRef, Operator, Terms } from '../chain.ts';
import type { RevertArgs } from '../meaning.ts';
import { revertFault } from '../reverts.ts';
import { hashTerms } from '../terms.ts';
import {
  activeHotKey,
  type Call,
  type FakeLease,
  type MarketEvent,
  type MarketRules,
  type MarketState,
  operatorByHotKey,
} from './fake-state.ts';

/** Longest windows of an order, in seconds: the constants of Market.sol. */
const maxWindow = { clawback: 7 * 86_400, start: 86_400 };

type BuyingSide = 'tenant' | 'agent' | 'watcher';
type ClosedBy = Extract<MarketEvent, { kind: 'lease-closed' }>['by'];

/** The calls of the contracts on `state`. Each checks first, then changes the state and says what happened. */
export function marketCalls(state: MarketState, rules: MarketRules) {
  function open(
    call: Call,
    lease: {
      readonly order: Signed<Order>;
      readonly bid: Signed<Bid>;
      readonly acceptance: Signed<Acceptance>;
    },
  ): readonly MarketEvent[] {
    const order = lease.order.message;
    const bid = lease.bid.message;
    const id = leaseIdOf(order);
    if (state.leases.has(id)) refuse(call, 'LeaseExists', { lease: id });
    checkOrder(call, order);
    checkBid(call, order, bid);
    mustBeOperator(call, 'Bid', lease.bid, bid.operator);
    checkAcceptance(call, lease);
    take(call, order.token === rules.token ? order.tenant : zeroAddress, order.deposit);
    const terms: Terms = {
      tenant: order.tenant,
      agent: order.agent,
      watcher: order.watcher,
      operator: bid.operator,
      token: order.token,
      rate: bid.rate,
      minimumCharge: bid.minimumCharge,
      clawbackWindow: order.clawbackWindow,
      openedAt: call.now,
      startDeadline: call.now + order.startWindow,
      revision: 0,
    };
    const opened: FakeLease = {
      terms,
      termsHash: hashTerms(terms),
      funded: order.deposit,
      collected: 0n,
      readyAt: 0,
      status: 'open',
    };
    state.leases.set(id, opened);
    return [{ kind: 'lease-opened', lease: id, terms, deposit: order.deposit }];
  }

  function checkOrder(call: Call, order: Order): void {
    const { expiresAt, clawbackWindow, startWindow } = order;
    const counter = state.counters.get(order.tenant) ?? 0n;
    if (call.now > expiresAt) refuse(call, 'OrderExpired', { expiresAt, now_: call.now });
    if (clawbackWindow > maxWindow.clawback) {
      refuse(call, 'WindowTooLong', { window: clawbackWindow, maximum: maxWindow.clawback });
    }
    if (startWindow > maxWindow.start) {
      refuse(call, 'WindowTooLong', { window: startWindow, maximum: maxWindow.start });
    }
    if (order.counter !== counter)
      refuse(call, 'CounterMismatch', { counter: order.counter, current: counter });
  }

  function checkBid(call: Call, order: Order, bid: Bid): void {
    const { expiresAt, rate } = bid;
    const id = leaseIdOf(order);
    if (bid.order !== id) refuse(call, 'BidForOtherOrder', { order: id, bidOrder: bid.order });
    if (call.now > expiresAt) refuse(call, 'BidExpired', { expiresAt, now_: call.now });
    if (rate === 0n) refuse(call, 'RateIsZero', {});
    if (rate > order.maxRate) refuse(call, 'RateAboveCeiling', { rate, maxRate: order.maxRate });
  }

  function checkAcceptance(call: Call, { order, bid, acceptance }: Parameters<typeof open>[1]): void {
    const { tenant, agent } = order.message;
    const isByTenant = acceptance.signer === tenant;
    if (!isByTenant) mustSign(call, 'Order', order, tenant);
    const message = { order: leaseIdOf(order.message), bid: hashMessage('Bid', bid.message) };
    mustSign(call, 'Acceptance', { ...acceptance, message }, isByTenant ? tenant : agent);
  }

  function markReady(call: Call, ref: LeaseRef, ready: Signed<Ready>): readonly MarketEvent[] {
    const lease = openLease(call, ref);
    const { readyAt } = ready.message;
    const { openedAt, startDeadline } = lease.terms;
    if (lease.readyAt !== 0 || call.now >= startDeadline) refuse(call, 'AlreadyReady', { lease: ref.lease });
    if (readyAt < openedAt || readyAt > call.now) {
      refuse(call, 'ReadyOutOfRange', { readyAt, earliest: openedAt, latest: call.now });
    }
    sideOf(call, lease.terms, ready.signer);
    mustSign(call, 'Ready', { ...ready, message: { lease: ref.lease, readyAt } }, ready.signer);
    state.leases.set(ref.lease, { ...lease, readyAt });
    return [{ kind: 'lease-ready', lease: ref.lease, readyAt }];
  }

  function collect(call: Call, refs: readonly LeaseRef[]): readonly MarketEvent[] {
    return refs.flatMap((ref) => {
      const lease = state.leases.get(ref.lease);
      if (lease?.status !== 'open' || lease.termsHash !== hashTerms(ref.terms)) return [];
      const amount = collectableAt(meterOf(lease), lease.collected, lease.terms.clawbackWindow, call.now);
      if (amount === 0n) return [];
      state.leases.set(ref.lease, { ...lease, collected: lease.collected + amount });
      add(state.balances, lease.terms.operator, amount);
      return [{ kind: 'lease-collected' as const, lease: ref.lease, amount }];
    });
  }

  function topUp(call: Call, ref: LeaseRef, amount: bigint): readonly MarketEvent[] {
    const lease = openLease(call, ref);
    mustNotBeExhausted(call, ref, lease);
    take(call, call.sender, amount);
    const funded = lease.funded + amount;
    state.leases.set(ref.lease, { ...lease, funded });
    return [{ kind: 'lease-topped-up', lease: ref.lease, amount, funded }];
  }

  function amend(
    call: Call,
    ref: LeaseRef,
    signed: { readonly tenant: Signed<Amendment>; readonly operator: Signed<Amendment> },
  ): readonly MarketEvent[] {
    const lease = openLease(call, ref);
    const amendment = signed.tenant.message;
    mustNotBeExhausted(call, ref, lease);
    checkAmendment(call, ref, signed.tenant);
    mustSign(call, 'Amendment', signed.tenant, signed.tenant.signer);
    mustBeOperator(call, 'Amendment', { ...signed.operator, message: amendment }, lease.terms.operator);
    if (amendment.deposit !== 0n) take(call, lease.terms.tenant, amendment.deposit);
    const owed = owedOf(lease, call.now);
    const paid = owed - lease.collected;
    add(state.balances, lease.terms.operator, paid);
    const terms: Terms = {
      ...lease.terms,
      rate: amendment.rate,
      minimumCharge: amendment.minimumCharge,
      revision: lease.terms.revision + 1,
    };
    const funded = lease.funded - owed + amendment.deposit;
    const readyAt = meterOf(lease).meterFrom <= call.now ? call.now : 0;
    state.leases.set(ref.lease, {
      ...lease,
      terms,
      termsHash: hashTerms(terms),
      funded,
      collected: 0n,
      readyAt,
    });
    return [{ kind: 'lease-amended', lease: ref.lease, terms, paid, funded }];
  }

  function checkAmendment(call: Call, ref: LeaseRef, { message, signer }: Signed<Amendment>): void {
    const { terms } = ref;
    const { expiresAt } = message;
    if (call.now > expiresAt) refuse(call, 'AmendmentExpired', { expiresAt, now_: call.now });
    if (message.lease !== ref.lease || message.terms !== hashTerms(terms)) {
      refuse(call, 'TermsMismatch', { lease: ref.lease });
    }
    if (message.rate === 0n) refuse(call, 'RateIsZero', {});
    if (signer === terms.tenant) return;
    if (signer !== terms.agent) refuse(call, 'NotParty', { account: signer });
    const isWithin = message.rate <= terms.rate && message.minimumCharge <= terms.minimumCharge;
    if (!isWithin || message.deposit !== 0n) refuse(call, 'AgentBeyondTerms', { agent: signer });
  }

  function close(call: Call, ref: LeaseRef, effectiveAt: number): readonly MarketEvent[] {
    const lease = openLease(call, ref);
    const { tenant, agent, watcher } = lease.terms;
    if ([tenant, agent, watcher].includes(call.sender)) {
      const by = sideOf(call, lease.terms, call.sender);
      return settle(call, ref, { by, effectiveAt: withinWindow(call, lease, effectiveAt), clawsBack: true });
    }
    if (!isOperator(call, lease)) refuse(call, 'NotParty', { account: call.sender });
    return settle(call, ref, { by: 'operator', effectiveAt: call.now, clawsBack: true });
  }

  function closeSigned(call: Call, ref: LeaseRef, signed: Signed<Close>): readonly MarketEvent[] {
    const lease = openLease(call, ref);
    const { effectiveAt } = signed.message;
    const by = sideOf(call, lease.terms, signed.signer);
    const clamped = withinWindow(call, lease, effectiveAt);
    mustSign(call, 'Close', { ...signed, message: { lease: ref.lease, effectiveAt } }, signed.signer);
    const isAgreed = isOperator(call, lease);
    return settle(call, ref, { by, effectiveAt: isAgreed ? effectiveAt : clamped, clawsBack: !isAgreed });
  }

  function closeExhausted(call: Call, ref: LeaseRef): readonly MarketEvent[] {
    const lease = openLease(call, ref);
    const until = fundedUntil(meterOf(lease));
    if (call.now < until) refuse(call, 'NotExhausted', { lease: ref.lease, fundedUntil: until });
    return settle(call, ref, { by: 'exhausted', effectiveAt: until, clawsBack: true });
  }

  function settle(
    call: Call,
    ref: LeaseRef,
    how: { readonly by: ClosedBy; readonly effectiveAt: number; readonly clawsBack: boolean },
  ): readonly MarketEvent[] {
    const { by, effectiveAt } = how;
    const lease = openLease(call, ref);
    const { tenant, operator, minimumCharge } = lease.terms;
    const wasReady = call.now >= meterOf(lease).meterFrom;
    const isSentAway = by === 'tenant' || by === 'agent' || by === 'watcher';
    const least = wasReady && isSentAway ? min(minimumCharge, lease.funded) : 0n;
    const due = max(max(owedOf(lease, effectiveAt), lease.collected), least);
    const owed = owedOf(lease, call.now);
    const clawedBack = how.clawsBack && owed > due ? owed - due : 0n;
    const paid = due - lease.collected;
    const refunded = lease.funded - due - clawedBack;
    const closed = { termsHash: zeroHash, funded: 0n, collected: 0n, readyAt: 0, status: 'closed' as const };
    state.leases.set(ref.lease, { ...lease, ...closed });
    add(state.balances, operator, paid);
    add(state.balances, tenant, refunded);
    add(state.balances, rules.feeSink, clawedBack);
    const sums = { wasReady, effectiveAt, paid, refunded, clawedBack };
    return [{ kind: 'lease-closed', lease: ref.lease, tenant, operator, by, ...sums }];
  }

  function deposit(call: Call, amount: bigint): readonly MarketEvent[] {
    if (amount === 0n) refuse(call, 'AmountIsZero', {});
    spendWallet(call, amount);
    add(state.balances, call.sender, amount);
    return [];
  }

  function withdraw(call: Call, amount: bigint): readonly MarketEvent[] {
    take(call, call.sender, amount);
    add(state.wallets, call.sender, amount);
    return [];
  }

  function cancelAll(call: Call): readonly MarketEvent[] {
    add(state.counters, call.sender, 1n);
    return [];
  }

  function register(call: Call, hotKey: Address, bond: bigint, metadata: Hex): readonly MarketEvent[] {
    if (state.operators.has(call.sender)) refuse(call, 'AlreadyRegistered', { operator: call.sender });
    if (bond < rules.minimumBond) refuse(call, 'BondTooSmall', { bond, minimum: rules.minimumBond });
    mustBeFree(call, hotKey);
    spendWallet(call, bond);
    state.operators.set(call.sender, { hotKey, bond, metadata });
    return [];
  }

  function rotateHotKey(call: Call, hotKey: Address): readonly MarketEvent[] {
    const operator = registered(call);
    mustBeFree(call, hotKey);
    state.operators.set(call.sender, { ...operator, hotKey });
    return [];
  }

  function addBond(call: Call, amount: bigint): readonly MarketEvent[] {
    const operator = registered(call);
    if (amount === 0n) refuse(call, 'AmountIsZero', {});
    spendWallet(call, amount);
    state.operators.set(call.sender, { ...operator, bond: operator.bond + amount });
    return [];
  }

  // --- checks ---------------------------------------------------------------------------------------------------------

  function registered(call: Call): Operator {
    return state.operators.get(call.sender) ?? refuse(call, 'NotRegistered', { operator: call.sender });
  }

  function mustBeFree(call: Call, hotKey: Address): void {
    if (hotKey === zeroAddress) refuse(call, 'InvalidHotKey', { hotKey });
    const isTaken = operatorByHotKey(state, hotKey) !== undefined && hotKey !== call.sender;
    if (isTaken) refuse(call, 'HotKeyTaken', { hotKey });
  }

  function openLease(call: Call, ref: LeaseRef): FakeLease {
    const lease = state.leases.get(ref.lease);
    if (lease?.status !== 'open') return refuse(call, 'LeaseNotOpen', { lease: ref.lease });
    if (lease.termsHash !== hashTerms(ref.terms)) refuse(call, 'TermsMismatch', { lease: ref.lease });
    return lease;
  }

  function mustNotBeExhausted(call: Call, ref: LeaseRef, lease: FakeLease): void {
    const until = fundedUntil(meterOf(lease));
    if (call.now >= until) refuse(call, 'LeaseExhausted', { lease: ref.lease, fundedUntil: until });
  }

  function mustSign<N extends MessageName>(
    call: Call,
    name: N,
    signed: Signed<Messages[N]>,
    signer: Address,
  ): void {
    const isRight = isSignedBySigner(rules.domain, name, { ...signed, signer });
    if (!isRight) refuse(call, 'InvalidSignature', { signer });
  }

  /** The caller, or by signature, the hot key of a bonded operator. */
  function mustBeOperator<N extends 'Bid' | 'Amendment'>(
    call: Call,
    name: N,
    signed: Signed<Messages[N]>,
    operator: Address,
  ): void {
    const hotKey = activeHotKey(state, rules, operator);
    if (hotKey === undefined) return refuse(call, 'OperatorNotActive', { operator });
    if (call.sender !== hotKey) mustSign(call, name, signed, hotKey);
  }

  function isOperator(call: Call, lease: FakeLease): boolean {
    const { operator } = lease.terms;
    return call.sender === operator || operatorByHotKey(state, call.sender) === operator;
  }

  function take(call: Call, account: Address, amount: bigint): void {
    if (amount === 0n) refuse(call, 'AmountIsZero', {});
    const balance = state.balances.get(account) ?? 0n;
    if (balance < amount) refuse(call, 'BalanceTooSmall', { balance, needed: amount });
    state.balances.set(account, balance - amount);
  }

  function spendWallet(call: Call, amount: bigint): void {
    const balance = state.wallets.get(call.sender) ?? 0n;
    if (balance < amount) {
      refuse(call, 'ERC20InsufficientBalance', { sender: call.sender, balance, needed: amount });
    }
    state.wallets.set(call.sender, balance - amount);
  }

  return {
    open,
    markReady,
    collect,
    topUp,
    amend,
    close,
    closeSigned,
    closeExhausted,
    deposit,
    withdraw,
    cancelAll,
    register,
    rotateHotKey,
    addBond,
  };
}

function refuse(call: Call, error: string, args: RevertArgs): never {
  throw revertFault(call.name, { error, args });
}

/** Which of the buying side `signer` is. */
function sideOf(call: Call, terms: Terms, signer: Address): BuyingSide {
  if (signer === terms.tenant) return 'tenant';
  if (signer === terms.agent) return 'agent';
  if (signer === terms.watcher) return 'watcher';
  return refuse(call, 'NotParty', { account: signer });
}

/** The buying side's effective time, at most one clawback window back. */
function withinWindow(call: Call, lease: FakeLease, effectiveAt: number): number {
  if (effectiveAt > call.now) refuse(call, 'EffectiveInFuture', { effectiveAt, now_: call.now });
  return Math.max(effectiveAt, call.now - lease.terms.clawbackWindow);
}

function meterOf(lease: FakeLease): LeaseMeter {
  const meterFrom = lease.readyAt === 0 ? lease.terms.startDeadline : lease.readyAt;
  return { rate: lease.terms.rate, funded: lease.funded, meterFrom };
}

function owedOf(lease: FakeLease, at: number): bigint {
  return owedAt(meterOf(lease), at);
}

function add(map: Map<Address, bigint>, key: Address, amount: bigint): void {
  map.set(key, (map.get(key) ?? 0n) + amount);
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
