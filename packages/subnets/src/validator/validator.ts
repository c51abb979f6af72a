/**
 * The validator: asks miners, scores them, commits and reveals weights, shows its evidence, computes, attests and posts
 * epochs. Level-triggered: every look at the chain finds what is due and not done, so it starts again after anything at
 * the point where it was. It must never sign two results of one epoch, nor score a miner for what it did not see.
 * `souk validate` starts it.
 */
import type { SubnetReads, SubnetWriter } from '@souk/chain';
import type { Metrics, Store } from '@souk/daemon';
import type { Peer } from '@souk/net';
import { type Address, attestationsTopic, type Clock, type Log, type Signer, toFault } from '@souk/protocol';
import { openBook } from '../book/book.ts';
import { weighersOf } from '../book/view.ts';
import type { ValidatorConfig } from '../config.ts';
import { blocksOf, epochAt } from '../epochs/blocks.ts';
import { versionOf } from '../mechanisms/define.ts';
import type { Mechanism } from '../mechanisms/mechanism.ts';
import { createValidatorMetrics } from '../metrics.ts';
import type { SignedAttestation } from './attestation-relay.ts';
import { createAttestations } from './attestations.ts';
import { createCommits } from './commits.ts';
import { createEpochs } from './epochs.ts';
import { judgeEvidence } from './evidence/judge.ts';
import { openJournal } from './journal.ts';
import { createRounds, type Now } from './rounds.ts';
import { createSecrets } from './secret.ts';
import { createSender } from './sender.ts';
import { type ValidatorStatus, statusOf } from './status.ts';

export interface ValidatorDeps {
  readonly peer: Peer;
  readonly reads: SubnetReads;
  /** Of the hot key. */
  readonly writer: SubnetWriter;
  /** The operator's hot key: signs tasks and attestations, always the same way. The peer's key must be the same. */
  readonly signer: Signer;
  readonly operator: Address;
  readonly subnet: number;
  /** Of the subnet, in its order. */
  readonly mechanisms: readonly Mechanism[];
  /** Block of the contracts. */
  readonly fromBlock: number;
  readonly store: Store;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly log: Log;
  readonly fetch: typeof fetch;
}

export interface Validator extends AsyncDisposable {
  status(): ValidatorStatus;
}

/** Throws `subnets.unknown-subnet`, `daemon.store-unusable`, and what the chain throws before anything was read. */
export async function startValidator(deps: ValidatorDeps, config: ValidatorConfig): Promise<Validator> {
  const { peer, reads, writer, clock, subnet, operator, signer } = deps;
  await using stack = new AsyncDisposableStack();
  const log = deps.log.child({ subnet });
  const { domain } = reads;
  const metrics = createValidatorMetrics(deps.metrics);
  const book = openBook(reads, { ...config, ...deps });
  const journal = openJournal(deps.store, subnet);
  const sender = createSender({ log, metrics });
  const secretOf = createSecrets({ ...deps, domain });
  const slash = (who: Address, [a, b]: readonly [SignedAttestation, SignedAttestation]) => {
    log.warn('operator signed two results of one epoch', { operator: who, epoch: a.message.epoch });
    sender.send('slash', `${a.message.epoch} ${who}`, () => writer.slash(a, b));
  };
  const attestations = createAttestations(
    { domain, subnet, clock, view: () => book.view(), head: () => book.head(), onConflict: slash },
    { ...config, repeatMs: config.pollMs },
  );
  const shared = { ...deps, log, domain, metrics, book, journal, sender, secretOf, attestations };
  const rounds = stack.use(createRounds(shared, config));
  const blockHash = (block: number) => reads.blockHash(block);
  const commits = createCommits({ ...shared, blockHash, isAsking: () => rounds.isBusy() }, config);
  const epochs = createEpochs({ ...shared, judge: judgeEvidence(deps.mechanisms, domain) }, config);

  /** History batch by batch: what was computed with need not be kept. */
  const read = () =>
    book.refresh(() => (book.isFound() ? epochs.catchUp(book.view(), book.head()) : undefined));
  await read();
  book.view();

  const stop = new AbortController();
  const heard = (signed: SignedAttestation) => {
    if (stop.signal.aborted) return 'ignore' as const;
    const verdict = attestations.validate(signed);
    metrics.attestations.inc({ verdict });
    return verdict;
  };
  await peer.join(attestationsTopic, heard, () => undefined);

  function now(): Now {
    const view = book.view();
    const epoch = epochAt(view.tempo, book.head());
    const count = Number(view.paramsIn(epoch).mechanismCount);
    const mechanisms = deps.mechanisms.slice(0, count);
    return { view, head: book.head(), epoch, blocks: blocksOf(view.tempo, epoch), mechanisms };
  }

  const troubles: Record<string, string> = {};
  async function attempt(part: string, work: () => unknown): Promise<void> {
    try {
      await work();
      delete troubles[part];
    } catch (error) {
      const fault = toFault(error, 'subnets.validator-failed', 'self');
      troubles[part] = fault.message;
      metrics.faults.inc({ step: part });
      log.warn('step failed', { part, code: fault.code, error });
    }
  }

  let forgotten = 0;
  function forget(epoch: number): void {
    journal.forgetBefore(epoch - 2);
    forgotten = epoch;
  }

  async function look(): Promise<void> {
    await attempt('chain', read);
    if (troubles['chain'] !== undefined) return;
    const at = now();
    sender.see(at.head);
    if (!at.view.isDissolved && at.head >= at.blocks.start) {
      await attempt('rounds', () => rounds.step(at));
      await attempt('weights', () => commits.step(at));
    }
    await attempt('epochs', () => epochs.step(at.view, at.head));
    if (at.epoch > forgotten) await attempt('journal', () => forget(at.epoch));
  }

  const loop = (async () => {
    while (!stop.signal.aborted) {
      await look();
      await clock.sleep(config.pollMs, stop.signal).catch(() => undefined);
    }
  })();
  stack.defer(async () => {
    stop.abort();
    await loop;
  });
  const version = versionOf(deps.mechanisms);
  log.info('validator started', {
    operator,
    hotKey: signer.address,
    version,
    weighers: weighersOf(book.view()).length,
  });

  const running = stack.move();
  return {
    status: () => statusOf({ ...shared, rounds, commits, epochs, troubles, version, now: now() }),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
