/** The image of examples/hello, made from this machine's own Node: nothing is pulled. */
import { join } from 'node:path';
import type { ImageBlob } from '@souk/protocol';
import { buildNodeImage } from '@souk/provider';

/** As examples/hello/deploy.yaml names it. */
export const helloReference = 'souk/hello:1';

const exampleFolder = join(import.meta.dirname, '../../../examples/hello');

export async function buildHelloImage(
  tar: string,
  options: { readonly reference?: string; readonly signal?: AbortSignal } = {},
): Promise<{ readonly path: string; readonly blob: ImageBlob }> {
  const built = await buildNodeImage(
    {
      reference: options.reference ?? helloReference,
      output: tar,
      files: { '/app/server.mjs': { from: join(exampleFolder, 'server.mjs') } },
      entrypoint: ['node', '/app/server.mjs'],
      workingDir: '/app',
      nodePath: process.execPath,
    },
    options.signal ?? new AbortController().signal,
  );
  return { path: built.path, blob: { image: built.reference, digest: built.digest, bytes: built.bytes } };
}
