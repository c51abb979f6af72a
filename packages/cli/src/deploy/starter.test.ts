import { readSdl } from '@souk/protocol';
import { expect, test } from 'vitest';
import { starterFile } from './starter.ts';

test('the starter is a workload that can be ordered, with and without a port', () => {
  for (const port of [8080, null]) {
    const text = starterFile({
      file: 'app.yaml',
      name: 'app',
      image: 'ghcr.io/me/app:1',
      port,
      schemaFile: 'workload.schema.json',
    });
    const { workload, errors, warnings } = readSdl(text);
    expect(errors).toEqual([]);
    expect(warnings.map(({ reason }) => reason)).toEqual(
      port === null ? ['no port is public: reachable through the peer network only'] : [],
    );
    const [service] = workload?.groups[0]?.manifest.services ?? [];
    expect(service).toMatchObject({ name: 'app', image: 'ghcr.io/me/app:1', count: 1 });
    expect(service?.expose?.map(({ port: inner, externalPort }) => [inner, externalPort]) ?? []).toEqual(
      port === null ? [] : [[8080, 80]],
    );
    expect(workload?.xSouk?.health.size).toBe(port === null ? 0 : 1);
  }
});

test('an image name that YAML would misread is quoted', () => {
  const text = starterFile({ file: 'app.yaml', name: 'app', image: '*x', port: null, schemaFile: null });
  expect(text).toContain('image: "*x"\n');
});

test('what it only suggests is right too, once the marks are removed', () => {
  const text = starterFile({ file: 'app.yaml', name: 'app', image: 'x', port: 80, schemaFile: null })
    .replace('# env:', 'env:')
    .replace(/#   - MODE/, '  - MODE')
    .replace(/# secrets:/, 'secrets:')
    .replace(/#   DB_PASSWORD/, '  DB_PASSWORD')
    .replace(/# (topUp|snapshots|update|interruptible)/g, '$1');
  const { workload, errors } = readSdl(text);
  expect(errors).toEqual([]);
  expect(workload?.xSouk).toMatchObject({
    topUp: { amount: '1' },
    update: { strategy: 'rolling' },
    interruptible: { noticeSeconds: 30 },
    secrets: [{ name: 'DB_PASSWORD', env: 'DB_PASSWORD' }],
  });
});
