/**
 * Whose domain it is, as far as the DNS and the network say. A record `_souk.<domain>` names a tenant or a deployment and
 * settles it; without one the first lease has it. And before any authority is asked, the domain itself must lead to this
 * very ingress: a token that nobody can guess is asked for at its public name.
 */
import { randomBytes } from 'node:crypto';
import { Resolver } from 'node:dns/promises';
import { Fault, type LeaseId, toFault } from '@souk/protocol';
import { createOutbound } from '../../outbound/outbound.ts';

/** The DNS, as far as it is asked. */
export interface DomainNames {
  /** All addresses; none where there is no such name. */
  addresses(name: string): Promise<readonly string[]>;
  texts(name: string): Promise<readonly string[]>;
}

export interface Claimant {
  readonly lease: LeaseId;
  /** What a DNS record may call it by: its deployment's id, its tenant's address; lower case. */
  readonly ids: readonly string[];
}

export type Standing =
  | { readonly kind: 'first'; readonly winner: LeaseId }
  | { readonly kind: 'named'; readonly winner: LeaseId }
  | { readonly kind: 'foreign' };

const noAnswer = new Set(['ENOTFOUND', 'ENODATA']);

export function systemNames(): DomainNames {
  const resolver = new Resolver({ timeout: 3000, tries: 2 });
  const ask = async <T>(work: Promise<readonly T[]>): Promise<readonly T[]> => {
    try {
      return await work;
    } catch (error) {
      if (noAnswer.has((error as { code?: string }).code ?? '')) return [];
      throw error;
    }
  };
  return {
    addresses: async (name) => [
      ...(await ask(resolver.resolve4(name))),
      ...(await ask(resolver.resolve6(name)).catch(() => [])),
    ],
    texts: async (name) => (await ask(resolver.resolveTxt(name))).map((parts) => parts.join('')),
  };
}

export const claimRecord = (domain: string) => `_souk.${domain}`;

/** Claimants in the order in which they came. Throws `https.dns-silent`. */
export async function standingOf(
  domain: string,
  claimants: readonly [Claimant, ...Claimant[]],
  names: DomainNames,
): Promise<Standing> {
  const texts = await names.texts(claimRecord(domain)).catch((cause: unknown) => {
    throw new Fault('https.dns-silent', `the DNS does not answer for ${claimRecord(domain)}`, {
      blame: 'user',
      retry: true,
      cause,
    });
  });
  const named = texts
    .map((text) => text.trim().toLowerCase())
    .filter((text) => /^0x([0-9a-f]{40}|[0-9a-f]{64})$/.test(text));
  if (named.length === 0) return { kind: 'first', winner: claimants[0].lease };
  // A deployment's id is longer, and says more, than an address.
  for (const id of named.toSorted((a, b) => b.length - a.length)) {
    const winner = claimants.find(({ ids }) => ids.includes(id));
    if (winner) return { kind: 'named', winner: winner.lease };
  }
  return { kind: 'foreign' };
}

export const checkPath = '/.well-known/souk-check/';

export interface RouteCheck {
  readonly names: DomainNames;
  readonly port: number;
  readonly mayCallPrivate: boolean;
  /** What the ingress answers below `checkPath`, while it is put up. */
  readonly publish: (token: string) => () => void;
  readonly signal: AbortSignal;
}

/** Undefined where the domain leads here; else why it does not seem to. */
export async function whyNotHere(domain: string, check: RouteCheck): Promise<string | undefined> {
  const addresses = await check.names.addresses(domain).catch(() => undefined);
  if (!addresses) return 'the DNS does not answer for it';
  if (addresses.length === 0) return 'it has no address in the DNS';
  const token = randomBytes(24).toString('base64url');
  const takeDown = check.publish(token);
  const seen = addresses.slice(0, 3).join(', ');
  try {
    const outbound = createOutbound({ mayCallPrivate: check.mayCallPrivate, resolve: async () => addresses });
    const url = new URL(`http://${domain}:${check.port}${checkPath}${token}`);
    const answer = await outbound(url, { method: 'GET', signal: check.signal });
    if (answer.status === 200 && answer.body === token) return undefined;
    return `it leads to ${seen}, where something else answers`;
  } catch (error) {
    const { code, message } = toFault(error, 'https.check-failed', 'user');
    return code === 'outbound.private-address'
      ? message
      : `it leads to ${seen}, where nothing answers on port ${check.port}`;
  } finally {
    takeDown();
  }
}
