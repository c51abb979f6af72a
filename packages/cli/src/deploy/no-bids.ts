/** Why nobody offers, as one fault: declines merged, and what would bring offers. */
import { type Decline, Fault, formatAmount } from '@souk/protocol';
import { explainDeclines, type OfferSeen, type OperatorDeclines } from '@souk/tenant';
import { amountText, type Token } from '../format.ts';

export interface Silence {
  readonly group: string;
  readonly declines: readonly OperatorDeclines[];
  readonly refused: readonly (OfferSeen & { readonly kind: 'refused' })[];
  readonly waitedMs: number;
}

export function noBids(silence: Silence, token: Token): Fault {
  const explanation = explainDeclines(silence.declines);
  const lines = [opening(silence)];
  for (const { count, sentence, nearest } of explanation.groups) {
    const words =
      nearest.reason === 'price-below-ours'
        ? `the ceiling of ${amountText(nearest.ceiling, token)} is below the lowest price of ${amountText(nearest.ours, token)} per hour`
        : sentence;
    lines.push(`${count} ${count === 1 ? 'provider' : 'providers'}: ${words}`);
  }
  for (const [reason, count] of countReasons(silence.refused)) {
    lines.push(`${count} ${count === 1 ? 'offer' : 'offers'} not taken: ${reason}`);
  }
  return new Fault('cli.no-bids', lines.join('\n'), {
    blame: 'peer',
    data: { group: silence.group, operators: explanation.operators, declines: explanation.groups },
    remedy: remedyOf(explanation, token),
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

function remedyOf(explanation: ReturnType<typeof explainDeclines>, token: Token): string {
  if (explanation.operators === 0) {
    return 'look for providers with `souk offers`, or wait longer: --bids-wait 10000';
  }
  const [first] = explanation.groups;
  if (explanation.lowestPrice !== undefined && first?.reason === 'price-below-ours') {
    return `pay more: --max-price ${formatAmount(explanation.lowestPrice, token.decimals)}`;
  }
  return first === undefined ? 'look at the reasons above' : remedyFor(first.nearest, token);
}

function remedyFor(decline: Decline, token: Token): string {
  switch (decline.reason) {
    case 'deposit-too-small':
      return `lock more: --deposit ${formatAmount(decline.minimum, token.decimals)}`;
    case 'no-capacity':
    case 'gpu-mismatch':
    case 'storage-class-missing':
      return 'ask for less in profiles.compute, or see what there is with `souk offers`';
    case 'attribute-missing':
    case 'region-mismatch':
    case 'not-audited':
      return 'relax the placement’s attributes or signedBy, or see what there is with `souk offers`';
    case 'price-below-ours':
    case 'endpoint-unsupported':
    case 'token-not-accepted':
    case 'window-too-long':
    case 'notice-too-long':
    case 'too-many-orders':
    case 'not-serving':
      return 'mend what is named above, or try again later';
  }
}

function countReasons(refused: Silence['refused']): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { reason } of refused) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return counts;
}
