import { describe, expect, it } from 'vitest';
import { bumpedFees, feesFor } from './fees.ts';

const gwei = 10n ** 9n;
const policy = { maxFeeMultiplier: 2, feeCapWei: 100n * gwei };

describe('fees', () => {
  it('allow the base fee to double, with the tip on top', () => {
    expect(feesFor(10n * gwei, gwei, policy)).toEqual({
      maxFeePerGas: 21n * gwei,
      maxPriorityFeePerGas: gwei,
    });
  });

  it('stay under the cap', () => {
    expect(feesFor(80n * gwei, gwei, policy).maxFeePerGas).toBe(100n * gwei);
  });

  it('are refused where the present price is above the cap', () => {
    expect(() => feesFor(100n * gwei, gwei, policy)).toThrow('gas costs 101 gwei, above the cap of 100');
  });

  it('are raised by an eighth, or to the present price', () => {
    const old = { maxFeePerGas: 16n * gwei, maxPriorityFeePerGas: 8n };
    const cheap = { maxFeePerGas: gwei, maxPriorityFeePerGas: 1n };
    expect(bumpedFees(old, cheap, policy)).toEqual({
      maxFeePerGas: 18n * gwei + 1n,
      maxPriorityFeePerGas: 10n,
    });
    const dear = { maxFeePerGas: 50n * gwei, maxPriorityFeePerGas: gwei };
    expect(bumpedFees(old, dear, policy)).toEqual(dear);
    expect(bumpedFees({ maxFeePerGas: 95n * gwei, maxPriorityFeePerGas: 1n }, cheap, policy)).toBeUndefined();
  });
});
