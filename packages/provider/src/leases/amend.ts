/**
 * Changes of an open lease's terms: is this amendment, signed by the buying side, one that fits the terms as they are;
 * and bring it on chain, co-signed by being its sender. Applying looks first at what the chain says, so it can be
 * repeated after any crash and happens once. Whether we like the new rate is the caller's to decide.
 */
import { type ChainReads, type ChainWriter, hashTerms, type LeaseRef, type Terms } from '@souk/chain';
import {
  type Address,
  type Amendment,
  Fault,
  hashManifest,
  hashRequirements,
  type ManifestGroup,
  type Refused,
  type Requirements,
  type Signed,
  toFault,
  zeroAddress,
} from '@souk/protocol';
import type { ProviderMetrics } from '../metrics.ts';
import { refuse } from './accept.ts';
import type { Book, Lease } from './book.ts';
import { refOf } from './lease.ts';
import type { Settlement } from './settlement.ts';

export interface AmendDeps {
  readonly chain: Pick<ChainReads, 'leaseOf' | 'isSignatureValid'>;
  readonly writer: Pick<ChainWriter, 'amend'>;
  /** The writer's key: being the sender is the operator's consent. */
  readonly hotKey: Address;
  readonly book: Book;
  readonly settlement: Pick<Settlement, 'now' | 'refresh'>;
  readonly metrics: ProviderMetrics;
}

/** What the lease is to run from the amendment on. */
export interface AmendedTo {
  readonly manifest: ManifestGroup;
  readonly requirements: Requirements;
}

export interface Amender {
  /** Undefined where it could be applied now. Throws where the chain does not answer. */
  check(lease: Lease, signed: Signed<Amendment>, to: AmendedTo): Promise<Refused | undefined>;
  /**
   * Resolves once the chain and the journal hold the new terms. Throws `lease.amendment-stale` where other terms hold
   * by now, `lease.amend-refused` where the chain does not take it, and what chain throws where it does not answer.
   */
  apply(lease: Lease, signed: Signed<Amendment>): Promise<void>;
}

export function createAmender(deps: AmendDeps): Amender {
  const { chain, writer, book, settlement, metrics } = deps;

  const check: Amender['check'] = async (lease, signed, to) => {
    const { terms, stage } = lease.record;
    if (stage !== 'up') return refuse('not-running', 'the lease has ended');
    if (!terms) return refuse('not-running', 'the lease is not open yet');
    const misfit = misfitOf({ lease: lease.id, terms }, signed, to, settlement.now());
    if (misfit) return misfit;
    if (await chain.isSignatureValid('Amendment', signed)) return undefined;
    return refuse('signature-wrong', 'the amendment is not signed by its signer');
  };

  const apply: Amender['apply'] = async (lease, signed) => {
    if (await takeOver(lease, signed.message)) return;
    const ref = refOf(lease.record);
    if (!ref) throw stale('the lease is not open');
    try {
      const operator = { message: signed.message, signer: deps.hotKey, signature: '0x' as const };
      await writer.amend(ref, { tenant: signed, operator });
      metrics.transactions.inc({ kind: 'amend', result: 'mined' });
    } catch (error) {
      const fault = toFault(error, 'lease.amend-failed', 'chain');
      const isRefused = fault.code === 'chain.reverted';
      metrics.transactions.inc({ kind: 'amend', result: isRefused ? 'reverted' : 'failed' });
      if (!isRefused) throw fault;
      // An earlier try of ours may have been mined meanwhile.
      if (await takeOver(lease, signed.message)) return;
      throw refused(fault);
    }
    if (!(await takeOver(lease, signed.message))) throw notShownYet();
  };

  /** Put the new terms into the journal if the chain has them. False while the chain still has those before. */
  const takeOver = async (lease: Lease, message: Amendment): Promise<boolean> => {
    const { funded, collected, readyAt, status, termsHash } = await chain.leaseOf(lease.id);
    if (status === 'open' && termsHash === message.terms) return false;
    const known = lease.record.terms;
    // The follower may have been quicker: then the journal holds them already.
    const terms = known && [amendedTerms(known, message), known].find((one) => hashTerms(one) === termsHash);
    const isIt = terms?.rate === message.rate && terms.minimumCharge === message.minimumCharge;
    if (status === 'open' && terms && isIt) {
      book.change(lease, { terms, funded, collected, readyAt });
      return true;
    }
    await settlement.refresh(lease);
    throw stale('the lease has other terms by now, or has ended');
  };

  return { check, apply };
}

/** Undefined where it may be applied to a lease of these terms by whoever signed it. Pure. */
export function misfitOf(
  { lease, terms }: LeaseRef,
  { message, signer }: Signed<Amendment>,
  to: AmendedTo,
  now: number,
): Refused | undefined {
  if (message.lease !== lease) return refuse('lease-unknown', 'the amendment is of another lease');
  if (message.terms !== hashTerms(terms))
    return refuse(
      'amendment-stale',
      'the lease has other terms than the amendment names: ask for them again',
    );
  const isAgent = signer === terms.agent && signer !== zeroAddress;
  if (signer !== terms.tenant && !isAgent)
    return refuse('not-yours', 'only tenant or agent may sign an amendment');
  const isWithin =
    message.rate <= terms.rate && message.minimumCharge <= terms.minimumCharge && message.deposit === 0n;
  if (signer !== terms.tenant && !isWithin)
    return refuse('signature-wrong', 'a higher rate or a deposit needs the tenant’s own signature');
  if (message.rate === 0n) return refuse('unsupported', 'a rate of 0 is none');
  if (message.expiresAt <= now) return refuse('amendment-stale', 'the amendment has expired');
  if (message.manifest !== hashManifest([to.manifest]))
    return refuse('manifest-mismatch', 'the manifest is not the one that the amendment names');
  if (message.requirements !== hashRequirements(to.requirements))
    return refuse('requirements-mismatch', 'the requirements are not those that the amendment names');
  return undefined;
}

/** As the Market makes them. */
export function amendedTerms(terms: Terms, { rate, minimumCharge }: Amendment): Terms {
  return { ...terms, rate, minimumCharge, revision: terms.revision + 1 };
}

function stale(detail: string): Fault {
  return new Fault('lease.amendment-stale', detail, { blame: 'peer' });
}

function refused(cause: Fault): Fault {
  const message = `the chain refused the amendment: ${cause.message}`;
  return new Fault('lease.amend-refused', message, { blame: 'peer', cause });
}

function notShownYet(): Fault {
  const message = 'the chain does not show the amendment yet';
  return new Fault('lease.amend-failed', message, { blame: 'chain', retry: true });
}
