import { describe, expect, it } from 'vitest';
import { addressOfPublicKeyBytes, createKey, isSignedBySigner, localKey, recoverSigner } from './keys.ts';
import { leaseIdOf, type Order, orderSchema, signedOrderSchema } from './messages.ts';
import { encodeJson } from './json.ts';
import { zeroAddress, zeroHash } from './hex.ts';

const domain = { chainId: 31337, market: '0x5fbdb2315678afecb367f032d93f642f64180aa3' } as const;

function order(tenant: Order['tenant']): Order {
  return {
    tenant,
    agent: zeroAddress,
    watcher: zeroAddress,
    token: zeroAddress,
    manifest: zeroHash,
    requirements: zeroHash,
    maxRate: 300_000n,
    deposit: 5_000_000n,
    clawbackWindow: 600,
    startWindow: 600,
    expiresAt: 1_800_000_000,
    counter: 0n,
    salt: zeroHash,
  };
}

describe('signed messages', () => {
  it('recover to the key that signed, after a trip over the wire', async () => {
    const key = createKey();
    const signed = await key.sign(domain, 'Order', order(key.address));
    const received = signedOrderSchema.parse(JSON.parse(encodeJson(signed)));
    expect(received).toEqual(signed);
    expect(isSignedBySigner(domain, 'Order', received)).toBe(true);
    expect(recoverSigner(domain, 'Order', received)).toBe(key.address);
  });

  it('are void on another chain and after any change', async () => {
    const key = createKey();
    const signed = await key.sign(domain, 'Order', order(key.address));
    expect(isSignedBySigner({ ...domain, chainId: 1 }, 'Order', signed)).toBe(false);
    const dearer = { ...signed, message: { ...signed.message, maxRate: signed.message.maxRate + 1n } };
    expect(isSignedBySigner(domain, 'Order', dearer)).toBe(false);
    expect(leaseIdOf(dearer.message)).not.toBe(leaseIdOf(signed.message));
  });

  it('refuse unknown fields and values that do not fit', () => {
    const wire = JSON.parse(encodeJson(order(zeroAddress))) as Record<string, unknown>;
    expect(orderSchema.safeParse({ ...wire, extra: 1 }).success).toBe(false);
    expect(orderSchema.safeParse({ ...wire, maxRate: (1n << 96n).toString() }).success).toBe(false);
    expect(orderSchema.safeParse({ ...wire, maxRate: '-1' }).success).toBe(false);
    expect(orderSchema.safeParse(wire).success).toBe(true);
  });
});

describe('an address', () => {
  it('is the same from a compressed and from a whole public key', () => {
    const one = localKey(`0x${'00'.repeat(31)}01`);
    const x = '79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798';
    const y = '483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8';
    expect(one.address).toBe('0x7e5f4552091a69125d5dfcb7b8c2659029395bdf');
    expect(addressOfPublicKeyBytes(Uint8Array.from(Buffer.from(`02${x}`, 'hex')))).toBe(one.address);
    expect(addressOfPublicKeyBytes(Uint8Array.from(Buffer.from(`04${x}${y}`, 'hex')))).toBe(one.address);
  });
});
