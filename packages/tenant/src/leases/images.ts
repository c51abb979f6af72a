/** Hands the tenant's own images to the provider that wants them, with progress; the provider checks every digest. */
import type { FrameStream, Peer } from '@souk/net';
import { Fault, type ImageBlob, imageProtocol, type LeaseId } from '@souk/protocol';
import type { Context } from '../context.ts';
import { readAnswer } from '../sessions/frames.ts';

export interface Upload {
  readonly lease: LeaseId;
  readonly provider: readonly string[];
  readonly image: ImageBlob;
  readonly onProgress: (sentBytes: number) => void;
  readonly signal: AbortSignal;
}

const frameBytes = 256 * 1024;

export async function sendImage(context: Context, peer: Peer, upload: Upload): Promise<void> {
  const { readImage } = context.deps;
  const { image, signal } = upload;
  if (!readImage) {
    throw new Fault('tenant.image-unreadable', `nothing here can read image ${image.image}`, {
      blame: 'self',
    });
  }
  const opening = { lease: upload.lease, digest: image.digest, bytes: image.bytes };
  const { callTimeoutMs } = context.config;
  await using stream = await peer.openStream(upload.provider, imageProtocol, opening, {
    timeoutMs: callTimeoutMs,
    signal,
  });
  using stall = abortOnStall(context, stream, signal);
  const answers = stream[Symbol.asyncIterator]();
  await readAnswer(answers);
  stall.moved();
  // An answer before the end says that no more is wanted: another lease of the provider has brought the image.
  let isAnswered = false;
  const final = readAnswer(answers).finally(() => {
    isAnswered = true;
  });
  final.catch(() => undefined);
  const sentBytes = await sendBytes(readImage(image.digest), async (frame, sent) => {
    if (isAnswered) return false;
    await stream.send(frame);
    stall.moved();
    upload.onProgress(sent);
    return true;
  });
  if (isAnswered) return await final;
  if (sentBytes !== image.bytes) {
    throw new Fault(
      'tenant.image-changed',
      `image ${image.image} has ${sentBytes} bytes, not ${image.bytes}`,
      {
        blame: 'self',
        data: { digest: image.digest, sentBytes, bytes: image.bytes },
        remedy: 'build the image again and deploy again',
      },
    );
  }
  await stream.end();
  await final;
}

/** Hands out the bytes in frames until `send` wants no more; returns how many were sent. */
async function sendBytes(
  source: AsyncIterable<Uint8Array>,
  send: (frame: Uint8Array, sentBytes: number) => Promise<boolean>,
): Promise<number> {
  let sentBytes = 0;
  for await (const bytes of source) {
    for (let at = 0; at < bytes.length; at += frameBytes) {
      const frame = bytes.subarray(at, at + frameBytes);
      if (!(await send(frame, sentBytes + frame.length))) return sentBytes;
      sentBytes += frame.length;
    }
  }
  return sentBytes;
}

/** Aborts the stream when nothing moves for the stall time, or with the signal. */
function abortOnStall(
  context: Context,
  stream: FrameStream,
  signal: AbortSignal,
): Disposable & { moved(): void } {
  const { clock } = context.deps;
  const over = new AbortController();
  let movedAt = clock.now();
  const stop = () => stream.abort(signal.reason as Error);
  signal.addEventListener('abort', stop, { once: true });

  async function watch(): Promise<void> {
    for (;;) {
      const leftMs = movedAt + context.config.uploadStallMs - clock.now();
      if (leftMs <= 0) break;
      await clock.sleep(leftMs, over.signal);
    }
    stream.abort(new Fault('tenant.upload-stalled', 'the provider takes no more bytes', { blame: 'peer' }));
  }
  watch().catch(() => undefined);

  return {
    moved: () => {
      movedAt = clock.now();
    },
    [Symbol.dispose]: () => {
      over.abort(new Error('done'));
      signal.removeEventListener('abort', stop);
    },
  };
}
