/** Peers in memory over the port `Peer`, for this package's tests. Messages go through the protocol's schemas. */
import type { FrameStream, Peer, Remote } from '@souk/net';
import {
  encodeJson,
  Fault,
  type GossipTopic,
  type LocalKey,
  type StreamProtocol,
  type UnaryProtocol,
} from '@souk/protocol';
import type { z } from 'zod';

type Handle = (request: unknown, remote: Remote) => Promise<unknown>;
type Serve = (opening: unknown, stream: FrameStream) => Promise<void>;
type Hear = (message: unknown, author: Remote) => void;

interface Node {
  readonly remote: Remote;
  readonly handlers: Map<string, Handle>;
  readonly streams: Map<string, Serve>;
  readonly topics: Map<string, Hear>;
}

export interface FakePeers {
  start(key: Pick<LocalKey, 'address'>): Promise<Peer>;
  /** Peers started and not disposed. */
  count(): number;
  /** From now on nothing reaches this peer. */
  kill(peer: Peer): void;
}

export function createFakePeers(): FakePeers {
  const nodes = new Map<string, Node>();

  function target(addresses: readonly string[]): Node {
    const found = nodes.get(addresses[0]?.split('/p2p/')[1] ?? '');
    if (!found) throw new Fault('net.unreachable', 'no such peer', { blame: 'peer', retry: true });
    return found;
  }

  function peerOf(node: Node): Peer {
    const { remote } = node;
    return {
      ...remote,
      addresses: () => [`/memory/1/p2p/${remote.peerId}`],
      connectedPeers: () => [...nodes.values()].map((other) => other.remote),
      connect: async (addresses) => target(addresses).remote,
      join: async (topic, _validate, hear) => void node.topics.set(topic.name, hear as Hear),
      topicPeers: (topic) => countTopic(topic),
      waitForTopicPeers: async (topic, count) => {
        if (countTopic(topic) < count) throw noPeers();
      },
      publish: async (topic, message) => {
        if (countTopic(topic) === 0) throw noPeers();
        for (const other of nodes.values()) {
          const hear = other.topics.get(topic.name);
          if (other !== node && hear) hear(trip(topic.message, message), remote);
        }
      },
      ask: async <Q extends z.ZodType, A extends z.ZodType>(
        addresses: readonly string[],
        protocol: UnaryProtocol<Q, A>,
        request: z.output<Q>,
      ) => {
        const handle = target(addresses).handlers.get(protocol.name);
        if (!handle) throw new Fault('net.unsupported', 'not served', { blame: 'peer' });
        return trip(protocol.answer, await handle(trip(protocol.request, request), remote));
      },
      answer: async (protocol, handle) => void node.handlers.set(protocol.name, handle as Handle),
      openStream: async <Q extends z.ZodType>(
        addresses: readonly string[],
        protocol: StreamProtocol<Q>,
        opening: z.output<Q>,
      ) => {
        const other = target(addresses);
        const serve = other.streams.get(protocol.name);
        if (!serve) throw new Fault('net.unsupported', 'not served', { blame: 'peer' });
        const [ours, theirs] = streamPair(other.remote, remote);
        void serve(trip(protocol.open, opening), theirs).catch((error: unknown) =>
          theirs.abort(error as Error),
        );
        return ours;
      },
      serveStream: async (protocol, handle) => void node.streams.set(protocol.name, handle as Serve),
      [Symbol.asyncDispose]: async () => void nodes.delete(remote.peerId),
    };
  }

  function countTopic(topic: GossipTopic<z.ZodType>): number {
    return [...nodes.values()].filter((node) => node.topics.has(topic.name)).length;
  }

  return {
    start: async (key) => {
      const peerId = `peer${key.address.slice(2)}`;
      const remote = { address: key.address, peerId };
      const node = { remote, handlers: new Map(), streams: new Map(), topics: new Map() };
      nodes.set(peerId, node);
      return peerOf(node);
    },
    count: () => nodes.size,
    kill: (peer) => void nodes.delete(peer.peerId),
  };
}

const noPeers = () => new Fault('net.no-peers', 'nobody is on the topic', { blame: 'peer', retry: true });

function trip<S extends z.ZodType>(schema: S, message: unknown): z.output<S> {
  return schema.parse(JSON.parse(encodeJson(message)));
}

interface Pipe {
  readonly frames: Uint8Array[];
  isEnded: boolean;
  broken: Error | undefined;
  wake: PromiseWithResolvers<void>;
}

function streamPair(a: Remote, b: Remote): [FrameStream, FrameStream] {
  const pipe = (): Pipe => ({ frames: [], isEnded: false, broken: undefined, wake: Promise.withResolvers() });
  const [there, back] = [pipe(), pipe()];
  return [streamOf(a, there, back), streamOf(b, back, there)];
}

function streamOf(remote: Remote, out: Pipe, into: Pipe): FrameStream {
  const rouse = (pipe: Pipe) => {
    pipe.wake.resolve();
    pipe.wake = Promise.withResolvers();
  };
  const abort = (reason: Error) => {
    for (const pipe of [out, into]) {
      pipe.broken ??= reason;
      rouse(pipe);
    }
  };
  const end = async () => {
    out.isEnded = true;
    rouse(out);
  };
  return {
    remote,
    send: async (frame) => {
      if (out.broken) throw out.broken;
      out.frames.push(frame.slice());
      rouse(out);
    },
    end,
    abort,
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const frame = into.frames.shift();
        if (frame) yield frame;
        else if (into.broken) throw into.broken;
        else if (into.isEnded) return;
        else await into.wake.promise;
      }
    },
    [Symbol.asyncDispose]: async () => {
      if (!into.isEnded || into.frames.length > 0) abort(new Error('stream left'));
      await end();
    },
  };
}
