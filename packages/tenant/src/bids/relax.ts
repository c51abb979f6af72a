/**
 * One thing less asked of providers: the ways in which an order can be relaxed, and what an order looks like then.
 * A relaxation never asks for more than before. Pure.
 */
import {
  type Decline,
  type endpointKinds,
  type MarketWish,
  type Requirements,
  type ResourceName,
  type ResourceUnit,
  totalResources,
} from '@souk/protocol';

export type Relaxation =
  | { readonly what: 'price'; readonly maxRate: bigint }
  | { readonly what: 'deposit'; readonly deposit: bigint }
  | { readonly what: 'attribute' | 'cpu-attribute'; readonly attribute: string }
  | { readonly what: 'regions' | 'auditors' | 'gpu-model' | 'interruptible' }
  /** All replicas together get at most `to` of it, each in proportion. */
  | { readonly what: 'resource'; readonly resource: ResourceName; readonly to: bigint }
  | { readonly what: 'replicas'; readonly service: string; readonly count: number }
  | { readonly what: 'storage-class'; readonly class: string; readonly to: string }
  | { readonly what: 'endpoint'; readonly kind: (typeof endpointKinds)[number] }
  | { readonly what: 'clawback' | 'start' | 'notice'; readonly seconds: number };

export function relaxAll(wish: MarketWish, relaxations: readonly Relaxation[]): MarketWish {
  return relaxations.reduce(relax, wish);
}

export function relax(wish: MarketWish, relaxation: Relaxation): MarketWish {
  const { requirements, terms } = wish;
  const ask = (patch: Partial<Requirements>) => ({ terms, requirements: { ...requirements, ...patch } });
  const each = (change: (resources: ResourceUnit) => Partial<ResourceUnit>) =>
    ask({
      units: requirements.units.map((unit) => ({
        ...unit,
        resources: { ...unit.resources, ...change(unit.resources) },
      })),
    });
  switch (relaxation.what) {
    case 'price':
      return { requirements, terms: { ...terms, maxRate: relaxation.maxRate } };
    case 'deposit':
      return { requirements, terms: { ...terms, deposit: relaxation.deposit } };
    case 'clawback':
      return { requirements, terms: { ...terms, clawbackWindow: relaxation.seconds } };
    case 'start':
      return { requirements, terms: { ...terms, startWindow: relaxation.seconds } };
    case 'notice':
      return ask({ reclamationSeconds: relaxation.seconds });
    case 'attribute':
      return ask({ attributes: without(requirements.attributes, relaxation.attribute) });
    case 'cpu-attribute':
      return each(({ cpuAttributes }) => ({ cpuAttributes: without(cpuAttributes, relaxation.attribute) }));
    case 'regions': {
      const { regions: _, ...rest } = requirements;
      return { terms, requirements: rest };
    }
    case 'auditors':
      return ask({ signedBy: { allOf: [], anyOf: [] } });
    case 'interruptible':
      return ask({ interruptible: true });
    case 'gpu-model':
      return each(({ gpu }) => ({ gpu: { ...gpu, alternatives: [] } }));
    case 'storage-class':
      return each(({ storage }) => ({
        storage: storage.map((one) =>
          one.class === relaxation.class ? { ...one, class: relaxation.to } : one,
        ),
      }));
    case 'endpoint':
      return ask({ endpoints: requirements.endpoints.filter(({ kind }) => kind !== relaxation.kind) });
    case 'replicas':
      return ask({
        units: requirements.units.map((unit) =>
          unit.service === relaxation.service ? { ...unit, count: relaxation.count } : unit,
        ),
      });
    case 'resource':
      return shrink(wish, relaxation.resource, relaxation.to);
  }
}

function shrink(wish: MarketWish, resource: ResourceName, to: bigint): MarketWish {
  const { requirements, terms } = wish;
  const total = BigInt(totalResources(requirements)[resource]);
  if (total <= to) return wish;
  const part = (amount: bigint) => (amount * to) / total;
  const units = requirements.units.map((unit) => ({
    ...unit,
    resources: shrinkUnit(unit.resources, resource, part),
  }));
  return { terms, requirements: { ...requirements, units } };
}

function shrinkUnit(
  unit: ResourceUnit,
  resource: ResourceName,
  part: (amount: bigint) => bigint,
): ResourceUnit {
  const storage = (isMemory: boolean) =>
    unit.storage.map((one) =>
      (one.class === 'ram') === isMemory ? { ...one, bytes: part(one.bytes) } : one,
    );
  switch (resource) {
    case 'cpuMilli':
      return { ...unit, cpuMilli: Math.max(1, Number(part(BigInt(unit.cpuMilli)))) };
    case 'memoryBytes':
      return { ...unit, memoryBytes: part(unit.memoryBytes), storage: storage(true) };
    case 'storageBytes':
      return { ...unit, storage: storage(false) };
    case 'gpus':
      return { ...unit, gpu: { ...unit.gpu, units: Number(part(BigInt(unit.gpu.units))) } };
  }
}

function without(record: Readonly<Record<string, string>>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));
}

/** Would a provider that gave this reason give it again? By its own numbers: all that is known where it published none. */
export function isStillDeclined(decline: Decline, { requirements, terms }: MarketWish): boolean {
  const { units } = requirements;
  switch (decline.reason) {
    case 'no-capacity':
      return BigInt(totalResources(requirements)[decline.resource]) > decline.available;
    case 'attribute-missing':
      return [requirements.attributes, ...units.map((unit) => unit.resources.cpuAttributes)].some(
        (wanted) => Object.hasOwn(wanted, decline.attribute) && wanted[decline.attribute] === decline.wanted,
      );
    case 'region-mismatch':
      return requirements.regions !== undefined;
    case 'not-audited':
      return requirements.signedBy.allOf.length + requirements.signedBy.anyOf.length > 0;
    case 'gpu-mismatch':
      return units.some(({ resources: { gpu } }) => gpu.units > 0 && gpu.alternatives.length > 0);
    case 'storage-class-missing':
      return units.some(({ resources }) => resources.storage.some((one) => one.class === decline.class));
    case 'endpoint-unsupported':
      return requirements.endpoints.some(({ kind }) => kind === decline.kind);
    case 'price-below-ours':
      return decline.ours > terms.maxRate;
    case 'deposit-too-small':
      return decline.minimum > terms.deposit;
    case 'token-not-accepted':
      return decline.token === terms.token;
    case 'window-too-long': {
      const window = decline.which === 'clawback' ? terms.clawbackWindow : terms.startWindow;
      return window > decline.maximum;
    }
    case 'notice-too-long':
      return requirements.reclamationSeconds > decline.maximum;
    case 'too-many-orders':
    case 'not-serving':
      return true;
  }
}
