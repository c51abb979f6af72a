/** Stands between a client and its node: counts the calls, and breaks them on demand. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RpcProxy extends AsyncDisposable {
  readonly url: string;
  /** Methods in the order in which they came. */
  readonly calls: string[];
  /** While true, connections are cut. */
  isDown: boolean;
  /** While true, calls are never answered. */
  isHanging: boolean;
  /** The next call of this method reaches the node, but its answer is lost. */
  loseAnswerOf: string | undefined;
  /** Answers in the node's stead where it returns something. */
  answer:
    | ((method: string, params: readonly unknown[]) => { result?: unknown; error?: object } | undefined)
    | undefined;
}

interface RpcRequest {
  readonly id: number;
  readonly method: string;
  readonly params?: readonly unknown[];
}

export async function startRpcProxy(target: string): Promise<RpcProxy> {
  const calls: string[] = [];
  const state: Pick<RpcProxy, 'calls' | 'isDown' | 'isHanging' | 'loseAnswerOf' | 'answer'> = {
    calls,
    isDown: false,
    isHanging: false,
    loseAnswerOf: undefined,
    answer: undefined,
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => void handle(Buffer.concat(chunks)).catch(() => request.socket.destroy()));

    async function handle(body: Buffer): Promise<void> {
      const call = JSON.parse(body.toString('utf8')) as RpcRequest;
      calls.push(call.method);
      if (state.isDown) return void request.socket.destroy();
      if (state.isHanging) return;
      const own = state.answer?.(call.method, call.params ?? []);
      if (own) return void response.end(JSON.stringify({ jsonrpc: '2.0', id: call.id, ...own }));
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(target, { method: 'POST', headers, body: new Uint8Array(body) });
      const text = await answer.text();
      if (state.loseAnswerOf === call.method) {
        state.loseAnswerOf = undefined;
        return void request.socket.destroy();
      }
      response.setHeader('content-type', 'application/json');
      response.end(text);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}
