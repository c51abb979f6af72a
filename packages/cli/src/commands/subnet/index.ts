/** `souk subnet`: markets paid by quality. Each subcommand is one file here and one line below. */
import type { DefineCommand } from '../entry.ts';
import { defineChildren } from './children.ts';
import { defineClaim } from './claim.ts';
import { defineCollateral } from './collateral.ts';
import { defineCreate } from './create.ts';
import { defineDelegate } from './delegate.ts';
import { defineDissolve } from './dissolve.ts';
import { defineEpochs } from './epochs.ts';
import { defineEvents } from './events.ts';
import { defineExplain } from './explain.ts';
import { defineFinishUnstake } from './finish-unstake.ts';
import { defineIdentity } from './identity.ts';
import { defineLeave } from './leave.ts';
import { defineLs } from './ls.ts';
import { defineMetagraph } from './metagraph.ts';
import { defineMove } from './move.ts';
import { defineOwner } from './owner.ts';
import { defineParams } from './params.ts';
import { definePermits } from './permits.ts';
import { definePrice } from './price.ts';
import { definePrune } from './prune.ts';
import { defineRegister } from './register.ts';
import { defineSchedule } from './schedule.ts';
import { defineServe } from './serve.ts';
import { defineShow } from './show.ts';
import { defineSimulate } from './simulate.ts';
import { defineStake } from './stake.ts';
import { defineTake } from './take.ts';
import { defineTransfer } from './transfer.ts';
import { defineUnstake } from './unstake.ts';
import { defineWeights } from './weights.ts';

const looking = 'Looking:';
const mining = 'Mining:';
const staking = 'Staking and validating:';
const owning = 'Owning:';

const subcommands: readonly (readonly [name: string, group: string, define: DefineCommand])[] = [
  ['ls', looking, defineLs],
  ['show', looking, defineShow],
  ['price', looking, definePrice],
  ['metagraph', looking, defineMetagraph],
  ['explain', looking, defineExplain],
  ['weights', looking, defineWeights],
  ['epochs', looking, defineEpochs],
  ['permits', looking, definePermits],
  ['prune', looking, definePrune],
  ['events', looking, defineEvents],
  ['schedule', looking, defineSchedule],
  ['register', mining, defineRegister],
  ['serve', mining, defineServe],
  ['leave', mining, defineLeave],
  ['collateral', mining, defineCollateral],
  ['stake', staking, defineStake],
  ['delegate', staking, defineDelegate],
  ['unstake', staking, defineUnstake],
  ['finish-unstake', staking, defineFinishUnstake],
  ['move', staking, defineMove],
  ['transfer', staking, defineTransfer],
  ['take', staking, defineTake],
  ['children', staking, defineChildren],
  ['claim', staking, defineClaim],
  ['create', owning, defineCreate],
  ['params', owning, defineParams],
  ['identity', owning, defineIdentity],
  ['owner', owning, defineOwner],
  ['dissolve', owning, defineDissolve],
  ['simulate', owning, defineSimulate],
];

export const defineSubnet: DefineCommand = (command, act) => {
  command.description(
    'subnets: markets of miners and validators, paid by the quality of what they do (docs/subnets.md)',
  );
  for (const [name, group, define] of subcommands) define(command.command(name).helpGroup(group), act);
};
