/** The three providers of a local network: what each has and asks. Different on purpose, so that there is a market. */
import { stringify } from 'yaml';

export interface LocalProvider {
  readonly name: string;
  /** For `souk provide --capacity`. */
  readonly capacity: string;
  readonly attributes: readonly string[];
  /** US dollars; the form of `souk provide --price-file`. */
  readonly prices: Readonly<Record<string, unknown>>;
}

export const localProviders: readonly LocalProvider[] = [
  {
    name: 'amber',
    capacity: 'cpu=8,memory=8Gi,storage=64Gi',
    attributes: ['region=local-a', 'tier=community'],
    prices: prices(1),
  },
  {
    name: 'basil',
    capacity: 'cpu=16,memory=16Gi,storage=128Gi',
    attributes: ['region=local-b', 'tier=community'],
    prices: prices(1.25),
  },
  {
    name: 'cedar',
    capacity: 'cpu=32,memory=24Gi,storage=256Gi',
    attributes: ['region=local-c', 'tier=datacenter'],
    prices: prices(1.6),
  },
];

export function priceFileOf(provider: LocalProvider): string {
  return stringify(provider.prices);
}

function prices(factor: number): Readonly<Record<string, unknown>> {
  const times = (price: number) => (price * factor).toFixed(6);
  return {
    core: times(0.012),
    memoryGib: times(0.0016),
    storageGib: { default: times(0.00003), beta2: times(0.00006), beta3: times(0.00009) },
    minimumRate: '0.0005',
  };
}
