/** Everything of a network that outlives a workload or that others can hear, looked through for bytes. */
import { readdirSync, readFileSync } from 'node:fs';
import { loadNetwork } from '@souk/chain';
import { netConfigSchema, startPeer } from '@souk/net';
import { capacityTopic, createKey, encodeJson, ordersTopic, silentLog, systemClock } from '@souk/protocol';
import { formsOf, searchFolder } from '@souk/provider/testing';
import type { TestNetwork } from './souk.ts';

export interface Sightings {
  /** Files under the network's folder. */
  readonly disk: readonly string[];
  /** Names of blocks, or `logs`. */
  readonly chain: readonly string[];
  readonly gossip: readonly string[];
  /** `<pid> cmdline` of any process on the machine, `<pid> environ` of the network's daemons. */
  readonly processes: readonly string[];
}

export interface GossipWitness extends AsyncDisposable {
  /** Every order and capacity summary that was heard, as JSON. */
  readonly heard: readonly string[];
}

/** A stranger among the peers, who hears what everyone may hear. */
export async function listenToGossip(net: TestNetwork): Promise<GossipWitness> {
  const { bootstrap } = loadNetwork(net.networkFile);
  const config = netConfigSchema.parse({ bootstrap: [...bootstrap] });
  const peer = await startPeer({ key: createKey(), log: silentLog, clock: systemClock }, config);
  const heard: string[] = [];
  for (const topic of [ordersTopic, capacityTopic])
    await peer.join<typeof topic.message>(
      topic,
      () => 'accept',
      (message) => void heard.push(encodeJson(message)),
    );
  await peer.waitForTopicPeers(ordersTopic, 1);
  return { heard, [Symbol.asyncDispose]: () => peer[Symbol.asyncDispose]() };
}

/** Where bytes show, as they are or written in hex or base64. */
export async function seek(
  needles: readonly Uint8Array[],
  { net, gossip }: { readonly net: TestNetwork; readonly gossip: GossipWitness },
): Promise<Sightings> {
  const forms = needles.flatMap(formsOf);
  const shows = (text: string | Uint8Array) => forms.some((form) => Buffer.from(text).includes(form));
  return {
    disk: searchFolder(net.home, needles, 0),
    chain: (await readBlocks(net.rpcUrl)).flatMap(({ name, text }) => (shows(text) ? [name] : [])),
    gossip: gossip.heard.filter(shows),
    processes: readProcesses(net.home).flatMap(({ name, bytes }) => (shows(bytes) ? [name] : [])),
  };
}

/** Each block with its transactions, and all logs, as the node tells them. */
async function readBlocks(
  rpcUrl: string,
): Promise<readonly { readonly name: string; readonly text: string }[]> {
  const ask = async (method: string, params: readonly unknown[]): Promise<unknown> => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    const headers = { 'content-type': 'application/json' };
    const answer = (await (await fetch(rpcUrl, { method: 'POST', headers, body })).json()) as {
      result: unknown;
    };
    return answer.result;
  };
  const last = Number(await ask('eth_blockNumber', []));
  const blocks: { name: string; text: string }[] = [];
  for (let block = 0; block <= last; block += 1) {
    const text = JSON.stringify(await ask('eth_getBlockByNumber', [`0x${block.toString(16)}`, true]));
    blocks.push({ name: `block ${block}`, text });
  }
  const logs = await ask('eth_getLogs', [{ fromBlock: '0x0', toBlock: 'latest' }]);
  return [...blocks, { name: 'logs', text: JSON.stringify(logs) }];
}

function readProcesses(home: string): readonly { readonly name: string; readonly bytes: Uint8Array }[] {
  return readdirSync('/proc')
    .filter((entry) => /^[0-9]+$/.test(entry))
    .flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`);
        const shown = { name: `${pid} cmdline`, bytes: line };
        if (!line.includes(home)) return [shown];
        return [shown, { name: `${pid} environ`, bytes: readFileSync(`/proc/${pid}/environ`) }];
      } catch (error) {
        // They come and go while they are listed.
        if (error instanceof Error && 'code' in error && ['ENOENT', 'ESRCH'].includes(String(error.code)))
          return [];
        throw error;
      }
    });
}
