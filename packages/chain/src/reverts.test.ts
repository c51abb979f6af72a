import { Fault } from '@souk/protocol';
import { describe, expect, it } from 'vitest';
import { emissionsAbi } from './abi/emissions.ts';
import { epochsAbi } from './abi/epochs.ts';
import { marketAbi } from './abi/market.ts';
import { operatorsAbi } from './abi/operators.ts';
import { soukTokenAbi } from './abi/souk-token.ts';
import { stakesAbi } from './abi/stakes.ts';
import { subnetsAbi } from './abi/subnets.ts';
import { explainedErrors, revertFault, revertOf } from './reverts.ts';

/** Come from libraries and tell nothing that their name does not. */
const plain =
  /^(InvalidShortString|StringTooLong|SafeERC20FailedOperation|SafeCast|ECDSA|ERC20|ERC5805|ERC6372|Checkpoint|InvalidAccountNonce|VotesExpired)/;

describe('a revert', () => {
  it('has a sentence for every error of the contracts', () => {
    const ofSubnets = [...subnetsAbi, ...stakesAbi, ...epochsAbi, ...emissionsAbi, ...soukTokenAbi];
    const names = [...marketAbi, ...operatorsAbi, ...ofSubnets]
      .filter((item) => item.type === 'error')
      .map(({ name }) => name);
    const known = new Set<string>(explainedErrors);
    expect(names.filter((name) => !known.has(name) && !plain.test(name))).toEqual([]);
  });

  it('of a subnet says amounts in SOUK and parameters by name', () => {
    const price = { error: 'PriceAboveLimit', args: { price: 15n * 10n ** 17n, limit: 10n ** 18n } };
    expect(revertFault('register', price).message).toContain('costs 1.5 SOUK now, above the limit of 1 SOUK');
    const range = { error: 'ParamOutOfRange', args: { key: 0, value: 9n, minimum: 1n, maximum: 4n } };
    expect(revertFault('setParam', range).message).toContain('maxMiners 9 is not 1 to 4');
  });

  it('becomes a fault with a sentence, numbers, blame and remedy', () => {
    const fault = revertFault('open', {
      error: 'OrderExpired',
      args: { expiresAt: 1_767_225_600, now_: 1n },
    });
    expect(fault.message).toBe('open was refused by the contract: the order expired at 2026-01-01T00:00:00Z');
    expect(fault).toMatchObject({ code: 'chain.reverted', blame: 'peer', remedy: 'sign a new order' });
    expect(fault.data).toEqual({
      call: 'open',
      error: 'OrderExpired',
      args: { expiresAt: 1_767_225_600, now_: 1n },
    });
    expect(revertOf(fault)).toBe('OrderExpired');
  });

  it('has a code of its own where the lease is not open', () => {
    const fault = revertFault('close', { error: 'LeaseNotOpen', args: { lease: '0xAB' } });
    expect(fault.code).toBe('chain.lease-not-open');
    expect(fault.message).toContain('0xab');
    expect(revertOf(fault)).toBe('LeaseNotOpen');
  });

  it('blames the other side for its signatures and the caller for its own money', () => {
    const revert = { error: 'BalanceTooSmall', args: { balance: 1n, needed: 2n } };
    expect(revertFault('open', revert).blame).toBe('peer');
    expect(revertFault('withdraw', revert).blame).toBe('user');
  });

  it('that nobody knows is shown with all that it says', () => {
    const fault = revertFault('open', { error: 'Strange', args: { count: 3n } });
    expect(fault.message).toContain('Strange (count 3)');
    expect(fault.blame).toBe('chain');
  });

  it('is not seen in other faults', () => {
    expect(revertOf(new Fault('chain.unreachable', 'no answer', { blame: 'chain' }))).toBeUndefined();
    expect(revertOf(new Error('open was refused'))).toBeUndefined();
  });
});
