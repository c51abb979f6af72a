/** Run by sandbox.test.ts as a user without privilege: one lease's life, told as JSON. */
import { silentLog } from '@souk/protocol';
import {
  ask,
  askSoon,
  buildWorkloadImage,
  execText,
  newLease,
  signal,
  specOf,
} from '../../src/drivers/conformance/kit.ts';
import { createSandboxDriver } from '../../src/drivers/sandbox/sandbox.ts';

await using driver = await createSandboxDriver({ log: silentLog, dataFolder: process.argv[2] ?? '' });
await using archive = await buildWorkloadImage();
const image = await driver.ensureImage({ kind: 'archive', ...archive }, { signal });
const lease = newLease();
try {
  await driver.apply(specOf(lease, image, [{}, { name: 'api', to: ['web'] }]), signal);
  const name = await askSoon(driver, lease, '/');
  await askSoon(driver, lease, '/', { service: 'api' });
  const linked = await ask(driver, lease, `/fetch?url=${encodeURIComponent('http://api:3000/')}`);
  const { stdout } = await execText(driver, lease, 'id -u');
  await driver.remove(lease);
  process.stdout.write(
    JSON.stringify({ uid: process.getuid?.(), name, linked, stdout, left: await driver.list() }),
  );
} finally {
  await driver.remove(lease);
}
