/** Why nobody offers, as one fault: reasons merged and ranked, and what would bring offers. */
import { type CapacitySummary, Fault, type MarketWish } from '@souk/protocol';
import {
  type Counterfactual,
  explainOrder,
  type Explanation,
  knownProviders,
  type NoBidReason,
  noBidReasons,
  type OfferSeen,
  type OperatorDeclines,
} from '@souk/tenant';
import { amountText, type Token } from '../format.ts';
import { printable } from '../output.ts';
import { counterfactualText, countText, remedyText } from './relaxed.ts';

export interface Silence {
  readonly group: string;
  readonly asked: MarketWish;
  readonly declines: readonly OperatorDeclines[];
  readonly refused: readonly (OfferSeen & { readonly kind: 'refused' })[];
  /** What providers published lately. */
  readonly summaries: readonly CapacitySummary[];
  /** Peers that the order was sent to. */
  readonly listeners: number;
  readonly waitedMs: number;
}

const shownReasons = 12;

export function noBids(silence: Silence, token: Token): Fault {
  const { asked, declines, summaries } = silence;
  const explanation = explainOrder(asked, knownProviders(asked, summaries, declines));
  const reasons = noBidReasons(explanation, silence.refused);
  const helps = explanation.counterfactuals.map((one) => counterfactualText(one, asked, token));
  const lines = [
    opening(silence),
    ...reasons.slice(0, shownReasons).map((reason) => reasonText(reason, silence, token)),
    ...(helps.length > 0 ? ['what would bring offers:', ...helps.map((text) => `  ${text}`)] : []),
  ];
  return new Fault('cli.no-bids', lines.join('\n'), {
    blame: 'peer',
    data: {
      group: silence.group,
      operators: declines.length,
      known: explanation.known,
      declines: explanation.groups,
      reasons,
      wouldHelp: explanation.counterfactuals.map((one, index) => ({
        ...one,
        text: helps[index],
        remedy: remedyText(one, token),
      })),
    },
    remedy: remedyFor(explanation, reasons, token),
  });
}

function opening({ group, declines, waitedMs }: Silence): string {
  const seconds = (waitedMs / 1000).toFixed(1);
  if (declines.length === 0) return `nobody answered the order for "${group}" within ${seconds} s`;
  const who =
    declines.length === 1
      ? 'the one provider that answered'
      : `all ${declines.length} providers that answered`;
  return `${who} declined the order for "${group}"`;
}

function reasonText(reason: NoBidReason, { listeners }: Silence, token: Token): string {
  switch (reason.kind) {
    case 'excluded': {
      const { nearest } = reason;
      const words =
        nearest.reason === 'price-below-ours'
          ? `the ceiling of ${amountText(nearest.ceiling, token)} is below the lowest price of ${amountText(nearest.ours, token)} per hour`
          : printable(reason.sentence);
      return `${countText(reason.count, 'provider')}: ${words}`;
    }
    case 'not-taken':
      return `${countText(reason.count, 'offer')} not taken: ${reason.reason}`;
    case 'silent':
      return `${countText(reason.count, 'provider')} would fit by what ${reason.count === 1 ? 'it publishes' : 'they publish'}, and did not answer in time`;
    case 'nobody-known':
      return `no provider is known here; the order went to ${countText(listeners, 'peer')}`;
  }
}

function remedyFor(explanation: Explanation, reasons: readonly NoBidReason[], token: Token): string {
  const best = leastOfBest(explanation.counterfactuals);
  if (best !== undefined) return remedyText(best, token);
  const kinds = new Set(reasons.map(({ kind }) => kind));
  if (kinds.has('silent')) return 'wait longer: --bids-wait 10000';
  if (kinds.has('nobody-known'))
    return 'look for providers with `souk offers`, or wait longer: --bids-wait 10000';
  return 'see what there is with `souk offers`, or try again later';
}

/** The change that is worth most, by as little as brings anything. */
function leastOfBest(found: readonly Counterfactual[]): Counterfactual | undefined {
  const kindOf = ({ relaxations }: Counterfactual) => relaxations.map(({ what }) => what).join();
  return found
    .filter((one, _index, [best]) => best !== undefined && kindOf(one) === kindOf(best))
    .toSorted((a, b) => a.cost - b.cost)[0];
}
