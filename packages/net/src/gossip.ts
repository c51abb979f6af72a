/** Topics: parse, validate, and only then pass on and hear. */
import { Fault, type GossipTopic } from '@souk/protocol';
import type { z } from 'zod';
import { withDeadline } from './deadline.ts';
import { netFault } from './faults.ts';
import { encodeMessage, parseMessage } from './messages.ts';
import type { CallOptions, GossipVerdict, Remote } from './peer.ts';
import { noteFault, noteOffence, type Room } from './room.ts';
import type { GossipIn } from './transport.ts';

export function join<M extends z.ZodType>(
  room: Room,
  topic: GossipTopic<M>,
  validate: (message: z.output<M>, author: Remote) => Promise<GossipVerdict> | GossipVerdict,
  hear: (message: z.output<M>, author: Remote) => void,
): void {
  let pending = 0;

  async function receive(incoming: GossipIn): Promise<GossipVerdict> {
    const { peerId } = incoming.from;
    if (room.closing.aborted) return 'ignore';
    if (!room.rates.take(`${peerId} ${topic.name}`, room.config.gossipPerMinute)) {
      noteOffence(room, peerId, 'rate-limited');
      return 'ignore';
    }
    if (pending >= room.config.maxPendingValidations) {
      room.counts.refused.busy += 1;
      return 'ignore';
    }
    pending += 1;
    try {
      return await judge(incoming);
    } finally {
      pending -= 1;
    }
  }

  async function judge(incoming: GossipIn): Promise<GossipVerdict> {
    const { peerId } = incoming.from;
    let verdict: GossipVerdict;
    try {
      const message = parseMessage(topic.name, topic.message, incoming.bytes, topic.maxBytes);
      verdict = await validate(message, incoming.author);
      if (verdict === 'accept') deliver(message, incoming.author);
    } catch (error) {
      if (error instanceof Fault && error.blame === 'peer') {
        noteFault(room, peerId, error);
        return 'reject';
      }
      room.log.warn('gossip could not be validated', { topic: topic.name, error });
      return 'ignore';
    }
    if (verdict === 'reject') noteOffence(room, peerId, 'rejected');
    return verdict;
  }

  function deliver(message: z.output<M>, author: Remote): void {
    room.counts.gossipHeard += 1;
    queueMicrotask(() => {
      try {
        hear(message, author);
      } catch (error) {
        room.log.error('gossip handler failed', { topic: topic.name, error });
      }
    });
  }

  room.transport.subscribe(topic.name, receive);
}

export async function waitForTopicPeers(
  room: Room,
  topic: GossipTopic<z.ZodType>,
  count: number,
  options: CallOptions = {},
): Promise<void> {
  if (room.transport.topicPeers(topic.name) >= count) return;
  const ms = options.timeoutMs ?? room.config.askTimeoutMs;
  const limits = { clock: room.clock, ms, what: `${count} peers on ${topic.name}`, signal: options.signal };
  const enough = Promise.withResolvers<void>();
  const stop = room.transport.onTopicChange(() => {
    if (room.transport.topicPeers(topic.name) >= count) enough.resolve();
  });
  try {
    await withDeadline(limits, () => enough.promise);
  } finally {
    stop();
  }
}

export async function publish<M extends z.ZodType>(
  room: Room,
  topic: GossipTopic<M>,
  message: z.output<M>,
): Promise<void> {
  const bytes = encodeMessage(topic.name, topic.message, message, topic.maxBytes);
  const reached = await room.transport.publish(topic.name, bytes);
  if (reached === 0) {
    throw netFault('net.no-peers', 'no connected peer listens to the topic', 'self', {
      data: { topic: topic.name },
    });
  }
  room.counts.gossipPublished += 1;
}
