/**
 * What a revert of the contracts means to a person: one sentence, whose fault, what to do. Pure. The same table
 * explains the real contracts' reverts and the fake chain's.
 */
import { Fault, type FaultCode } from '@souk/protocol';
import { type Meaning, type RevertArgs, text, time } from './meaning.ts';
import { subnetMeanings } from './subnets/reverts.ts';

export interface Revert {
  /** The contract's error, e.g. `BalanceTooSmall`. */
  readonly error: string;
  readonly args: RevertArgs;
}

const meanings: Readonly<Record<string, Meaning>> = {
  ...subnetMeanings,
  BalanceTooSmall: {
    sentence: (a) => `the Market account holds ${text(a.balance)} but ${text(a.needed)} is needed`,
    blame: 'peer',
    remedy: 'deposit more with `souk deposit`, or lower the deposit of the order',
  },
  OrderExpired: {
    sentence: (a) => `the order expired at ${time(a.expiresAt)}`,
    blame: 'peer',
    remedy: 'sign a new order',
  },
  BidExpired: {
    sentence: (a) => `the bid expired at ${time(a.expiresAt)}`,
    blame: 'peer',
    remedy: 'accept a bid before it expires, or ask for new bids',
  },
  AmendmentExpired: {
    sentence: (a) => `the amendment expired at ${time(a.expiresAt)}`,
    blame: 'peer',
    remedy: 'sign a new amendment',
  },
  BidForOtherOrder: { sentence: () => 'the bid was made on another order', blame: 'peer' },
  RateAboveCeiling: {
    sentence: (a) => `the bid's rate ${text(a.rate)} is above the order's ceiling ${text(a.maxRate)}`,
    blame: 'peer',
    remedy: 'choose a cheaper bid or raise the price ceiling',
  },
  RateIsZero: { sentence: () => 'a rate of zero is not allowed', blame: 'peer' },
  WindowTooLong: {
    sentence: (a) => `a window of ${text(a.window)} s is longer than the ${text(a.maximum)} s allowed`,
    blame: 'peer',
    remedy: 'shorten the window',
  },
  CounterMismatch: {
    sentence: (a) =>
      `the order was signed under counter ${text(a.counter)}, but its tenant is at ${text(a.current)}`,
    blame: 'peer',
    remedy: 'the tenant cancelled its orders: sign a new order',
  },
  OperatorNotActive: {
    sentence: (a) => `operator ${text(a.operator)} is not registered or bonded below the minimum`,
    blame: 'peer',
    remedy: 'register, or add to the bond',
  },
  InvalidSignature: {
    sentence: (a) => `the signature is not by ${text(a.signer)}`,
    blame: 'peer',
  },
  LeaseExists: {
    sentence: (a) => `lease ${text(a.lease)} was opened already: an order opens one lease only`,
    blame: 'peer',
    remedy: 'sign a new order',
  },
  LeaseNotOpen: {
    sentence: (a) => `lease ${text(a.lease)} is not open`,
    blame: 'user',
    remedy: 'it was closed already, or never opened on this network',
  },
  TermsMismatch: {
    sentence: (a) => `the terms at hand are not the present terms of lease ${text(a.lease)}`,
    blame: 'self',
    remedy: 'read the latest amendment of the lease and try again',
    retry: true,
  },
  AlreadyReady: { sentence: (a) => `lease ${text(a.lease)} was marked ready before`, blame: 'self' },
  ReadyOutOfRange: {
    sentence: (a) => `ready at ${time(a.readyAt)} is not between ${time(a.earliest)} and ${time(a.latest)}`,
    blame: 'peer',
    remedy: 'after the start deadline the meter runs by itself: nothing needs doing',
  },
  LeaseExhausted: {
    sentence: (a) => `lease ${text(a.lease)} ran out of money at ${time(a.fundedUntil)}`,
    blame: 'user',
    remedy: 'open a new lease: one that has run out cannot be topped up',
  },
  NotExhausted: {
    sentence: (a) => `lease ${text(a.lease)} has money until ${time(a.fundedUntil)}`,
    blame: 'self',
    retry: true,
  },
  EffectiveInFuture: {
    sentence: (a) => `a close cannot take effect later than now (asked for ${time(a.effectiveAt)})`,
    blame: 'user',
  },
  NotParty: {
    sentence: (a) => `${text(a.account)} may not do this to the lease`,
    blame: 'user',
    remedy: 'use the key that the lease was made with',
  },
  AgentBeyondTerms: {
    sentence: (a) => `agent ${text(a.agent)} may not agree to terms dearer than the present ones`,
    blame: 'peer',
    remedy: 'let the tenant sign the amendment',
  },
  TokenNotAllowed: {
    sentence: (a) => `the Market does not take the token ${text(a.token)}`,
    blame: 'user',
    remedy: 'use the token in the address book of the network',
  },
  AmountIsZero: { sentence: () => 'the amount is zero', blame: 'user', remedy: 'give an amount above zero' },
  AlreadyRegistered: { sentence: (a) => `${text(a.operator)} is an operator already`, blame: 'user' },
  NotRegistered: {
    sentence: (a) => `${text(a.operator)} is not an operator`,
    blame: 'user',
    remedy: 'register first',
  },
  HotKeyTaken: {
    sentence: (a) => `the hot key ${text(a.hotKey)} belongs to another operator`,
    blame: 'user',
    remedy: 'use a fresh key',
  },
  InvalidHotKey: { sentence: (a) => `${text(a.hotKey)} cannot be a hot key`, blame: 'user' },
  BondTooSmall: {
    sentence: (a) => `a bond of ${text(a.bond)} is below the minimum of ${text(a.minimum)}`,
    blame: 'user',
    remedy: 'bond at least the minimum',
  },
  UnbondTooLarge: {
    sentence: (a) => `${text(a.amount)} is more than the bond of ${text(a.bond)}`,
    blame: 'user',
  },
  NothingToUnbond: { sentence: () => 'nothing is unbonding', blame: 'user' },
  StillLocked: { sentence: (a) => `the bond is locked until ${time(a.availableAt)}`, blame: 'user' },
  OutOfGas: {
    sentence: () => 'it ran out of gas, because the state changed after the estimate',
    blame: 'chain',
    retry: true,
  },
  NotSlasher: { sentence: (a) => `${text(a.caller)} may not slash`, blame: 'user' },
  ZeroAddress: { sentence: () => 'an address of the deployment is zero', blame: 'user' },
  FeeAboveCap: {
    sentence: (a) => `a fee of ${text(a.feeBps)} basis points is above the cap of ${text(a.cap)}`,
    blame: 'user',
  },
  DelayTooLong: { sentence: () => 'the unbonding delay is longer than allowed', blame: 'user' },
  ERC20InsufficientBalance: {
    sentence: (a) => `the wallet holds ${text(a.balance)} tokens but ${text(a.needed)} are needed`,
    blame: 'user',
    remedy: 'bring tokens to this wallet first (on a local network: `souk balance` shows the faucet)',
  },
  ERC20InsufficientAllowance: {
    sentence: (a) => `the contract may take ${text(a.allowance)} tokens but needs ${text(a.needed)}`,
    blame: 'self',
    retry: true,
  },
  ERC2612ExpiredSignature: {
    sentence: () => 'the permit expired before it was mined',
    blame: 'self',
    retry: true,
  },
  ERC2612InvalidSigner: { sentence: () => 'the permit is not by the owner', blame: 'self', retry: true },
};

/** Calls in which every input is the caller's own, so that nobody else can be to blame. */
const ownCalls = new Set([
  'deposit',
  'withdraw',
  'topUp',
  'cancelAll',
  'register',
  'addBond',
  'rotateHotKey',
]);

/** A revert as the Fault that callers see. `call` is the writer's method. */
export function revertFault(call: string, revert: Revert, cause?: unknown): Fault {
  const meaning = meanings[revert.error];
  const code: FaultCode = revert.error === 'LeaseNotOpen' ? 'chain.lease-not-open' : 'chain.reverted';
  const sentence = meaning?.sentence(revert.args) ?? unknownSentence(revert);
  const blame = meaning && ownCalls.has(call) && meaning.blame === 'peer' ? 'user' : meaning?.blame;
  return new Fault(code, `${call} was refused by the contract: ${sentence}`, {
    blame: blame ?? 'chain',
    retry: meaning?.retry ?? false,
    data: { call, error: revert.error, args: revert.args },
    ...(meaning?.remedy === undefined ? {} : { remedy: meaning.remedy }),
    ...(cause === undefined ? {} : { cause }),
  });
}

/** The contract's error behind a fault of `revertFault`; undefined for any other value. */
export function revertOf(error: unknown): string | undefined {
  if (!(error instanceof Fault) || !['chain.reverted', 'chain.lease-not-open'].includes(error.code))
    return undefined;
  return typeof error.data.error === 'string' ? error.data.error : undefined;
}

/** Every error that has a sentence, for the test that compares this table with the contracts. */
export const explainedErrors: readonly string[] = Object.keys(meanings);

function unknownSentence(revert: Revert): string {
  const args = Object.entries(revert.args).map(([name, value]) => `${name} ${text(value)}`);
  return args.length === 0 ? revert.error : `${revert.error} (${args.join(', ')})`;
}
