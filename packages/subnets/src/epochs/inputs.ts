/** Everything that an epoch's result depends on, and its hash: what permit holders sign that they computed it from. */
import type { SubnetEvent } from '@souk/chain';
import type { Address, Hex } from '@souk/protocol';
import { hashPlain } from './encode.ts';
import type { EpochBlocks, EpochFacts, EpochResult, JudgeEvidence, MinerResult } from './epoch.ts';
import { childrenIn, type Holdings, hotKeysWithin, paramsIn } from './holdings.ts';
import type { HandedIn } from './rows.ts';

/** Rises whenever the same inputs may give another result. */
export const engineVersion = 1;

/** An epoch about to be computed; `holdings` as after its last block. */
export interface Settling {
  readonly subnet: number;
  readonly epoch: number;
  readonly blocks: EpochBlocks;
  readonly facts: EpochFacts;
  readonly holdings: Holdings;
  readonly previous: EpochResult | undefined;
  readonly now: HandedIn;
  readonly before: HandedIn;
  readonly judge: JudgeEvidence;
}

/** Of everything that the result depends on. */
export function hashInputs(
  settling: Settling,
  validators: readonly { readonly operator: Address }[],
  registered: readonly MinerResult[],
): Hex {
  const { subnet, epoch, facts, holdings, previous, now, before } = settling;
  const handed = validators.map(({ operator }) => ({
    operator,
    reveal: describeReveal(now.revealed.get(operator)),
    before: now.revealed.has(operator) ? describeReveal(before.revealed.get(operator)) : null,
    evidence: now.opened.get(operator)?.evidence ?? null,
  }));
  const miners = registered.map(({ registration, operator, registeredAt, units }) => ({
    registration,
    operator,
    registeredAt,
    units,
  }));
  return hashPlain({
    engine: engineVersion,
    subnet,
    epoch,
    beacon: facts.beacon,
    accrued: facts.accrued,
    before: previous?.outputs ?? null,
    owner: holdings.owner ?? null,
    params: paramsIn(holdings, epoch),
    pools: holdings.pools,
    takes: holdings.takes,
    children: [...holdings.children.keys()]
      .toSorted()
      .map((operator) => [operator, childrenIn(holdings, operator, epoch)]),
    miners,
    hotKeys: describeHotKeys(settling),
    handed,
  });
}

/** Of who has stake or a registration, during the epoch. */
function describeHotKeys({ holdings, blocks }: Settling) {
  const operators = new Set([
    ...holdings.pools.keys(),
    ...[...holdings.registrations.values()].map(({ operator }) => operator),
  ]);
  const window = { from: blocks.start, to: blocks.end };
  return new Map([...operators].map((operator) => [operator, hotKeysWithin(holdings, operator, window)]));
}

function describeReveal(revealed: (SubnetEvent & { readonly kind: 'revealed' }) | undefined) {
  if (!revealed) return null;
  const { version, logRoot, weights } = revealed;
  return { version, logRoot, weights };
}
