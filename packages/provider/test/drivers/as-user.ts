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
  const files = { '/run/secrets/word': Buffer.from('hush').toString('base64') };
  const how = { secrets: { env: { WORD: 'hush' }, files }, secretsVersion: '1', stopGraceSeconds: 1 };
  await driver.apply(specOf(lease, image, [{ how }, { name: 'api', to: ['web'] }]), signal);
  const name = await askSoon(driver, lease, '/');
  await askSoon(driver, lease, '/', { service: 'api' });
  const linked = await ask(driver, lease, `/fetch?url=${encodeURIComponent('http://api:3000/')}`);
  const { stdout } = await execText(driver, lease, 'id -u');
  const secrets = [
    await ask(driver, lease, '/env?name=WORD'),
    await ask(driver, lease, '/read?path=/run/secrets/word'),
  ];
  await driver.stop(lease);
  const [stopped] = await driver.list();
  await driver.remove(lease);
  process.stdout.write(
    JSON.stringify({
      uid: process.getuid?.(),
      name,
      linked,
      stdout,
      secrets,
      stopped: stopped?.replicas.map(({ state }) => state),
      left: await driver.list(),
    }),
  );
} finally {
  await driver.remove(lease);
}
