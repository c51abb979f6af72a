/** Which events a reader asked for. An event that names only its lease is matched by the lease's owners. */
import type { Address } from '@souk/protocol';
import type { ChainEvent, EventFilter } from './chain.ts';

export interface LeaseOwners {
  readonly tenant: Address;
  readonly operator: Address;
}

/** The owners where the event itself tells them. */
export function ownersIn(event: ChainEvent): LeaseOwners | undefined {
  switch (event.kind) {
    case 'lease-opened':
    case 'lease-amended':
      return { tenant: event.terms.tenant, operator: event.terms.operator };
    case 'lease-closed':
      return { tenant: event.tenant, operator: event.operator };
    case 'lease-ready':
    case 'lease-collected':
    case 'lease-topped-up':
      return undefined;
  }
}

/** True when the filter can be decided by the event's lease alone. */
export function needsNoOwners(filter: EventFilter): boolean {
  return filter.operator === undefined && filter.tenant === undefined;
}

export function isWanted(event: ChainEvent, filter: EventFilter, owners: LeaseOwners | undefined): boolean {
  if (filter.lease !== undefined && filter.lease !== event.lease) return false;
  if (needsNoOwners(filter)) return true;
  if (owners === undefined) return false;
  const isOperators = filter.operator === undefined || filter.operator === owners.operator;
  const isTenants = filter.tenant === undefined || filter.tenant === owners.tenant;
  return isOperators && isTenants;
}
