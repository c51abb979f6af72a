import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ordersTopic } from '@souk/protocol';
import { priceByScript } from '../src/pricing/script.ts';
import { createWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(async () => world[Symbol.asyncDispose]());

function script(body: string): string {
  const file = join(world.folder, 'price.sh');
  writeFileSync(file, `#!/bin/sh\n${body}\n`);
  chmodSync(file, 0o755);
  return file;
}

const priced = async (program: string) =>
  priceByScript(program, (await world.draft()).envelope, 777n, { timeoutMs: 2000 });

describe('a price script', () => {
  it('gets the order and says the rate', async () => {
    expect(await priced(script('sed "s/.*listPrice\\":\\"\\([0-9]*\\).*/\\1/"'))).toBe(777n);
  });

  it.each([
    ['echo cheap', 'no whole positive number'],
    ['echo 0', 'no whole positive number'],
    ['exit 3', 'code 3'],
    ['exec sleep 10', 'too long'],
    ['yes', 'too much'],
  ])('that does "%s" fails with the reason', async (body, reason) => {
    await expect(priced(script(body))).rejects.toThrow(reason);
  });

  it('that is not there fails with the reason', async () => {
    await expect(priced(join(world.folder, 'none'))).rejects.toMatchObject({ code: 'pricing.script-failed' });
  });

  it('sets the rate of bids; while it fails, orders are declined', async () => {
    await world.stop();
    await world.start({ config: { priceScript: script('echo 4321') } });
    const deployment = await world.draft();
    const wait = async () => {
      // The script runs in real time.
      await new Promise((resolve) => setTimeout(resolve, 20));
      return world.offers.at(-1);
    };
    await world.peer.publish(ordersTopic, deployment.envelope);
    expect(await world.until('an offer', wait)).toMatchObject({
      kind: 'bid',
      bid: { message: { rate: 4321n } },
    });
    script('exit 1');
    world.offers.length = 0;
    await world.peer.publish(ordersTopic, (await world.draft()).envelope);
    expect(await world.until('a decline', wait)).toMatchObject({ declines: [{ reason: 'not-serving' }] });
  });
});
