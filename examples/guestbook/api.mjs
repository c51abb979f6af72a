/** Keeps the guests' lines in a file on its volume, which lies elsewhere where nothing is isolated. Only web reaches it. */
import { appendFile, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

const port = Number(process.env.PORT ?? 8080);
const book = `${process.env.SOUK_MOUNT_data ?? '/data'}/book.txt`;
const maxBytes = 1000;

createServer(async (request, response) => {
  try {
    if (request.method === 'POST') await write(request);
    const lines = (await readFile(book, 'utf8').catch(() => '')).split('\n').filter(Boolean).slice(-100);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(lines));
  } catch (error) {
    console.error(error.message);
    response.writeHead(500).end();
  }
}).listen(port, () => console.log(`api listens on ${port}`));

process.on('SIGTERM', () => process.exit(0));

async function write(request) {
  let text = '';
  for await (const chunk of request) text = (text + chunk).slice(0, maxBytes);
  console.log('a guest wrote');
  await appendFile(book, `${text.replaceAll(/\s+/g, ' ')}\n`);
}
