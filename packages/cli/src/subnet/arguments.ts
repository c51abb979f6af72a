/** Arguments of the subnet commands, as commander parses them. */
import { type Address, addressSchema, registrationIdSchema, subnetIdSchema } from '@souk/protocol';
import { InvalidArgumentError } from 'commander';

export function parseSubnet(text: string): number {
  const parsed = subnetIdSchema.safeParse(/^[0-9]{1,10}$/.test(text) ? Number(text) : undefined);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError('give the subnet’s number, as `souk subnet ls` shows');
}

export function parseRegistration(text: string): number {
  const parsed = registrationIdSchema.safeParse(/^[0-9]{1,10}$/.test(text) ? Number(text) : undefined);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError('give a registration’s number, as `souk subnet metagraph` shows');
}

export function parseAddress(text: string): Address {
  const parsed = addressSchema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError('give an address: 0x and 40 hex digits');
}

export function parseCount(text: string): number {
  if (/^[0-9]{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('give a whole number');
}

/** Part of a whole, for somebody. */
export interface Portion {
  readonly operator: Address;
  readonly portion: number;
}

/** "0x…=50": an operator and what it gets; a bare address gets 1. */
export function collectPortion(text: string, previous: readonly Portion[] = []): readonly Portion[] {
  const [address = '', portion = '1', ...rest] = text.split('=');
  const amount = Number(portion.replace(/%$/, ''));
  if (rest.length > 0 || !/^[0-9]{1,9}(\.[0-9]{1,6})?%?$/.test(portion) || amount <= 0) {
    throw new InvalidArgumentError('write it as ADDRESS=PORTION, e.g. 0x…=50');
  }
  const operator = parseAddress(address);
  if (previous.some((one) => one.operator === operator)) {
    throw new InvalidArgumentError(`${operator} is named twice`);
  }
  return [...previous, { operator, portion: amount }];
}

/** "1/0x…": an operator's pool in a subnet. */
export function parsePool(text: string): { readonly subnet: number; readonly operator: Address } {
  const [subnet = '', operator = '', ...rest] = text.split('/');
  if (rest.length > 0) throw new InvalidArgumentError('write it as SUBNET/OPERATOR, e.g. 1/0x…');
  return { subnet: parseSubnet(subnet), operator: parseAddress(operator) };
}

/** Splits `amount` by the portions; what rounding leaves goes to the first. */
export function splitBy(amount: bigint, portions: readonly Portion[]): readonly bigint[] {
  const parts = portions.map(({ portion }) => BigInt(Math.round(portion * 1e6)));
  const whole = parts.reduce((sum, part) => sum + part, 0n);
  const shares = parts.map((part) => (amount * part) / whole);
  const left = amount - shares.reduce((sum, share) => sum + share, 0n);
  return shares.map((share, index) => (index === 0 ? share + left : share));
}
