/** What an account can claim in a subnet: computed here from the chain's events, held against what was posted. */
import { type Address, Fault, type Hex } from '@souk/protocol';
import { claimOf } from '@souk/subnets';
import type { SubnetReads } from '@souk/chain';
import type { SubnetHistory } from './history.ts';
import { lastPostOf } from './state.ts';

export interface Claimable {
  readonly subnet: number;
  readonly epoch: number;
  readonly earned: bigint;
  readonly claimed: bigint;
  readonly amount: bigint;
  readonly proof: readonly Hex[];
}

/** Undefined where nothing was posted yet, or nothing earned. Throws `subnet.root-differs`. */
export async function claimableIn(
  reads: SubnetReads,
  history: SubnetHistory,
  { account, onEpoch }: { readonly account: Address; readonly onEpoch?: (epoch: number) => void },
): Promise<Claimable | undefined> {
  const { subnet } = history.picture;
  const posted = lastPostOf(history.picture);
  if (posted === undefined) return undefined;
  const result = await history.epoch(posted.epoch, onEpoch);
  if (result.rewardRoot !== posted.attestation.rewardRoot) {
    throw rootDiffers(subnet, posted.epoch, posted.attestation.rewardRoot, result.rewardRoot);
  }
  const found = claimOf(result, account);
  if (found === undefined) return undefined;
  const claimed = await reads.claimedOf(subnet, account);
  const { cumulative, proof } = found;
  return { subnet, epoch: posted.epoch, earned: cumulative, claimed, amount: cumulative - claimed, proof };
}

function rootDiffers(subnet: number, epoch: number, posted: Hex, computed: Hex): Fault {
  return new Fault(
    'subnet.root-differs',
    `epoch ${epoch} of subnet ${subnet} was posted with other rewards than its events come to`,
    {
      blame: 'chain',
      data: { subnet, epoch, posted, computed },
      remedy:
        'your version of a mechanism or of the engine may be another than the validators’: update souk; ' +
        'if it stays, two thirds of the stake have signed what is wrong, and `souk subnet events SUBNET --kind epoch-posted` has the proof',
    },
  );
}
