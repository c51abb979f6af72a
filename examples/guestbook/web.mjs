/** The page of the guestbook. Finds its other half by the name of its service. */
import { createServer } from 'node:http';

const port = Number(process.env.PORT ?? 3000);
const api = process.env.API ?? 'http://api:8080';

createServer(async (request, response) => {
  console.log(`${request.method} ${request.url}`);
  try {
    if (request.method === 'POST') {
      const form = new URLSearchParams(await textOf(request));
      await fetch(api, { method: 'POST', body: form.get('line') ?? '' });
      return response.writeHead(303, { location: '/' }).end();
    }
    const lines = await (await fetch(api)).json();
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page(lines));
  } catch (error) {
    response
      .writeHead(502, { 'content-type': 'text/plain' })
      .end(`the api does not answer: ${error.message}\n`);
  }
}).listen(port, () => console.log(`web listens on ${port}`));

process.on('SIGTERM', () => process.exit(0));

async function textOf(request) {
  let text = '';
  for await (const chunk of request) text = (text + chunk).slice(0, 4000);
  return text;
}

function page(lines) {
  const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Guestbook</title>
<style>body{font:18px/1.5 system-ui,sans-serif;max-width:34rem;margin:10vh auto;padding:0 1rem}</style>
<h1>Guestbook</h1><form method="post"><input name="line" autofocus> <button>Sign</button></form>
<ul>${lines.map((line) => `<li>${escape(line)}`).join('')}</ul>
`;
}
