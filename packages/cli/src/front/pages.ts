/** What a person sees instead of a workload that is not there now. */
import { STATUS_CODES } from 'node:http';
import type { Whereabouts } from './names.ts';

export function pageOf(at: Whereabouts): { readonly status: number; readonly body: string } {
  const [status, sentence] = saying(at);
  const title = `${status} ${STATUS_CODES[status] ?? ''}`;
  return {
    status,
    body: `<!doctype html><meta charset="utf-8"><title>${title}</title><h1>${title}</h1><p>${sentence}</p>\n`,
  };
}

function saying({ is }: Whereabouts): readonly [number, string] {
  switch (is) {
    case 'up':
    case 'moving':
      return [503, 'The deployment is moving to another provider, or just starting. Try again in a moment.'];
    case 'closed':
      return [404, 'No deployment of this name runs.'];
    case 'without-web':
      return [404, 'This deployment has no such service with a web address.'];
  }
}
