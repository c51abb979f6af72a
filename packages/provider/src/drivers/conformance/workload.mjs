/** What the conformance suite runs: does as it is asked over HTTP, so that a test can look at a container from inside. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, get } from 'node:http';
import { connect } from 'node:net';

if (process.env.FAREWELL_MS !== undefined)
  process.on('SIGTERM', () => {
    process.stdout.write('going\n');
    setTimeout(() => {
      process.stdout.write('gone by itself\n');
      process.exit(0);
    }, Number(process.env.FAREWELL_MS));
  });

const kept = [];
const actions = {
  '/': () => `${process.env.SOUK_SERVICE}/${process.env.SOUK_REPLICA}`,
  '/pid': () => String(process.pid),
  '/env': ({ name }) => process.env[name] ?? '',
  '/fetch': ({ url }) => fetchAnew(url),
  '/exit': ({ code }) => (setImmediate(() => process.exit(Number(code))), 'bye'),
  '/memory': ({ mib }) => String(kept.push(Buffer.alloc(Number(mib) * 2 ** 20, 1))),
  '/read': ({ path }) => readFileSync(path, 'utf8').slice(0, 100_000),
  '/append': ({ path, text }) => (appendFileSync(path, text), 'done'),
  '/fill': ({ path, mib }) => (writeFileSync(path, Buffer.alloc(Number(mib) * 2 ** 20, 1)), 'done'),
  '/sha256': (wish) => createHash('sha256').update(secretOf(wish)).digest('hex'),
  '/log-hex': (wish) => (process.stdout.write(`${Buffer.from(secretOf(wish)).toString('hex')}\n`), 'done'),
  '/list': ({ path }) => JSON.stringify(readdirSync(path)),
  '/run': ({ line }) => execFileSync('sh', ['-c', line], { encoding: 'utf8', timeout: 5_000 }),
  '/connect': ({ host, port }) => tryConnect(host, Number(port)),
};

createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  try {
    response.end(await actions[pathname](Object.fromEntries(searchParams)));
  } catch (error) {
    response.writeHead(500).end(String(error.message));
  }
}).listen(Number(process.env.LISTEN ?? 3000), () => {
  process.stdout.write('workload ready\n');
  process.stderr.write('and it complains\n');
});

/** A variable, or a file: at its path, or where a variable says. */
function secretOf({ env, path, pathFrom }) {
  return env === undefined ? readFileSync(path ?? process.env[pathFrom]) : (process.env[env] ?? '');
}

/** By a connection of its own each time. */
function fetchAnew(url) {
  return new Promise((resolve, reject) => {
    const asked = get(url, { agent: false, timeout: 5_000 }, async (response) => {
      resolve((await response.toArray()).join(''));
    });
    asked.once('error', reject).once('timeout', () => asked.destroy(new Error('failed: timeout')));
  });
}

function tryConnect(host, port) {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 3_000 });
    socket.once('connect', () => resolve('connected')).once('error', (error) => resolve(error.code));
    socket.once('timeout', () => resolve('timeout'));
  });
}
