/** What people get wrong, against a real network: each ends in a typed error that helps, costs nothing, leaves nothing. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readChain } from '../chain-view.ts';
import { type Remains, remainsOf } from '../remains.ts';
import { eventually, startTestNetwork, type TestNetwork } from '../souk.ts';

interface Failure {
  readonly code: string;
  readonly exitCode: number;
  readonly sentence: string;
  readonly reason: string;
  readonly remedy: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const hello = readFileSync(join(import.meta.dirname, '../../examples/hello/deploy.yaml'), 'utf8');

let net: TestNetwork;
let folder: string;
let before: Remains;
let money: bigint;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'souk-bad-'));
  net = await startTestNetwork({ driver: 'sandbox' });
  // Shorter than a person would be given, so that giving up is seen soon.
  const settings = 'tenant: { topicPeersWaitMs: 3000 }\nchain: { rpcTimeoutMs: 3000 }\n';
  writeFileSync(join(net.home, 'config.yaml'), settings);
  before = await remainsOf(net);
  money = (await readChain(net)).balance;
});
afterAll(async () => {
  await net[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

afterEach(async () => {
  await eventually('nothing to be left', async () => {
    expect(await remainsOf(net)).toEqual(before);
    expect((await readChain(net)).balance).toBe(money);
    return true;
  });
});

function file(name: string, text: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** Runs to its end, which must be a whole error: code, exit code, sentence, reason, remedy, and no output. */
async function fails(...args: string[]): Promise<Failure> {
  const { code, stdout, stderr } = await net.souk(...args, '--json', '--yes');
  const last = stderr.trim().split('\n').at(-1) ?? '';
  const { error } = JSON.parse(last) as { error: Failure };
  expect(stdout).toBe('');
  expect(error.exitCode).toBe(code);
  for (const part of [error.code, error.sentence, error.reason, error.remedy]) expect(part).toMatch(/\S/);
  return error;
}

async function deployments(...args: string[]): Promise<readonly { readonly name: string }[]> {
  return (await net.souk('ps', '--all', '--json', ...args)).json();
}

describe('a wrong workload file', () => {
  it('is refused at its line and column, with what is known there', async () => {
    const typo = file('typo.yaml', hello.replace('count: 1', 'cuont: 1'));
    const error = await fails('deploy', typo);
    expect(error).toMatchObject({ code: 'sdl.invalid', exitCode: 3 });
    expect(error.reason).toContain(`${typo}:35:7  /deployment/web/anywhere/cuont`);
    expect(error.reason).toContain('known here: profile, count');
    const broken = await fails('deploy', file('broken.yaml', hello.replace('size: 128Mi', 'size: [')));
    expect(broken).toMatchObject({ code: 'sdl.invalid', exitCode: 3 });
    expect(broken.reason).toMatch(/broken\.yaml:[0-9]+:[0-9]+ .*\n.*YAML/);
  });

  it('or one that is no file, or none at all, is refused', async () => {
    const gone = await fails('deploy', join(folder, 'gone.yaml'));
    expect(gone).toMatchObject({ code: 'cli.file-unreadable', exitCode: 3 });
    expect(await fails('deploy', folder)).toMatchObject({ code: 'cli.file-unreadable', exitCode: 3 });
    const binary = file('binary.yaml', Buffer.from([0, 255, 1, 254]));
    expect(await fails('deploy', binary)).toMatchObject({ code: 'sdl.invalid', exitCode: 3 });
  });
});

describe('a network', () => {
  /** The address book of this network with something wrong, and what is needed to use the tenant's key on it. */
  function book(name: string, change: object): readonly string[] {
    const right = JSON.parse(readFileSync(net.networkFile, 'utf8')) as object;
    const path = file(`${name}.json`, JSON.stringify({ ...right, name, ...change }));
    const password = join(net.home, 'networks/local/password');
    return ['--network', path, '--key', 'local', '--password-file', password];
  }

  it('whose chain does not answer is given up on within ten seconds', async () => {
    const app = file('app.yaml', hello);
    const dead = book('dead', { rpcUrl: 'http://127.0.0.1:9' });
    const startedAt = Date.now();
    const error = await fails('deploy', app, ...dead);
    expect(Date.now() - startedAt).toBeLessThan(10_000);
    expect(error).toMatchObject({ code: 'chain.unreachable', exitCode: 4 });
    expect(error.reason).toContain('127.0.0.1:9');
    expect(await deployments(...dead)).toEqual([]);
  });

  it('whose node takes the connection and says nothing is given up on too', async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => void silent.listen(0, '127.0.0.1', () => resolve()));
    const { port } = silent.address() as { port: number };
    const error = await fails('balance', ...book('silent', { rpcUrl: `http://127.0.0.1:${port}` }));
    silent.close();
    expect(error).toMatchObject({ code: 'chain.unreachable', exitCode: 4 });
  });

  it('that is another than its address book says gets no order and no transaction', async () => {
    const { operators } = JSON.parse(readFileSync(net.networkFile, 'utf8')) as { operators: string };
    const { gasWei } = await readChain(net);
    const app = file('app.yaml', hello);
    const wrong = { code: 'chain.wrong-network', exitCode: 4 };
    const otherChain = book('other-chain', { chainId: 5 });
    expect(await fails('deploy', app, ...otherChain)).toMatchObject(wrong);
    expect(await deployments(...otherChain)).toEqual([]);
    expect(await fails('deploy', app, ...book('other-market', { market: operators }))).toMatchObject(wrong);
    const nowhere = book('no-market', { market: `0x${'11'.repeat(20)}` });
    for (const command of [['balance'], ['deposit', '1'], ['withdraw', '1']])
      expect(await fails(...command, ...nowhere)).toMatchObject(wrong);
    expect((await readChain(net)).gasWei).toBe(gasWei);
  });

  it('whose address book is damaged is named with the key that is wrong', async () => {
    const error = await fails('balance', ...book('odd', { markt: '0x' }));
    expect(error).toMatchObject({ code: 'chain.bad-network', exitCode: 3 });
    expect(error.reason).toContain('markt');
  });

  it('whose peers can’t be reached says so and forgets the order', async () => {
    const { bootstrap } = JSON.parse(readFileSync(net.networkFile, 'utf8')) as { bootstrap: string[] };
    const dead = bootstrap.map((address) => address.replace(/\/tcp\/[0-9]+/, '/tcp/9'));
    const alone = book('alone', { bootstrap: dead });
    const error = await fails('deploy', file('app.yaml', hello), ...alone);
    expect(error).toMatchObject({ code: 'tenant.no-peers', exitCode: 4 });
    expect(error.remedy).toContain('bootstrap');
    expect(await deployments(...alone)).toEqual([]);
  });
});

describe('money', () => {
  it('that is not in the account is named to the cent, with the command that brings it', async () => {
    const password = join(net.home, 'networks/local/password');
    const poor = ['--key', 'poor', '--password-file', password];
    expect((await net.souk('key', 'new', 'poor', '--password-file', password)).code).toBe(0);
    const app = file('app.yaml', hello);
    expect(await fails('deploy', app, ...poor)).toMatchObject({
      code: 'tenant.balance-too-small',
      exitCode: 6,
      reason: 'the deployment locks 5.00 tUSD and the balance is 0.00 tUSD',
      remedy: 'souk deposit 5.00',
    });
    expect(await fails('deploy', app, '--deposit', '100.5')).toMatchObject({
      exitCode: 6,
      remedy: 'souk deposit 0.50',
    });
    expect(await fails('deposit', '5', ...poor)).toMatchObject({
      code: 'cli.low-balance',
      exitCode: 6,
      remedy: 'get test money with `souk faucet`',
    });
    expect(await deployments()).toEqual([]);
  });

  it('that nobody works for is told the lowest price that would do', async () => {
    const error = await fails('deploy', file('app.yaml', hello), '--max-price', '0.000001');
    expect(error).toMatchObject({ code: 'cli.no-bids', exitCode: 5, data: { operators: 3 } });
    expect(error.reason).toMatch(
      /3 providers: the ceiling of 0\.000001 is below the lowest price of 0\.0014/,
    );
    expect(error.remedy).toMatch(/^pay more: --max-price 0\.0014[0-9]*$/);
    expect(await deployments()).toEqual([]);
  });

  it('can’t buy what nobody has', async () => {
    const huge = file('huge.yaml', hello.replace('units: 0.1', 'units: 200'));
    const error = await fails('deploy', huge, '--max-price', '100');
    expect(error).toMatchObject({ code: 'cli.no-bids', exitCode: 5, data: { operators: 3 } });
    expect(error.data['declines']).toMatchObject([{ reason: 'no-capacity', count: 3 }]);
    expect(error.remedy).toContain('souk offers');
    expect(await deployments()).toEqual([]);
  });
});

describe('an image', () => {
  const image = (name: string) => hello.replace('souk/hello:1', name);
  /** Why it did not start. Money is back, or will be as soon as the provider has closed what it was just opening. */
  async function failsToStart(...args: string[]): Promise<string> {
    const { code, exitCode, reason } = await fails('deploy', ...args);
    expect([code, exitCode]).toEqual(['cli.deploy-failed', 1]);
    expect(reason).toMatch(
      /; (the lease was closed: paid 0\.00 tUSD, 5\.00 tUSD came back|nothing was paid; .*`souk close`.*)$/,
    );
    return reason;
  }
  /** A tar with one small file. */
  function tar(): Buffer {
    const block = Buffer.alloc(2048);
    block.write('note.txt', 0);
    block.write('0000644\0' + '0000000\0' + '0000000\0' + '00000000003\0' + '00000000000\0', 100);
    block.write('        0', 148);
    block.write('ustar\x0000', 257, 'latin1');
    const sum = block.subarray(0, 512).reduce((total, byte) => total + byte, 0);
    block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    block.write('hi\n', 512);
    return block;
  }

  it('that no registry has, and nobody hands over, ends its lease at no cost', async () => {
    const reason = await failsToStart(file('nowhere.yaml', image('souk/nowhere:1')));
    expect(reason).toMatch(/no .*souk\/nowhere:1/);
  });

  it('that is a tar of something else ends its lease at no cost; what is no tar is not taken', async () => {
    const app = file('odd.yaml', image('souk/odd:1'));
    const text = await fails('deploy', app, '--image', `souk/odd:1=${file('odd.tar', 'not a tar')}`);
    expect(text).toMatchObject({ code: 'image.not-tar', exitCode: 3 });
    const reason = await failsToStart(app, '--image', `souk/odd:1=${file('odd.tar', tar())}`);
    expect(reason).toContain('image is malformed');
  });

  it('altered after it was added has another digest: nobody runs it, and its lease ends at no cost', async () => {
    const app = file('altered.yaml', image('souk/altered:1'));
    const added = await net.souk('image', 'add', 'souk/altered:1', file('altered.tar', tar()), '--json');
    const { digest } = added.json<{ digest: string }>();
    const kept = join(net.home, 'images', `${digest.slice('sha256:'.length)}.tar`);
    const other = tar();
    other.write('HI\n', 512);
    writeFileSync(kept, other);
    expect(await failsToStart(app)).toMatch(new RegExp(`digest sha256:[0-9a-f]{64}, not ${digest}`));

    truncateSync(kept, 1024);
    const cut = await fails('deploy', app, '--name', 'cut');
    expect(cut).toMatchObject({ code: 'image.changed', exitCode: 3 });
    expect(cut.remedy).toBe('add it again: souk image add souk/altered:1 TAR');
    rmSync(kept);
    expect(await fails('deploy', app, '--name', 'gone')).toMatchObject({
      code: 'image.changed',
      exitCode: 3,
    });
    expect((await deployments()).map(({ name }) => name)).not.toContain('gone');
    copyFileSync(join(folder, 'altered.tar'), kept);
  });
});
