/** The clean text of a page from the network: nothing of it is believed, its size is bounded, redirects are not followed. */
import { cleanText } from './clean.ts';

const maxPageBytes = 1024 * 1024;

/** Undefined where there is no such page, it is no text, or it is larger than a mebibyte. Rejects only when aborted. */
export async function fetchText(
  source: string,
  maxBytes: number,
  context: { readonly fetch: typeof fetch; readonly signal: AbortSignal },
): Promise<string | undefined> {
  try {
    const answer = await context.fetch(source, { signal: context.signal, redirect: 'error' });
    const type = answer.headers.get('content-type') ?? '';
    const isHtml = type.startsWith('text/html');
    if (!answer.ok || !(isHtml || type.startsWith('text/plain'))) {
      await answer.body?.cancel();
      return undefined;
    }
    const page = await readPage(answer);
    return page === undefined ? undefined : cleanText(page, isHtml, maxBytes);
  } catch {
    context.signal.throwIfAborted();
    return undefined;
  }
}

async function readPage(answer: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.length;
    // Leaving the loop cancels the rest.
    if (bytes > maxPageBytes) return undefined;
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
