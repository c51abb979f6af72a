import { createKey } from '@souk/protocol';
import { describe, expect, it } from 'vitest';
import { newView } from '../book/view.ts';
import { pruningOf } from './pruning.ts';

describe('a registration that may be pruned', () => {
  const position = { logIndex: 0, tx: '0x01' } as const;
  const operators = [createKey().address, createKey().address, createKey().address];

  function viewWith(prunable: readonly number[], ended: readonly number[] = []) {
    const draft = newView();
    const base = { subnet: 1, ...position };
    draft.apply({
      ...base,
      kind: 'subnet-created',
      block: 1,
      owner: operators[0]!,
      startBlock: 1,
      tempo: 30,
      price: 0n,
    });
    for (const [index, operator] of operators.entries()) {
      draft.apply({
        ...base,
        kind: 'registered',
        block: 2,
        registration: index + 1,
        operator,
        price: 0n,
        collateral: 0n,
      });
    }
    for (const registration of ended) {
      draft.apply({
        ...base,
        kind: 'deregistered',
        block: 3,
        registration,
        operator: operators[registration - 1]!,
        why: 'pruned',
      });
    }
    draft.apply({ ...base, kind: 'param-set', block: 1, name: 'maxMiners', value: 4n, fromEpoch: 0 });
    const attestation = {} as never;
    draft.apply({
      ...base,
      kind: 'epoch-posted',
      block: 40,
      epoch: 0,
      attestation,
      validators: [],
      prunable,
    });
    return draft.view()!;
  }

  it('is told how many go before it and how many slots are free', () => {
    const risk = (index: number, prunable: readonly number[], ended: readonly number[] = []) =>
      pruningOf(viewWith(prunable, ended), { operator: operators[index]!, block: 41 });
    expect(risk(1, [3, 2])).toEqual({ registration: 2, before: 1, freeSlots: 1 });
    expect(risk(1, [3, 2], [3])).toEqual({ registration: 2, before: 0, freeSlots: 2 });
    expect(risk(0, [3, 2])).toBeUndefined();
  });
});
