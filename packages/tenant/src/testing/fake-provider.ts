/** A provider that follows a script, over the fake chain and fake peers, for this package's tests. */
import type { Terms } from '@souk/chain';
import type { FakeChain } from '@souk/chain/testing';
import type { FrameStream, Peer } from '@souk/net';
import {
  acceptProtocol,
  type Amendment,
  type AcceptRequest,
  bidProtocol,
  createKey,
  encodeJson,
  imageProtocol,
  type LeaseId,
  leaseIdOf,
  type LeasePhase,
  type LeaseRefusal,
  type LeaseStatus,
  type LocalKey,
  type Offer,
  type OrderEnvelope,
  ordersTopic,
  type Signed,
  signedProtocol,
  statusProtocol,
  type StreamAnswer,
  updateProtocol,
} from '@souk/protocol';
import type { z } from 'zod';

export interface Script {
  rate: bigint;
  /** What it answers to an order; its own honest bid by default. */
  offer?: (envelope: OrderEnvelope, honest: Offer) => Promise<Offer | undefined> | Offer | undefined;
  refuse?: LeaseRefusal;
  /** Says yes and never opens. */
  isLazy?: boolean;
  /** Opens, and its answer to the acceptance is lost. */
  losesAnswer?: boolean;
  /** Gone after this many bytes of an image. */
  vanishesAtByte?: number;
  wantsImages?: boolean;
  phases?: LeasePhase[];
  refusesSigned?: boolean;
  /** Pauses and resumes at once when asked to. */
  takesPauses?: boolean;
  /** How updates end; what they cost per hour. Left out, it makes none. */
  updates?: { ends: 'done' | 'rolled-back' | 'never'; rate: bigint };
  /** Notice that it gives, in unix seconds. */
  reclaimAt?: number;
}

type UpdateRequest = Extract<z.output<typeof updateProtocol.request>, { kind: 'apply' }>;
type PauseRequest = Extract<z.output<typeof signedProtocol.request>, { kind: 'pause' | 'resume' }>;

export interface FakeProvider {
  readonly key: LocalKey;
  readonly peer: Peer;
  readonly script: Script;
  readonly accepted: AcceptRequest[];
  /** Every pause it was handed. */
  readonly pauses: { readonly amendment: Signed<Amendment>; readonly when: 'now' | 'money-is-low' }[];
  /** Every update it was asked to make. */
  readonly updated: UpdateRequest[];
  /** Ends the one that never ends by itself. */
  endUpdate(state: 'done' | 'rolled-back'): Promise<void>;
  readonly answers: string[];
  readonly received: Map<string, number>;
  readonly url: string;
  sendOffer(envelope: OrderEnvelope, offer: Offer): Promise<void>;
  honestOffer(envelope: OrderEnvelope): Promise<Offer>;
}

export async function startFakeProvider(
  chain: FakeChain,
  connect: (key: LocalKey) => Promise<Peer>,
  script: Script,
): Promise<FakeProvider> {
  const key = createKey();
  const writer = chain.writer(key);
  chain.addOperator(key.address, key.address);
  const peer = await connect(key);
  const accepted: AcceptRequest[] = [];
  const pauses: FakeProvider['pauses'] = [];
  const paused = new Set<string>();
  const updates = new Map<string, NonNullable<LeaseStatus['update']>>();
  const updated: FakeProvider['updated'] = [];
  const answers: string[] = [];
  const received = new Map<string, number>();
  const statusAsked = new Map<string, number>();
  const url = `http://${key.address.slice(2, 10)}.test/`;
  const say = (value: unknown) => new TextEncoder().encode(encodeJson(value));

  async function honestOffer(envelope: OrderEnvelope): Promise<Offer> {
    const message = {
      order: leaseIdOf(envelope.order.message),
      operator: key.address,
      rate: script.rate,
      minimumCharge: 0n,
      expiresAt: chain.now() + 120,
    };
    const bid = await key.sign(chain.reads.domain, 'Bid', message);
    return { kind: 'bid', bid, provider: [...peer.addresses()], driver: 'mock', attributes: {} };
  }

  async function sendOffer(envelope: OrderEnvelope, offer: Offer): Promise<void> {
    const answer = await peer.ask(envelope.replyTo, bidProtocol, offer);
    answers.push(answer.status);
  }

  await peer.join(
    ordersTopic,
    () => 'accept',
    (envelope) => {
      void honestOffer(envelope)
        .then((honest) => (script.offer ? script.offer(envelope, honest) : honest))
        .then((offer) => (offer ? sendOffer(envelope, offer) : undefined))
        .catch((error: unknown) => answers.push(String(error)));
    },
  );

  async function openLease(request: AcceptRequest): Promise<void> {
    if (script.isLazy) return;
    await writer.open(request);
  }

  await peer.answer(acceptProtocol, async (request): Promise<z.output<typeof acceptProtocol.answer>> => {
    accepted.push(request);
    if (script.refuse) return { ok: false, reason: script.refuse, detail: 'as scripted' };
    const wanted = script.wantsImages ? request.images.map((image) => image.digest) : [];
    if (wanted.length === 0) await openLease(request);
    if (script.losesAnswer) throw new Error('the answer is lost');
    return { ok: true, lease: leaseIdOf(request.order.message), wanted };
  });

  await peer.serveStream(imageProtocol, async (opening, stream: FrameStream) => {
    await stream.send(say({ ok: true }));
    let bytes = 0;
    for await (const frame of stream) {
      bytes += frame.length;
      if (script.vanishesAtByte !== undefined && bytes >= script.vanishesAtByte) {
        await peer[Symbol.asyncDispose]();
        return stream.abort(new Error('gone'));
      }
    }
    received.set(opening.digest, bytes);
    const request = accepted.at(-1);
    if (request) await openLease(request);
    await stream.send(say({ ok: true }));
    await stream.end();
  });

  await peer.answer(statusProtocol, async ({ lease }): Promise<z.output<typeof statusProtocol.answer>> => {
    const state = await chain.reads.leaseOf(lease);
    if (accepted.length === 0) return { ok: false, reason: 'lease-unknown', detail: 'never accepted' };
    const asked = statusAsked.get(lease) ?? 0;
    statusAsked.set(lease, asked + 1);
    const phases = script.phases ?? ['pulling', 'starting', 'running'];
    const bringing = paused.has(lease) ? 'paused' : (phases[Math.min(asked, phases.length - 1)] ?? 'running');
    const phase = state.status === 'unknown' ? 'opening' : state.status === 'closed' ? 'closed' : bringing;
    const usage = { cpuSeconds: 0, memoryBytes: 0, networkRxBytes: 0, networkTxBytes: 0, diskBytes: 0 };
    const service = { name: 'web', wanted: 1, running: phase === 'running' ? 1 : 0, restarts: 0 };
    return {
      ok: true,
      status: {
        lease,
        phase,
        detail: `it is ${phase}`,
        progress: null,
        since: chain.now(),
        openTx: null,
        driver: 'mock',
        services: [{ ...service, urls: [url], ports: [], usage, lastExit: null, health: null }],
        warnings: [],
        update: updates.get(lease) ?? null,
        pausesAt: null,
        reclaimAt: script.reclaimAt ?? null,
        snapshots: [],
      },
    };
  });

  async function termsOf(lease: LeaseId): Promise<Terms> {
    const events = await chain.reads.eventsSince(0, { lease });
    const terms = events.flatMap((event) => ('terms' in event ? event.terms : [])).at(-1);
    if (!terms) throw new Error('not open');
    return terms;
  }

  async function bringOnChain(amendment: Signed<Amendment>): Promise<void> {
    const { message } = amendment;
    const operator = { message, signer: key.address, signature: '0x' as const };
    await writer.amend(
      { lease: message.lease, terms: await termsOf(message.lease) },
      { tenant: amendment, operator },
    );
  }

  async function endUpdate(state: 'done' | 'rolled-back'): Promise<void> {
    const { lease, amendment } = updated.at(-1) ?? {};
    const told = lease && updates.get(lease);
    if (!lease || !amendment || !told) throw new Error('no update is under way');
    if (state === 'done') await bringOnChain(amendment);
    updates.set(lease, { ...told, state });
  }

  await peer.answer(updateProtocol, async (request): Promise<z.output<typeof updateProtocol.answer>> => {
    const { lease } = request;
    if (!script.updates) return { ok: false, reason: 'busy', detail: 'as scripted' };
    const { rate, ends } = script.updates;
    const { minimumCharge } = await termsOf(lease);
    const { termsHash } = await chain.reads.leaseOf(lease);
    if (request.kind === 'quote')
      return {
        ok: true,
        kind: 'quote',
        rate,
        minimumCharge,
        terms: termsHash,
        strategies: ['recreate', 'rolling'],
      };
    if (request.kind === 'abort') return { ok: true, kind: 'aborting' };
    updated.push(request);
    const { manifest } = request.amendment.message;
    const told = { manifest, strategy: request.strategy, detail: 'as scripted', at: chain.now() };
    updates.set(lease, { ...told, state: 'applying' });
    if (ends !== 'never') await endUpdate(ends);
    return { ok: true, kind: 'applying', wanted: [] };
  });

  async function amend(request: PauseRequest): Promise<StreamAnswer> {
    if (request.kind === 'pause') pauses.push(request);
    if (request.kind === 'pause' && request.when === 'money-is-low') return { ok: true };
    if (!script.takesPauses) return { ok: false, reason: 'unsupported', detail: 'as scripted' };
    const { lease } = request.amendment.message;
    await bringOnChain(request.amendment);
    if (request.kind === 'pause') paused.add(lease);
    else paused.delete(lease);
    return { ok: true };
  }

  await peer.answer(signedProtocol, async (request): Promise<StreamAnswer> => {
    if (script.refusesSigned) return { ok: false, reason: 'busy', detail: 'as scripted' };
    if (request.kind === 'pause' || request.kind === 'resume') return amend(request);
    const lease = request.kind === 'ready' ? request.ready.message.lease : request.close.message.lease;
    const events = await chain.reads.eventsSince(0, { lease });
    const opened = events.find((event) => event.kind === 'lease-opened');
    if (!opened) return { ok: false, reason: 'lease-unknown', detail: 'not open' };
    const ref = { lease, terms: opened.terms };
    if (request.kind === 'ready') await writer.markReady(ref, request.ready);
    else await writer.closeSigned(ref, request.close);
    return { ok: true };
  });

  return {
    key,
    peer,
    script,
    accepted,
    pauses,
    updated,
    endUpdate,
    answers,
    received,
    url,
    sendOffer,
    honestOffer,
  };
}
