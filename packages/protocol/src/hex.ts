import * as OxAddress from 'ox/Address';
import { z } from 'zod';

/** Hex strings as they travel: lower-case `0x…`. Addresses are lower-case too, so that `===` compares them. */
export type Hex = `0x${string}`;
export type Address = Hex & { readonly __brand?: 'Address' };
export type LeaseId = Hex & { readonly __brand?: 'LeaseId' };

export const zeroAddress: Address = '0x0000000000000000000000000000000000000000';
export const zeroHash: Hex = `0x${'00'.repeat(32)}`;

export const addressSchema = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/, 'not an address: 0x and 40 hex digits')
  .transform((text) => text.toLowerCase() as Address);

export const hash32Schema = z
  .string()
  .regex(/^0x[0-9a-f]{64}$/, 'not a 32-byte hash: 0x and 64 lower-case hex digits')
  .transform((text) => text as Hex);

/** Exactly `bytes` bytes. */
export function hexSchema(bytes: number) {
  return z
    .string()
    .regex(
      new RegExp(`^0x[0-9a-f]{${bytes * 2}}$`),
      `not ${bytes} bytes: 0x and ${bytes * 2} lower-case hex digits`,
    )
    .transform((text) => text as Hex);
}

/** A signature: 65 bytes of an ordinary key, or whatever an ERC-1271 wallet takes (≤ 4 KiB). */
export const signatureSchema = z
  .string()
  .max(8194)
  .regex(/^0x([0-9a-f]{2})+$/, 'not a signature: 0x and hex bytes')
  .transform((text) => text as Hex);

/** A uint as a decimal string on the wire, bigint in memory. `bits` bounds it. */
export function uintSchema(bits: number) {
  const limit = 1n << BigInt(bits);
  return z
    .string()
    .regex(/^(0|[1-9][0-9]{0,77})$/, 'not a whole number in decimal digits')
    .transform((text) => BigInt(text))
    .refine((value) => value < limit, `does not fit in ${bits} bits`);
}

/** Unix seconds on the wire and in memory. */
export const unixSecondsSchema = z.number().int().min(0).max(0xff_ffff_ffff);

export function isAddress(text: string): boolean {
  return OxAddress.validate(text, { strict: false });
}

export function asAddress(text: string): Address {
  return addressSchema.parse(text);
}

/** Equal up to case. */
export function isSameAddress(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
