/** The images of examples/, made from this machine's own Node: nothing is pulled. */
import { join } from 'node:path';
import type { ImageBlob } from '@souk/protocol';
import { buildNodeImage } from '@souk/provider';

/** References are those of the examples' workload files. */
const examples = {
  hello: { reference: 'souk/hello:1', programs: ['server.mjs'] },
  guestbook: { reference: 'souk/guestbook:1', programs: ['web.mjs', 'api.mjs'] },
} as const;
export type ExampleName = keyof typeof examples;
export const exampleNames = Object.keys(examples) as readonly ExampleName[];

const examplesFolder = join(import.meta.dirname, '../../../examples');

export interface ExampleImage {
  readonly path: string;
  readonly blob: ImageBlob;
}

export async function buildExampleImage(
  name: ExampleName,
  tar: string,
  signal: AbortSignal = new AbortController().signal,
): Promise<ExampleImage> {
  const { reference, programs } = examples[name];
  const files = programs.map((program) => [`/app/${program}`, { from: join(examplesFolder, name, program) }]);
  const built = await buildNodeImage(
    {
      reference,
      output: tar,
      files: Object.fromEntries(files) as Record<string, { readonly from: string }>,
      entrypoint: ['node', `/app/${programs[0]}`],
      workingDir: '/app',
      nodePath: process.execPath,
    },
    signal,
  );
  return { path: built.path, blob: { image: built.reference, digest: built.digest, bytes: built.bytes } };
}

export function buildHelloImage(tar: string): Promise<ExampleImage> {
  return buildExampleImage('hello', tar);
}
