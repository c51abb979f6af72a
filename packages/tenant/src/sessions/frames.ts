/** Frames of the lease streams: answers, JSON lines, exec frames. Everything read is parsed by schema. */
import { Fault, type LeaseRefusal, type StreamAnswer, streamAnswerSchema } from '@souk/protocol';
import type { z } from 'zod';

const decoder = new TextDecoder('utf-8', { fatal: true });
const encoder = new TextEncoder();

export function encodeText(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Faults with `tenant.bad-frame` where the bytes are not JSON of this schema. */
export function parseFrame<S extends z.ZodType>(schema: S, frame: Uint8Array): z.output<S> {
  try {
    return schema.parse(JSON.parse(decoder.decode(frame)));
  } catch (cause) {
    throw new Fault('tenant.bad-frame', 'the provider sent something that is no message', {
      blame: 'peer',
      cause,
    });
  }
}

/** The first frame of a stream says whether it is granted. Faults with `tenant.refused`. */
export async function readAnswer(frames: AsyncIterator<Uint8Array>): Promise<void> {
  const first = await frames.next();
  if (first.done) {
    throw new Fault('tenant.stream-ended', 'the provider ended the stream without an answer', {
      blame: 'peer',
      retry: true,
    });
  }
  const answer: StreamAnswer = parseFrame(streamAnswerSchema, first.value);
  if (!answer.ok) throw refusedFault(answer.reason, answer.detail);
}

export function refusedFault(reason: LeaseRefusal, detail: string): Fault {
  return new Fault('tenant.refused', `the provider refuses (${reason}): ${detail}`, {
    blame: 'peer',
    data: { reason, detail },
    retry: reason === 'busy',
  });
}
