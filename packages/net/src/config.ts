/** The room's settings. Every limit on what a stranger may cost us is here. */
import { z } from 'zod';

const count = () => z.number().int().min(1);
const milliseconds = () => z.number().int().min(1);
const multiaddrs = () => z.array(z.string().startsWith('/').max(256)).max(32).default([]);

export const netConfigSchema = z.strictObject({
  listen: z
    .array(z.string().startsWith('/').max(256))
    .max(16)
    .default(['/ip4/127.0.0.1/tcp/0'])
    .describe('Multiaddrs to listen at; port 0 picks a free one; an empty list only dials out'),
  announce: multiaddrs().describe('Multiaddrs to name to others in place of those listened at'),
  bootstrap: multiaddrs().describe('Multiaddrs, with peer id, of peers to stay connected to'),
  mdns: z.boolean().default(false).describe('Find and connect to peers on the local network by multicast'),
  maxConnections: count().default(300).describe('Connections kept at once'),
  maxConnectionsPerPeer: count()
    .default(16)
    .describe('Connections one key may have at once: its processes share it'),
  connectionsPerSecond: count().default(100).describe('Incoming connections a second taken from one host'),
  dialTimeoutMs: milliseconds().default(5_000).describe('How long connecting to a peer may take'),
  askTimeoutMs: milliseconds()
    .default(10_000)
    .describe('How long a request may take where the caller names no time'),
  openTimeoutMs: milliseconds()
    .default(5_000)
    .describe('How long a stream may take to send its request or opening'),
  lingerMs: milliseconds()
    .default(5_000)
    .describe('How long the other side may take to end its half of a finished stream'),
  maxStreamsPerPeer: count()
    .default(256)
    .describe('Incoming requests and streams of one peer served at once'),
  maxPeersRemembered: count().default(4_096).describe('Peers whose rates and scores are remembered'),
  gossipHeartbeatMs: milliseconds().default(300).describe('How often the gossip mesh is repaired'),
  gossipMeshPeers: z
    .number()
    .int()
    .min(4)
    .max(64)
    .default(12)
    .describe('Peers a topic is passed on to at once'),
  gossipPerMinute: count()
    .default(3_000)
    .describe('Gossip messages a minute taken from one peer on one topic'),
  maxPendingValidations: count().default(512).describe('Gossip messages validated at once; more are dropped'),
  reconnectMinMs: milliseconds()
    .default(250)
    .describe('First wait before dialling a lost bootstrap peer again'),
  reconnectMaxMs: milliseconds()
    .default(2_000)
    .describe('Longest wait before dialling a lost bootstrap peer again'),
  refuseAtPenalty: count()
    .default(100)
    .describe('Penalty points at which a peer is disconnected and refused'),
  refuseMs: milliseconds().default(60_000).describe('How long such a peer is refused'),
  penaltyHalfLifeMs: milliseconds().default(60_000).describe('Time in which penalty points fade to half'),
});
export type NetConfig = z.output<typeof netConfigSchema>;
