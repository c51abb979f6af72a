/** What the conformance suite and this package's tests start and speak. */
import { createKey, Fault, type FaultCode, type LocalKey, uintSchema } from '@souk/protocol';
import { z } from 'zod';
import type { NetConfig } from '../config.ts';
import type { Peer } from '../peer.ts';

export type StartTestPeer = (key: LocalKey, config: Partial<NetConfig>) => Promise<Peer>;

const note = z.strictObject({ text: z.string().max(5_000), amount: uintSchema(128) });
export const noteTopic = { kind: 'gossip', name: 'test/notes/1', message: note, maxBytes: 6_000 } as const;
export const echoProtocol = {
  kind: 'unary',
  name: 'test/echo/1',
  request: note,
  answer: note,
  maxRequestBytes: 6_000,
  maxAnswerBytes: 6_000,
  perMinute: 100,
} as const;
export const pipeProtocol = {
  kind: 'stream',
  name: 'test/pipe/1',
  open: z.strictObject({ name: z.string() }),
  maxOpenBytes: 100,
  maxFrameBytes: 64 * 1024,
  perMinute: 100,
} as const;

export const hello = { text: 'hello', amount: 2n ** 100n };

/** For `expect.poll`: what takes milliseconds may take seconds where many tests share a machine. */
export const patience = { timeout: 10_000, interval: 20 } as const;

/** Awaits a Fault and returns its code and blame. */
export async function faultOf(
  promise: Promise<unknown>,
): Promise<{ code: FaultCode; blame: string; fault: Fault }> {
  const fault = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(fault instanceof Fault)) throw new Error('expected a Fault', { cause: fault });
  return { code: fault.code, blame: fault.blame, fault };
}

/** Peers that are disposed of when the test ends. */
export class TestPeers implements AsyncDisposable {
  readonly #start: StartTestPeer;
  readonly #started: Peer[] = [];

  constructor(start: StartTestPeer) {
    this.#start = start;
  }

  async start(config: Partial<NetConfig> = {}, key: LocalKey = createKey()): Promise<Peer> {
    const peer = await this.#start(key, config);
    this.#started.push(peer);
    return peer;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#started.map((peer) => peer[Symbol.asyncDispose]()));
  }
}

export async function drain(stream: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _frame of stream);
}
