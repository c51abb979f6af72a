/** A small web server: a page for people, JSON for machines, one line on stdout per request. */
import { createServer } from 'node:http';
import { hostname } from 'node:os';

const port = Number(process.env.PORT ?? 3000);
const startedAt = Date.now();
let requests = 0;

createServer((request, response) => {
  requests += 1;
  console.log(`${request.method} ${request.url}`);
  switch (new URL(request.url ?? '/', 'http://localhost').pathname) {
    case '/':
      return answer(response, 200, 'text/html; charset=utf-8', page());
    case '/health':
      return answer(response, 200, 'application/json', JSON.stringify({ ok: true }));
    case '/json':
      return answer(response, 200, 'application/json', JSON.stringify(facts()));
    default:
      return answer(response, 404, 'text/plain', 'not found\n');
  }
}).listen(port, () => console.log(`hello listens on ${port}`));

for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(0));

function answer(response, status, type, body) {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

/** Nothing from the environment: that may hold secrets. */
function facts() {
  return {
    host: hostname(),
    node: process.version,
    upSeconds: Math.floor((Date.now() - startedAt) / 1000),
    requests,
    memoryMib: Math.round(process.memoryUsage().rss / 2 ** 20),
  };
}

function page() {
  const rows = Object.entries(facts())
    .map(([name, value]) => `<tr><th>${name}<td>${value}`)
    .join('');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Hello from Souk</title>
<meta name="viewport" content="width=device-width">
<style>body{font:18px/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1rem;color:#222}
th{text-align:left;padding-right:2rem;font-weight:500;color:#777}h1{font-size:2.4rem;margin:0}</style>
<h1>Hello from Souk</h1>
<p>This page is served by a workload that somebody's machine rents out by the second.
<table>${rows}</table>
`;
}
