/** What runs in the workload: does what it is sent, as any tenant's program might, and says what it got. */
import * as childProcess from 'node:child_process';
import * as fs from 'node:fs';
import { createServer } from 'node:http';
import * as net from 'node:net';
import * as os from 'node:os';

const AsyncFunction = (async () => undefined).constructor;

/** Resolves to `connected`, or to why not. */
function connect(where, timeoutMs = 3000) {
  return new Promise((resolve) => {
    const socket = net.connect(where);
    socket.setTimeout(timeoutMs);
    socket.once('connect', () => (socket.destroy(), resolve('connected')));
    socket.once('timeout', () => (socket.destroy(), resolve('no answer')));
    socket.once('error', (error) => resolve(error.code ?? error.message));
  });
}

/** Runs a program given in base64: `worked`, the number of the error, or the signal that ended it. */
function native(program, options = {}) {
  const path = `/tmp/attempt-${Math.random()}`;
  fs.writeFileSync(path, Buffer.from(program, 'base64'), { mode: 0o755 });
  if (options.mode) fs.chmodSync(path, options.mode);
  const { status, signal, error } = childProcess.spawnSync(path, [], { timeout: 10_000, uid: options.uid });
  fs.rmSync(path);
  if (error) return `did not start: ${error.code}`;
  return signal ?? (status === 0 ? 'worked' : `errno ${status}`);
}

const tools = { fs, net, os, childProcess, connect, native };

createServer(async (request, response) => {
  try {
    const script = (await request.toArray()).join('');
    if (script === '') return response.end('ready');
    const work = new AsyncFunction(...Object.keys(tools), script);
    response.end(String(await work(...Object.values(tools))));
  } catch (error) {
    response.end(`refused: ${error.code ?? error.message}`);
  }
}).listen(3000);
