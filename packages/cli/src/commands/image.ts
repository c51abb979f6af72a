import type { Context } from '../context.ts';
import { bytesText, timeText } from '../format.ts';
import { type ImageStore, openImageStore, type StoredImage } from '../images.ts';
import { renderTable } from '../table.ts';
import type { DefineCommand } from './entry.ts';

export const defineImage: DefineCommand = (command, act) => {
  command.description('images that this machine hands to providers itself, without a registry');
  command
    .command('add')
    .description('keep an image under the name that workload files use')
    .argument('<ref>', 'name as in the workload file, e.g. souk.local/hello:1')
    .argument('<tar>', 'tar of an OCI layout, or what `docker save` wrote')
    .action(act(addImage));
  command.command('ls').description('list kept images').action(act(listImages));
  command
    .command('build-hello')
    .description('build the image of examples/hello from this machine’s own Node and keep it')
    .argument('[ref]', 'name to keep it under', 'souk.local/hello:1')
    .action(act(buildHello));
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

async function buildHello(context: Context, reference: string): Promise<void> {
  showAdded(context, await ensureHelloImage(context, openImageStore(context.home.images), reference));
}

/** Builds the image of examples/hello and keeps it. */
export async function ensureHelloImage(
  context: Context,
  store: ImageStore,
  reference: string,
): Promise<StoredImage> {
  const { buildNodeImage } = await import('@souk/provider');
  await using tar = await temporaryTar();
  await buildNodeImage({ reference, tar: tar.file });
  return store.add(reference, tar.file, context.clock.now(), context.signal);
}

function showAdded(context: Context, image: StoredImage): void {
  context.output.document(image, () => `${image.reference}  ${image.digest}  ${bytesText(image.bytes)}`);
}

function imageTable(context: Context, images: readonly StoredImage[]): string {
  return renderTable(
    context.output,
    [
      { title: 'image', cell: (image) => image.reference },
      { title: 'size', cell: (image) => bytesText(image.bytes), align: 'right' },
      { title: 'digest', cell: (image) => `${image.digest.slice(0, 19)}…` },
      { title: 'added', cell: (image) => timeText(image.addedAt) },
    ],
    images,
  );
}
