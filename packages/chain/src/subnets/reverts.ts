/** What the errors of the contracts of subnets mean to a person. Pure. */
import { subnetParams } from '@souk/protocol';
import { type Meaning, souk, text, time } from '../meaning.ts';

const nameOf = (key: unknown) => subnetParams[Number(key)]?.name ?? `parameter ${text(key)}`;

export const subnetMeanings: Readonly<Record<string, Meaning>> = {
  // --- Subnets
  NoSuchSubnet: {
    sentence: (a) => `there is no subnet ${text(a.subnet)}`,
    blame: 'user',
    remedy: 'list those there are with `souk subnet ls`',
  },
  SubnetIsDissolved: {
    sentence: (a) => `subnet ${text(a.subnet)} is dissolved`,
    blame: 'user',
    remedy: 'take back what is in it: stake and collateral are free at once, rewards stay claimable',
  },
  NotOwner: {
    sentence: (a) => `the subnet is ${text(a.owner)}'s, not ${text(a.caller)}'s`,
    blame: 'user',
    remedy: 'use the key that owns it',
  },
  TempoOutOfRange: {
    sentence: (a) => `${text(a.tempo)} blocks an epoch are not ${text(a.minimum)} to ${text(a.maximum)}`,
    blame: 'user',
    remedy: 'choose a length within the bounds',
  },
  TextTooLong: {
    sentence: (a) => `${text(a.length)} bytes of text are more than ${text(a.maximum)}`,
    blame: 'user',
    remedy: 'shorten it',
  },
  NoSuchParam: { sentence: (a) => `there is no parameter number ${text(a.key)}`, blame: 'self' },
  ParamsOutOfOrder: {
    sentence: (a) => `${nameOf(a.key)} stands after ${nameOf(a.before)}, or twice`,
    blame: 'self',
  },
  ParamOutOfRange: {
    sentence: (a) => `${nameOf(a.key)} ${text(a.value)} is not ${text(a.minimum)} to ${text(a.maximum)}`,
    blame: 'user',
    remedy: 'see the bounds with `souk subnet params`',
  },
  ParamsContradict: {
    sentence: (a) => `with this ${nameOf(a.key)}, ${text(a.low)} would be above ${text(a.high)}`,
    blame: 'user',
    remedy: 'change the other one first: both count from the next epoch on',
  },
  ParamChangedLately: {
    sentence: (a) =>
      `${nameOf(a.key)} was changed lately, and can be again from block ${text(a.nextBlock)} on`,
    blame: 'user',
    remedy: 'each parameter changes at most once in two epochs: wait',
  },
  ParamsFrozen: {
    sentence: (a) => `parameters do not change at the end of an epoch, until block ${text(a.untilBlock)}`,
    blame: 'user',
    remedy: 'wait for the next epoch',
  },
  PriceAboveLimit: {
    sentence: (a) => `it costs ${souk(a.price)} now, above the limit of ${souk(a.limit)}`,
    blame: 'user',
    remedy: 'allow more, or wait: the price falls with every block',
  },
  RegistrationIsClosed: {
    sentence: (a) => `subnet ${text(a.subnet)} takes no new miners`,
    blame: 'user',
    remedy: 'its owner may open it again; look for another with `souk subnet ls`',
  },
  OperatorIsRegistered: {
    sentence: (a) => `this operator has registration ${text(a.registration)} in subnet ${text(a.subnet)}`,
    blame: 'user',
    remedy: 'an operator has one at a time: use it, or deregister it first',
  },
  NoSlotFree: {
    sentence: (a) =>
      `all ${text(a.miners)} slots of subnet ${text(a.subnet)} are taken, and none can be replaced yet`,
    blame: 'user',
    remedy: 'try again when the next epoch is posted',
    retry: true,
  },
  NotRegistration: {
    sentence: (a) => `${text(a.registration)} is no present registration of subnet ${text(a.subnet)}`,
    blame: 'user',
    remedy: 'it has ended or never was: see `souk subnet metagraph`',
  },
  StillRegistered: {
    sentence: (a) => `registration ${text(a.registration)} still holds its slot, and its collateral`,
    blame: 'user',
    remedy: 'deregister it first',
  },
  NothingLocked: {
    sentence: (a) => `registration ${text(a.registration)} has no collateral locked`,
    blame: 'user',
  },
  NotHolder: {
    sentence: (a) => `${text(a.caller)} may not act for ${text(a.operator)}`,
    blame: 'user',
    remedy: 'its cold key moves its money, its hot key does its work',
  },
  CollateralLocked: {
    sentence: (a) => `the collateral is locked until ${time(a.availableAt)}`,
    blame: 'user',
    remedy: 'wait until then',
  },
  ServedLately: {
    sentence: (a) => `endpoints can be changed again from block ${text(a.nextBlock)} on`,
    blame: 'user',
    remedy: 'wait a few blocks',
    retry: true,
  },
  // --- Stakes
  NotAnOperator: {
    sentence: (a) => `${text(a.account)} is not an operator`,
    blame: 'user',
    remedy: 'stake with a registered one, or register first',
  },
  StakeTooSmall: {
    sentence: (a) => `${souk(a.amount)} is more than the stake of ${souk(a.stake)}`,
    blame: 'user',
    remedy: 'ask for no more than there is',
  },
  TooManyUnbonding: {
    sentence: (a) => `${text(a.maximum)} parts of this stake are unbonding already`,
    blame: 'user',
    remedy: 'take out those that are over, or wait for the first',
  },
  NothingUnbonded: {
    sentence: (a) => (a.nextAt ? `nothing has unbonded before ${time(a.nextAt)}` : 'nothing is unbonding'),
    blame: 'user',
  },
  OwnStakeStays: {
    sentence: (a) => `${text(a.operator)}'s own stake can't be moved or given away: it answers for it`,
    blame: 'user',
    remedy: 'unstake it',
  },
  SameAccount: { sentence: (a) => `${text(a.account)} can't be on both sides`, blame: 'user' },
  TakeTooHigh: {
    sentence: (a) => `a take of ${text(a.take)} is above ${text(a.maximum)} of 65535`,
    blame: 'user',
    remedy: 'take 18 % at most',
  },
  TakeRaisedLately: {
    sentence: (a) => `the take can't rise again before ${time(a.nextAt)}`,
    blame: 'user',
    remedy: 'it may fall at any time',
  },
  TooManyChildren: {
    sentence: (a) => `${text(a.count)} children are more than ${text(a.maximum)}`,
    blame: 'user',
  },
  ChildrenOutOfOrder: { sentence: (a) => `${text(a.operator)} is named twice`, blame: 'user' },
  ProportionsTooLarge: { sentence: () => 'the children have more than the whole stake', blame: 'user' },
  NotEpochs: { sentence: (a) => `${text(a.caller)} may not slash`, blame: 'user' },
  // --- Epochs
  NotHotKey: {
    sentence: (a) => `${text(a.caller)} is not the hot key of an active operator`,
    blame: 'user',
    remedy: 'register as an operator, or bond up to the minimum',
  },
  OutsideWindow: {
    sentence: (a) => `it is for blocks ${text(a.from)} to ${text(a.to)}, and this is ${text(a.current)}`,
    blame: 'self',
  },
  CommitDiffers: { sentence: () => 'what was revealed is not what was committed', blame: 'self' },
  AlreadyRevealed: { sentence: (a) => `epoch ${text(a.epoch)} was revealed before`, blame: 'self' },
  NotRevealed: { sentence: (a) => `epoch ${text(a.epoch)} was not revealed`, blame: 'self' },
  TooManyRows: {
    sentence: (a) => `${text(a.count)} rows of weights, but ${text(a.maximum)} mechanisms`,
    blame: 'self',
  },
  TooManyBytes: {
    sentence: (a) => `${text(a.length)} bytes are more than ${text(a.maximum)}`,
    blame: 'self',
  },
  EpochOutOfOrder: {
    sentence: (a) => `epoch ${text(a.epoch)} can't be posted: ${text(a.next)} is next`,
    blame: 'self',
    retry: true,
  },
  TooEarly: {
    sentence: (a) => `it can be done after block ${text(a.postableAfter)}, and this is ${text(a.current)}`,
    blame: 'self',
    retry: true,
  },
  SubnetEnded: {
    sentence: (a) => `subnet ${text(a.subnet)} was dissolved in block ${text(a.dissolvedAt)}`,
    blame: 'user',
  },
  SnapshotDiffers: {
    sentence: (a) => `it was computed on block ${text(a.attested)}, but the chain has ${text(a.actual)}`,
    blame: 'chain',
    remedy: 'the chain was reorganised: compute and sign the epoch again',
  },
  ListDiffers: { sentence: () => 'a list is not the one that its hash stands for', blame: 'self' },
  ListTooLong: {
    sentence: (a) => `a list of ${text(a.length)} is longer than ${text(a.maximum)}`,
    blame: 'self',
  },
  ListOutOfOrder: { sentence: (a) => `entry ${text(a.index)} of a list is out of order`, blame: 'self' },
  VotesOutOfOrder: { sentence: (a) => `the vote of ${text(a.operator)} is out of order`, blame: 'self' },
  NotPermitted: {
    sentence: (a) => `${text(a.operator)} holds no permit, or its vote is out of order`,
    blame: 'self',
  },
  QuorumTooSmall: {
    sentence: (a) => `only ${souk(a.signed)} of ${souk(a.total)} stand behind it, less than two thirds`,
    blame: 'peer',
    remedy: 'wait for more validators to sign',
    retry: true,
  },
  PermitsStillCount: {
    sentence: (a) => `until block ${text(a.untilBlock)} only the posted permits count`,
    blame: 'self',
    retry: true,
  },
  TotalFell: { sentence: () => 'the total is less than that of the epoch before', blame: 'self' },
  TotalAboveAccrued: {
    sentence: (a) => `${souk(a.total)} are assigned, but ${souk(a.accrued)} were emitted`,
    blame: 'self',
  },
  NotInTree: {
    sentence: (a) => `${souk(a.cumulative)} for ${text(a.account)} is not in the posted rewards`,
    blame: 'self',
    remedy: 'a newer epoch was posted: ask for its proof',
    retry: true,
  },
  NothingToClaim: {
    sentence: (a) => `${text(a.account)} has had all of its ${souk(a.cumulative)}`,
    blame: 'user',
  },
  ClaimsAboveTotal: {
    sentence: (a) => `claims of ${souk(a.claimed)} would be above the ${souk(a.total)} posted`,
    blame: 'peer',
  },
  NoConflict: {
    sentence: () => 'the two do not contradict each other, or are not by one key',
    blame: 'user',
  },
  NotAKeyOf: {
    sentence: (a) => `${text(a.key)} was not the hot key of ${text(a.operator)} then`,
    blame: 'user',
  },
  EvidenceTooOld: {
    sentence: (a) => `epoch ${text(a.epoch)} is older than ${text(a.oldest)}, the oldest that counts`,
    blame: 'user',
  },
  SlashedAlready: {
    sentence: (a) => `${text(a.operator)} was slashed for epoch ${text(a.epoch)} before`,
    blame: 'user',
  },
  WrongAddress: {
    sentence: (a) => `a contract is at ${text(a.actual)}, not at ${text(a.expected)} as foretold`,
    blame: 'user',
    remedy: 'deploy again, with a key that nothing else sends from meanwhile',
  },
  // --- Emissions, SoukToken
  BlockInFuture: {
    sentence: (a) => `block ${text(a.asked)} is not there yet: this is ${text(a.current)}`,
    blame: 'self',
    retry: true,
  },
  HalvingIsZero: { sentence: () => 'a halving after no blocks is none', blame: 'user' },
  ScheduleAboveCap: {
    sentence: (a) => `the schedule comes to ${souk(a.most)}, above the cap of ${souk(a.cap)}`,
    blame: 'user',
    remedy: 'emit less, or raise the cap',
  },
  NotNamed: { sentence: (a) => `only ${text(a.named)} may do this`, blame: 'user' },
  MintAboveAccrued: {
    sentence: (a) => `${souk(a.minted)} would be minted, but ${souk(a.accrued)} were emitted`,
    blame: 'self',
  },
  NotMinter: { sentence: (a) => `${text(a.caller)} may not mint`, blame: 'user' },
};
