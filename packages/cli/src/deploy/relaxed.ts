/** Requirements, reasons and relaxations in words: what was asked, who comes nearest, what would bring offers. */
import {
  type Decline,
  formatAmount,
  type MarketWish,
  type ResourceName,
  totalResources,
} from '@souk/protocol';
import type { Counterfactual, DeclineGroup, Relaxation } from '@souk/tenant';
import { amountText, bytesText, coresText, moneyText, type Token } from '../format.ts';
import { printable } from '../output.ts';

/** "+0.04 USD/hour → 7 offers". */
export function counterfactualText(found: Counterfactual, wish: MarketWish, token: Token): string {
  const changes = found.relaxations.map((one) => relaxationText(one, wish, token)).join(' and ');
  return `${changes} → ${found.isGuess ? 'about ' : ''}${countText(found.offers, 'offer')}`;
}

export function countText(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function relaxationText(relaxation: Relaxation, wish: MarketWish, token: Token): string {
  const { requirements, terms } = wish;
  switch (relaxation.what) {
    case 'price':
      return `+${amountText(relaxation.maxRate - terms.maxRate, token)} ${token.symbol}/hour`;
    case 'deposit':
      return `deposit of ${moneyText(relaxation.deposit, token)}`;
    case 'attribute':
    case 'cpu-attribute':
      return `without ${printable(relaxation.attribute)}`;
    case 'regions':
      return 'without region';
    case 'auditors':
      return 'without signedBy';
    case 'gpu-model':
      return 'any GPU';
    case 'interruptible':
      return 'interruptible';
    case 'resource': {
      const asked = BigInt(totalResources(requirements)[relaxation.resource]);
      const { resource, to } = relaxation;
      return to === 0n
        ? `without ${resourceNames[resource]}`
        : `${resourceText(resource, to)} instead of ${resourceText(resource, asked)}`;
    }
    case 'replicas': {
      const asked = requirements.units.find(({ service }) => service === relaxation.service)?.count ?? 0;
      return `${relaxation.count} × ${printable(relaxation.service)} instead of ${asked}`;
    }
    case 'storage-class':
      return `storage class ${printable(relaxation.to)} instead of ${printable(relaxation.class)}`;
    case 'endpoint':
      return `without public ${relaxation.kind}`;
    case 'clawback':
      return `clawback window of ${relaxation.seconds} s`;
    case 'start':
      return `start window of ${relaxation.seconds} s`;
    case 'notice':
      return `${relaxation.seconds} s of notice`;
  }
}

/** What to type or to change for it. */
export function remedyText(found: Counterfactual, token: Token): string {
  return found.relaxations.map((one) => remedyOf(one, token)).join('; ');
}

function remedyOf(relaxation: Relaxation, token: Token): string {
  switch (relaxation.what) {
    case 'price':
      return `pay more: --max-price ${formatAmount(relaxation.maxRate, token.decimals)}`;
    case 'deposit':
      return `lock more: --deposit ${formatAmount(relaxation.deposit, token.decimals)}`;
    case 'attribute':
      return `remove the placement’s attribute ${printable(relaxation.attribute)}`;
    case 'cpu-attribute':
      return `remove the cpu’s attribute ${printable(relaxation.attribute)}`;
    case 'regions':
      return 'name more regions in x-souk.regions, or none';
    case 'auditors':
      return 'remove the placement’s signedBy';
    case 'gpu-model':
      return 'set x-souk.anyGpu: true';
    case 'interruptible':
      return 'set x-souk.interruptible: true, if it may be stopped at short notice';
    case 'resource':
      if (relaxation.to === 0n) return `do without ${resourceNames[relaxation.resource]}`;
      return `ask for at most ${resourceText(relaxation.resource, relaxation.to)} in profiles.compute, or see what there is with \`souk offers\``;
    case 'replicas':
      return `set count: ${relaxation.count} for ${printable(relaxation.service)}`;
    case 'storage-class':
      return `use storage of class ${printable(relaxation.to)}`;
    case 'endpoint':
      return `do without public ${relaxation.kind} endpoints`;
    case 'clawback':
      return `set x-souk.clawbackSeconds: ${relaxation.seconds}`;
    case 'start':
      return `set x-souk.startSeconds: ${relaxation.seconds}`;
    case 'notice':
      return `ask for at most ${relaxation.seconds} s of notice`;
  }
}

const resourceNames: Readonly<Record<ResourceName, string>> = {
  cpuMilli: 'cpu',
  memoryBytes: 'memory',
  storageBytes: 'storage',
  gpus: 'GPUs',
};

function resourceText(resource: ResourceName, amount: bigint): string {
  switch (resource) {
    case 'cpuMilli':
      return coresText(Number(amount));
    case 'memoryBytes':
      return `${bytesText(amount)} memory`;
    case 'storageBytes':
      return `${bytesText(amount)} storage`;
    case 'gpus':
      return countText(Number(amount), 'GPU');
  }
}

/** A reason as two columns: what was asked, and what the nearest of those who decline has. */
export function exclusionText(
  { nearest }: DeclineGroup,
  token: Token,
): readonly [asked: string, nearest: string] {
  const [asked, has] = columnsOf(nearest, token);
  return [printable(asked), printable(has)];
}

function columnsOf(decline: Decline, token: Token): readonly [string, string] {
  switch (decline.reason) {
    case 'no-capacity':
      return [
        resourceText(decline.resource, decline.needed),
        `${resourceText(decline.resource, decline.available)} free`,
      ];
    case 'attribute-missing':
      return [`${decline.attribute}=${decline.wanted}`, decline.offered ?? 'has none'];
    case 'region-mismatch':
      return [`region ${decline.wanted.join(' or ')}`, decline.offered ?? 'names none'];
    case 'not-audited':
      return [`signed by ${decline.auditors.join(', ')}`, 'is not'];
    case 'gpu-mismatch':
      return [`GPU ${decline.wanted.join(' or ')}`, 'has others'];
    case 'storage-class-missing':
      return [`storage class ${decline.class}`, 'has others'];
    case 'endpoint-unsupported':
      return [`public ${decline.kind}`, 'has none'];
    case 'price-below-ours':
      return [
        `at most ${moneyText(decline.ceiling, token)} per hour`,
        `asks ${amountText(decline.ours, token)}`,
      ];
    case 'deposit-too-small':
      return [
        `deposit of ${moneyText(decline.deposit, token)}`,
        `wants ${amountText(decline.minimum, token)}`,
      ];
    case 'token-not-accepted':
      return [`pay in ${token.symbol}`, 'takes others'];
    case 'window-too-long':
      return [`${decline.which} window of ${decline.window} s`, `takes ${decline.maximum} s`];
    case 'notice-too-long':
      return [`${decline.wanted} s of notice`, `gives ${decline.maximum} s`];
    case 'too-many-orders':
      return ['one more order', 'has too many of this tenant'];
    case 'not-serving':
      return ['a provider that serves', decline.detail];
  }
}
