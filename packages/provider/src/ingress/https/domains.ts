/**
 * The custom domains of the leases that are served, each brought to a certificate that is valid, and kept there. It looks
 * at what is claimed, not at events: whose a domain is, whether it leads here, then the authority, with growing pauses
 * after a refusal. It never asks an authority for a domain that does not lead to this ingress.
 */
import type { Clock, LeaseId, Log } from '@souk/protocol';
import { toFault } from '@souk/protocol';
import type { Authority } from './authority.ts';
import { type Claimant, claimRecord, type DomainNames, standingOf, whyNotHere } from './ownership.ts';
import type { Certificate, Vault } from './vault.ts';

export interface DomainDeps {
  /** Which leases want which domains, in the order in which they came. */
  readonly claims: () => ReadonlyMap<string, readonly LeaseId[]>;
  readonly claimantOf: (lease: LeaseId) => Claimant;
  /** Let this lease have the domain, whoever came first; undefined: whoever came first. */
  readonly settle: (domain: string, lease: LeaseId | undefined) => void;
  readonly authority: Authority;
  readonly vault: Vault;
  readonly names: DomainNames;
  /** Answers for the authority, and for our own check, at their paths on the HTTP ingress. */
  readonly publishChallenge: (token: string, answer: string) => () => void;
  readonly publishCheck: (token: string) => () => void;
  /** To be shown from now on; undefined: nothing any more. */
  readonly onCertificate: (domain: string, certificate: Certificate | undefined) => void;
  readonly note: (lease: LeaseId, detail: string) => void;
  readonly clock: Clock;
  readonly log: Log;
}

export interface DomainConfig {
  readonly acmeChallengePort: number;
  readonly acmeRetryMs: number;
  readonly maxDomainsPerLease: number;
  readonly callPrivateAddresses: boolean;
  readonly publicHost: string;
}

export interface Domains extends AsyncDisposable {
  /** What keeps domains of this lease from HTTPS, as sentences with what to do. */
  warningsOf(lease: LeaseId): readonly string[];
  /** This lease has the domain, and there is a valid certificate for it. */
  isSecured(lease: LeaseId, domain: string): boolean;
}

interface Entry {
  claimants: readonly LeaseId[];
  holder: LeaseId | undefined;
  certificate: Certificate | undefined;
  /** What each lease is told; none where all is well. */
  troubles: Map<LeaseId, string>;
  nextAt: number;
  failures: number;
  isBusy: boolean;
}

const tickMs = 1000;
const pruneMs = 86_400_000;
/** How often it is looked again whether a domain leads here by now; doubles up to the second. */
const recheckMs = 15_000;
const recheckMaxMs = 600_000;
const retryMaxMs = 43_200_000;
/** Whose a domain is can change in the DNS. */
const secureLookMs = 600_000;
const maxAtOnce = 4;
const domainName = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

export function startDomains(deps: DomainDeps, config: DomainConfig): Domains {
  const { clock, log, vault } = deps;
  const stop = new AbortController();
  const entries = new Map<string, Entry>();
  const work = new Set<Promise<void>>();
  let prunedAt = clock.now();

  const tell = (entry: Entry, domain: string, lease: LeaseId, trouble: string | undefined) => {
    if (trouble === entry.troubles.get(lease)) return;
    if (trouble === undefined) entry.troubles.delete(lease);
    else {
      entry.troubles.set(lease, trouble);
      deps.note(lease, trouble);
    }
    log.info('domain looked at', { domain, lease, trouble: trouble !== undefined });
  };

  const later = (entry: Entry, firstMs: number, maxMs: number) => {
    entry.nextAt = clock.now() + Math.min(firstMs * 2 ** entry.failures, maxMs);
    entry.failures = Math.min(entry.failures + 1, 30);
  };

  /** Whose it is, or nobody's; tells those who don't get it why. */
  const decideHolder = async (domain: string, entry: Entry): Promise<LeaseId | undefined> => {
    const [first, ...rest] = entry.claimants.map(deps.claimantOf);
    if (!first) return undefined;
    const standing = await standingOf(domain, [first, ...rest], deps.names);
    deps.settle(domain, standing.kind === 'named' ? standing.winner : undefined);
    for (const claimant of [first, ...rest]) {
      if (standing.kind !== 'foreign' && standing.winner === claimant.lease) continue;
      const why =
        standing.kind === 'first'
          ? 'another lease here came first'
          : `its DNS record ${claimRecord(domain)} names somebody else`;
      tell(entry, domain, claimant.lease, notOwned(domain, why, txtRemedy(domain, claimant)));
    }
    return standing.kind === 'foreign' ? undefined : standing.winner;
  };

  const look = async (domain: string, entry: Entry): Promise<void> => {
    const holder = await decideHolder(domain, entry);
    if (holder !== entry.holder) entry.failures = 0;
    entry.holder = holder;
    if (holder === undefined) {
      deps.onCertificate(domain, undefined);
      return later(entry, recheckMs, recheckMaxMs);
    }
    entry.certificate ??= await vault.load(domain);
    const { certificate } = entry;
    const isGood = certificate && clock.now() < renewAt(certificate);
    if (isGood && certificate.lease === holder) return secured(domain, entry, certificate);
    const why = await whyNotHere(domain, {
      names: deps.names,
      port: config.acmeChallengePort,
      mayCallPrivate: config.callPrivateAddresses,
      publish: deps.publishCheck,
      signal: stop.signal,
    });
    if (why !== undefined) {
      const remedy = `point an A, AAAA or CNAME record of ${domain} at ${config.publicHost}`;
      if (certificate?.lease !== holder) deps.onCertificate(domain, undefined);
      tell(entry, domain, holder, notOwned(domain, why, remedy));
      return later(entry, recheckMs, recheckMaxMs);
    }
    const own = isGood ? certificate : await deps.authority.issue(domain, deps.publishChallenge);
    const issued = await vault.save(domain, own, holder);
    deps.note(holder, `domain ${domain} has a certificate until ${new Date(issued.until).toISOString()}`);
    entry.certificate = issued;
    entry.failures = 0;
    secured(domain, entry, issued);
  };

  const secured = (domain: string, entry: Entry, certificate: Certificate) => {
    if (entry.holder) tell(entry, domain, entry.holder, undefined);
    deps.onCertificate(domain, certificate);
    entry.nextAt = Math.min(renewAt(certificate), clock.now() + secureLookMs);
  };

  const lookSafely = async (domain: string, entry: Entry): Promise<void> => {
    try {
      await look(domain, entry);
    } catch (error) {
      if (stop.signal.aborted) return;
      const fault = toFault(error, 'https.check-failed', 'self');
      log.warn('no certificate yet', { domain, code: fault.code });
      const detail = `domain ${domain} has no ${entry.certificate ? 'new ' : ''}certificate yet: ${fault.message}; it is tried again`;
      const told = entry.holder ?? entry.claimants[0];
      if (told) tell(entry, domain, told, detail);
      later(entry, config.acmeRetryMs, retryMaxMs);
    }
  };

  /** Entries are made equal to what is claimed; whatever is due is looked at. */
  const tick = async (): Promise<void> => {
    const counts = new Map<LeaseId, number>();
    const claims = deps.claims();
    for (const [domain, leases] of claims) {
      if (!domainName.test(domain)) continue;
      const within = leases.filter((lease) => {
        const count = (counts.get(lease) ?? 0) + 1;
        counts.set(lease, count);
        return count <= config.maxDomainsPerLease;
      });
      const entry = entries.get(domain) ?? newEntry();
      if (within.join() !== entry.claimants.join()) {
        entry.claimants = within;
        entry.nextAt = 0;
        entry.failures = 0;
      }
      for (const lease of entry.troubles.keys()) if (!leases.includes(lease)) entry.troubles.delete(lease);
      const tooMany = `domain ${domain} has no certificate: only ${config.maxDomainsPerLease} domains of one lease get one here`;
      for (const lease of leases) if (!within.includes(lease)) tell(entry, domain, lease, tooMany);
      entries.set(domain, entry);
    }
    for (const domain of entries.keys()) {
      if (claims.has(domain)) continue;
      entries.delete(domain);
      deps.onCertificate(domain, undefined);
    }
    for (const [domain, entry] of entries) {
      if (
        entry.isBusy ||
        entry.claimants.length === 0 ||
        clock.now() < entry.nextAt ||
        work.size >= maxAtOnce
      )
        continue;
      entry.isBusy = true;
      const looking = lookSafely(domain, entry).finally(() => {
        entry.isBusy = false;
        work.delete(looking);
      });
      work.add(looking);
    }
    if (clock.now() - prunedAt < pruneMs) return;
    prunedAt = clock.now();
    await vault.prune(clock.now(), (domain) => entries.has(domain));
  };

  const round = (async () => {
    while (!stop.signal.aborted) {
      await tick().catch((error: unknown) =>
        log.warn('domains not looked through', { code: toFault(error, 'https.check-failed', 'self').code }),
      );
      await clock.sleep(tickMs, stop.signal).catch(() => undefined);
    }
  })();

  return {
    warningsOf: (lease) => [...entries.values()].flatMap(({ troubles }) => troubles.get(lease) ?? []),
    isSecured(lease, domain) {
      const entry = entries.get(domain);
      const { certificate } = entry ?? {};
      return entry?.holder === lease && certificate?.lease === lease && certificate.until > clock.now();
    },
    // An authority that is being asked is not waited for: what it says comes too late, and is asked again.
    async [Symbol.asyncDispose]() {
      stop.abort(new Error('the provider stops'));
      await round;
    },
  };
}

function newEntry(): Entry {
  return {
    claimants: [],
    holder: undefined,
    certificate: undefined,
    troubles: new Map(),
    nextAt: 0,
    failures: 0,
    isBusy: false,
  };
}

/** After two thirds of its life. */
function renewAt({ from, until }: Certificate): number {
  return from + ((until - from) * 2) / 3;
}

function notOwned(domain: string, why: string, remedy: string): string {
  return `domain ${domain} not owned: ${why}; do this: ${remedy}`;
}

function txtRemedy(domain: string, { ids }: Claimant): string {
  return `add the DNS record ${claimRecord(domain)} TXT "${ids[0] ?? ''}"`;
}
