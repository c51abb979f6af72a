import { expect, test } from 'vitest';
import { createKey } from './keys.ts';
import { publicKeyOfSigner, seal, unseal } from './sealed.ts';

const domain = { chainId: 31_337, market: `0x${'11'.repeat(20)}` } as const;
const plain = new TextEncoder().encode('correct horse battery staple');

async function keyOf(key: ReturnType<typeof createKey>) {
  const ready = await key.sign(domain, 'Ready', { lease: `0x${'22'.repeat(32)}`, readyAt: 1 });
  return publicKeyOfSigner(domain, 'Ready', ready);
}

test('what is sealed to the signer of a message is read by that signer', async () => {
  const key = createKey();
  const sealed = await seal(plain, await keyOf(key));
  expect(await unseal(sealed, key.privateKey)).toEqual(plain);
});

test('the same bytes sealed twice have nothing in common', async () => {
  const publicKey = await keyOf(createKey());
  const [a, b] = [await seal(plain, publicKey), await seal(plain, publicKey)];
  expect(a.ephemeral).not.toBe(b.ephemeral);
  expect(a.bytes).not.toBe(b.bytes);
});

test('another key, a changed byte and a foreign ephemeral key are refused', async () => {
  const key = createKey();
  const sealed = await seal(plain, await keyOf(key));
  const other = await seal(plain, await keyOf(key));
  const flipped = `${sealed.bytes.slice(0, -1)}${sealed.bytes.endsWith('0') ? '1' : '0'}` as const;
  for (const wrong of [
    { ...sealed, bytes: flipped as `0x${string}` },
    { ...sealed, ephemeral: other.ephemeral },
  ]) {
    await expect(unseal(wrong, key.privateKey)).rejects.toMatchObject({ code: 'sealed.unreadable' });
  }
  await expect(unseal(sealed, createKey().privateKey)).rejects.toMatchObject({ code: 'sealed.unreadable' });
});
