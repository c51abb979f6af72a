/** A file that people deploy elsewhere (fixtures/gin.yaml, from a public gallery) runs as it is; only its image is ours. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { buildNodeImage } from '@souk/provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsOf, readChain } from '../chain-view.ts';
import { get } from '../http.ts';
import { startTestNetwork, type TestNetwork } from '../souk.ts';

const file = join(import.meta.dirname, '../fixtures/gin.yaml');
const reference = 'hxrh/gin-on-akash:1.0';
const server = `require('node:http').createServer((req, res) => res.end('gin on souk')).listen(8080)`;

describe('a workload file from a public gallery', () => {
  let net: TestNetwork;
  beforeAll(async () => {
    net = await startTestNetwork({ driver: 'sandbox' });
  });
  afterAll(async () => {
    await net[Symbol.asyncDispose]();
  });

  it('is deployed unchanged with an image that the tenant hands over', async () => {
    const tar = join(net.home, 'gin.tar');
    const built = await buildNodeImage(
      {
        reference,
        output: tar,
        files: { '/server.cjs': server },
        entrypoint: ['node', '/server.cjs'],
        nodePath: process.execPath,
      },
      AbortSignal.timeout(60_000),
    );
    const deployed = await net.souk('deploy', file, '--yes', '--json', '--image', `${reference}=${tar}`);
    expect(deployed.stderr).not.toContain('"error"');
    const { name, groups } = deployed.json<{ name: string; groups: { urls: string[]; group: string }[] }>();
    expect(groups.map((group) => group.group)).toEqual(['dcloud']);
    expect(await get(groups[0]?.urls[0] ?? '')).toEqual({ status: 200, body: 'gin on souk' });

    const listed = (await net.souk('image', 'ls', '--json')).json<{ reference: string; digest: string }[]>();
    expect(listed).toEqual([expect.objectContaining({ reference, digest: built.digest })]);
    expect(await digestOf(tar)).toBe(built.digest);

    // The ceiling is the file's: 10,000 uact a block of 6 s are 6 dollars an hour.
    const [opened] = eventsOf(await readChain(net), 'lease-opened');
    expect(opened?.terms.rate).toBeLessThanOrEqual(6_000_000n);
    expect((await net.souk('close', name)).code).toBe(0);
  });
});

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return `sha256:${hash.digest('hex')}`;
}
