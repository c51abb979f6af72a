/** A placement group as the reference's chain holds it, for parity: equal profiles of a group are one resource. */
import type { ManifestGroup, ManifestResources } from '../manifest.ts';
import type { SdlAttribute } from './compute.ts';
import { compareEndpoints } from './manifest.ts';
import type { SdlDeployment, SdlPlacement } from './placement.ts';
import { formatPrice } from './units.ts';

export interface GroupSpec {
  readonly name: string;
  readonly requirements: {
    readonly signed_by: {
      readonly all_of: readonly string[] | null;
      readonly any_of: readonly string[] | null;
    };
    readonly attributes: readonly SdlAttribute[] | null;
  };
  readonly resources: readonly {
    readonly resource: ManifestResources;
    readonly count: number;
    readonly price: { readonly denom: string; readonly amount: string };
  }[];
}

/** `deployments`: those of this group. `attributes`: the placement's and what services add to them. */
export function buildGroupSpec(
  group: ManifestGroup,
  placement: SdlPlacement,
  deployments: readonly SdlDeployment[],
  attributes: readonly SdlAttribute[],
): GroupSpec {
  const merged = new Map<number, { resource: ManifestResources; count: number; profile: string }>();
  for (const service of group.services) {
    const { id } = service.resources;
    const known = merged.get(id);
    const profile = deployments.find((each) => each.service === service.name)?.profile ?? '';
    const endpoints = [...(known?.resource.endpoints ?? []), ...(service.resources.endpoints ?? [])];
    merged.set(id, {
      resource: { ...(known?.resource ?? service.resources), endpoints: endpoints.sort(compareEndpoints) },
      count: (known?.count ?? 0) + service.count,
      profile,
    });
  }
  const orNull = <T>(list: readonly T[]) => (list.length === 0 ? null : list);
  return {
    name: group.name,
    requirements: {
      signed_by: { all_of: orNull(placement.allOf), any_of: orNull(placement.anyOf) },
      attributes: orNull(attributes),
    },
    resources: [...merged.values()].map(({ resource, count, profile }) => {
      const price = placement.prices.get(profile);
      return {
        resource,
        count,
        price: { denom: price?.denom ?? '', amount: formatPrice(price?.amount ?? { digits: 0n, scale: 0 }) },
      };
    }),
  };
}
