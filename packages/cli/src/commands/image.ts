import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidArgumentError } from 'commander';
import type { Context } from '../context.ts';
import { buildExampleImage, type ExampleName, exampleNames } from '../example-image.ts';
import { bytesText, timeText } from '../format.ts';
import { openImageStore, type StoredImage } from '../images.ts';
import { renderTable } from '../table.ts';
import type { DefineCommand } from './entry.ts';

export const defineImage: DefineCommand = (command, act) => {
  command.description('images that this machine hands to providers itself, without a registry');
  command
    .command('add')
    .description('keep an image under the name that workload files use')
    .argument('<ref>', 'name as in the workload file, e.g. souk/hello:1')
    .argument('<tar>', 'tar of an OCI layout, or what `docker save` wrote')
    .action(act(addImage));
  command.command('ls').description('list kept images').action(act(listImages));
  command
    .command('build-example')
    .alias('build-hello')
    .description('build the image of an example from this machine’s own Node, and keep it')
    .argument('[example]', 'hello or guestbook', parseExample, 'hello')
    .action(act(buildExample));
};

async function addImage(context: Context, reference: string, tar: string): Promise<void> {
  const store = openImageStore(context.home.images);
  const image = await store.add(reference, tar, context.clock.now(), context.signal);
  showAdded(context, image);
}

async function listImages(context: Context): Promise<void> {
  const images = openImageStore(context.home.images).list();
  if (images.length === 0) context.output.note('No images yet. Add one with `souk image add REF TAR`.');
  context.output.document(images, () => (images.length === 0 ? '' : imageTable(context, images)));
}

async function buildExample(context: Context, name: ExampleName): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'souk-image-'));
  using _folder = { [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
  context.output.note(`building the image of ${name} from this machine’s Node …`);
  const { path, blob } = await buildExampleImage(name, join(folder, 'image.tar'), context.signal);
  await addImage(context, blob.image, path);
}

function parseExample(text: string): ExampleName {
  const name = exampleNames.find((known) => known === text);
  if (name) return name;
  throw new InvalidArgumentError(`give one of: ${exampleNames.join(', ')}`);
}

function showAdded(context: Context, image: StoredImage): void {
  context.output.document(image, () => `${image.reference}  ${image.digest}  ${bytesText(image.bytes)}`);
}

function imageTable(context: Context, images: readonly StoredImage[]): string {
  return renderTable(
    context.output,
    [
      { title: 'IMAGE', cell: (image) => image.reference },
      { title: 'SIZE', cell: (image) => bytesText(image.bytes), align: 'right' },
      { title: 'DIGEST', cell: (image) => `${image.digest.slice(0, 19)}…` },
      { title: 'ADDED', cell: (image) => timeText(image.addedAt) },
    ],
    images,
  );
}
