/**
 * One RPC node, and what its failures mean. Every call of this room goes through `ask`, so that callers see Faults
 * only, and never the node's URL beyond its host: it may hold a key.
 */
import { Fault, type Hex } from '@souk/protocol';
import {
  BaseError,
  createPublicClient,
  decodeErrorResult,
  http,
  HttpRequestError,
  LimitExceededRpcError,
  type PublicClient,
  ResponseBodyTooLargeError,
  SocketClosedError,
  TimeoutError,
} from 'viem';
import { emissionsAbi } from './abi/emissions.ts';
import { epochsAbi } from './abi/epochs.ts';
import { marketAbi } from './abi/market.ts';
import { operatorsAbi } from './abi/operators.ts';
import { soukTokenAbi } from './abi/souk-token.ts';
import { stakesAbi } from './abi/stakes.ts';
import { subnetsAbi } from './abi/subnets.ts';
import type { Revert } from './reverts.ts';
import { tokenAbi } from './token-abi.ts';

/** All contracts' errors. */
const allAbi = [
  ...marketAbi,
  ...operatorsAbi,
  ...subnetsAbi,
  ...stakesAbi,
  ...epochsAbi,
  ...emissionsAbi,
  ...soukTokenAbi,
  ...tokenAbi,
] as const;

export interface Rpc {
  readonly client: PublicClient;
  readonly host: string;
}

export function connectRpc(rpcUrl: string, timeoutMs: number): Rpc {
  const plain = http(rpcUrl, { timeout: timeoutMs, retryCount: 1, retryDelay: 100 });
  const transport: typeof plain = (options) => {
    const node = plain(options);
    const request: typeof node.request = (call, how) => retryingStale(() => node.request(call, how));
    return { ...node, request };
  };
  return { client: createPublicClient({ transport, cacheTime: 0 }), host: new URL(rpcUrl).host };
}

/**
 * "latest" becomes a number first and a state next; a block mined in between makes pruning nodes (anvil) and nodes
 * behind a balancer say that they have no such state. Asked again, they have.
 */
async function retryingStale<T>(request: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await request();
    } catch (error) {
      const isStale = /BlockOutOfRange|header not found|missing trie node|unknown block/i.test(
        detailsOf(error),
      );
      if (!isStale || tries >= 4) throw error;
    }
  }
}

/** The answer, or a Fault that says why there is none. */
export async function ask<T>(rpc: Rpc, question: (client: PublicClient) => Promise<T>): Promise<T> {
  try {
    return await question(rpc.client);
  } catch (error) {
    throw rpcFault(rpc, error);
  }
}

export function rpcFault(rpc: Rpc, error: unknown): Fault {
  if (error instanceof Fault) return error;
  if (isOutage(error)) {
    return new Fault('chain.unreachable', `no answer from the chain's node at ${rpc.host}`, {
      blame: 'chain',
      retry: true,
      data: { host: rpc.host },
      remedy: 'check that the node runs, that its address is right and that it is not overloaded',
      cause: error,
    });
  }
  return new Fault(
    'chain.rpc-failed',
    `the chain's node at ${rpc.host} refused a request: ${detailsOf(error)}`,
    {
      blame: 'chain',
      retry: true,
      data: { host: rpc.host },
      remedy: 'check that the address book is of this chain, and what the node’s own log says',
      cause: error,
    },
  );
}

/** True when the request may not have reached the node, or its answer not us. */
export function isOutage(error: unknown): boolean {
  return find(error, (cause) => {
    if (cause instanceof HttpRequestError)
      return cause.status === undefined || [429, 502, 503, 504].includes(cause.status);
    return (
      cause instanceof TimeoutError ||
      cause instanceof SocketClosedError ||
      cause instanceof LimitExceededRpcError
    );
  });
}

/** True when the node may grant the same over fewer blocks: it answered, but refused, or choked on the size. */
export function isTooLarge(error: unknown): boolean {
  const isChoked = find(
    error,
    (cause) => cause instanceof TimeoutError || cause instanceof ResponseBodyTooLargeError,
  );
  return isChoked || find(error, (cause) => cause instanceof LimitExceededRpcError) || !isOutage(error);
}

/** The node's own words, without viem's request dump, which holds the URL. */
export function detailsOf(error: unknown): string {
  if (error instanceof BaseError) return error.details ?? error.shortMessage;
  return error instanceof Error ? error.message : String(error);
}

/** The contract's error in a failed call or estimate; undefined where it failed for another reason. */
export function revertIn(error: unknown): Revert | undefined {
  const data = revertDataIn(error);
  if (data !== undefined && data !== '0x') return decodeRevert(data);
  return /revert/i.test(detailsOf(error)) ? { error: 'Unknown', args: {} } : undefined;
}

export function decodeRevert(data: Hex): Revert {
  try {
    const decoded = decodeErrorResult({ abi: allAbi, data });
    const inputs = 'inputs' in decoded.abiItem ? decoded.abiItem.inputs : [];
    const values: readonly unknown[] = decoded.args ?? [];
    return {
      error: decoded.errorName,
      args: Object.fromEntries(inputs.map((input, index) => [input.name ?? String(index), values[index]])),
    };
  } catch {
    return { error: 'Unknown', args: { data } };
  }
}

// Nodes put it in `data` of the JSON-RPC error, some as an object with `data` again.
function revertDataIn(error: unknown): Hex | undefined {
  for (const cause of causes(error)) {
    const data = (cause as { readonly data?: unknown }).data;
    const text =
      typeof data === 'object' && data !== null ? (data as { readonly data?: unknown }).data : data;
    const match = typeof text === 'string' ? /0x[0-9a-fA-F]*/.exec(text) : null;
    if (match) return match[0] as Hex;
  }
  return undefined;
}

function find(error: unknown, isMatch: (cause: unknown) => boolean): boolean {
  return causes(error).some(isMatch);
}

function causes(error: unknown): readonly unknown[] {
  const chain: unknown[] = [];
  for (let next = error; next instanceof Error && chain.length < 10; next = next.cause) chain.push(next);
  return chain;
}
