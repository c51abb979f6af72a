/** What a transaction pays for gas: pure rules over the base fee and the tip. All amounts in wei per gas. */
import { Fault } from '@souk/protocol';

export interface FeePolicy {
  readonly maxFeeMultiplier: number;
  readonly feeCapWei: bigint;
}

export interface Fees {
  readonly maxFeePerGas: bigint;
  readonly maxPriorityFeePerGas: bigint;
}

/** Throws `chain.fee-too-high` where not even the present base fee with the tip fits under the cap. */
export function feesFor(baseFee: bigint, priorityFee: bigint, policy: FeePolicy): Fees {
  const least = baseFee + priorityFee;
  if (least > policy.feeCapWei) {
    throw new Fault(
      'chain.fee-too-high',
      `gas costs ${gwei(least)} gwei, above the cap of ${gwei(policy.feeCapWei)}`,
      {
        blame: 'chain',
        retry: true,
        data: { feeWei: least, capWei: policy.feeCapWei },
        remedy: 'wait until gas is cheaper, or raise chain.feeCapWei in the settings',
      },
    );
  }
  const percent = BigInt(Math.round(policy.maxFeeMultiplier * 100));
  const wanted = (baseFee * percent) / 100n + priorityFee;
  return { maxFeePerGas: min(wanted, policy.feeCapWei), maxPriorityFeePerGas: priorityFee };
}

/** Fees that may replace `old` (nodes ask for a tenth more), or undefined where the cap leaves no room. */
export function bumpedFees(old: Fees, fresh: Fees, policy: FeePolicy): Fees | undefined {
  const least = { max: eighthMore(old.maxFeePerGas), priority: eighthMore(old.maxPriorityFeePerGas) };
  if (least.max > policy.feeCapWei) return undefined;
  return {
    maxFeePerGas: max(least.max, fresh.maxFeePerGas),
    maxPriorityFeePerGas: max(least.priority, fresh.maxPriorityFeePerGas),
  };
}

function eighthMore(fee: bigint): bigint {
  return (fee * 9n) / 8n + 1n;
}

function gwei(wei: bigint): string {
  return (Number(wei) / 1e9).toPrecision(3);
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
