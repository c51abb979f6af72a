import { openStore, type Store } from '@souk/daemon';
import type { Hex } from '@souk/protocol';
import { describe, expect, it } from 'vitest';
import { createWorld, souk, type ValidatorActor, type World } from '../src/testing/world.ts';
import { openJournal } from '../src/validator/journal.ts';

class PowerCut extends Error {}

/** Counts writes; at the one named the power goes, before or after it is on disk, and nothing is written from then on. */
function mortal(store: Store, cut: { readonly at: number; readonly isWritten: boolean } | undefined) {
  let writes = 0;
  let isDead = false;
  const run: Store['run'] = (sql, ...values) => {
    if (isDead) throw new PowerCut('no power');
    writes += 1;
    const isLast = writes === cut?.at;
    if (!isLast || cut.isWritten) store.run(sql, ...values);
    if (!isLast) return;
    isDead = true;
    throw new PowerCut('the power went');
  };
  const transaction: Store['transaction'] = (work) => {
    if (isDead) throw new PowerCut('no power');
    return store.transaction(work);
  };
  return { store: { ...store, run, transaction }, writes: () => writes, isDead: () => isDead };
}

interface Life {
  readonly weights: readonly (readonly Hex[])[];
  readonly evidence: number;
  readonly writes: number;
  readonly posted: number;
}

/** An epoch of one validator and two miners; where the power goes it starts again on the same disk. */
async function live(cut?: { readonly at: number; readonly isWritten: boolean }): Promise<Life> {
  const world = await createWorld({
    tempo: 15,
    params: { evidenceDraws: 1n },
    validatorSettings: { askShare: 0.5 },
  });
  try {
    const validator = await world.validator('v1', 100n * souk);
    await world.miner('m1', { settings: { precision: '0.9' } });
    await world.miner('m2', { settings: { precision: '0.4' } });
    const first = mortal(validator.store, cut);
    await validator.start({ store: first.store });
    await passWithCuts(world, validator, first.isDead);
    const events = await world.events();
    return {
      weights: events.flatMap((event) => (event.kind === 'revealed' ? [event.weights] : [])),
      evidence: events.filter(({ kind }) => kind === 'opened').length,
      writes: first.writes(),
      posted: events.filter(({ kind }) => kind === 'epoch-posted').length,
    };
  } finally {
    await world[Symbol.asyncDispose]();
  }
}

async function passWithCuts(world: World, validator: ValidatorActor, isDead: () => boolean): Promise<void> {
  let isRestarted = false;
  while (world.chain.head() < world.blocks(1).snapshot + 4) {
    await world.pass(1);
    if (!isDead() || isRestarted) continue;
    isRestarted = true;
    await validator.start();
  }
}

describe('a validator whose power goes', () => {
  it.each([
    ['before', false],
    ['after', true],
  ])(
    '%s any write was on disk reveals the same weights, and posts as many epochs',
    async (_when, isWritten) => {
      const { writes, ...whole } = await live();
      expect(whole.weights).toHaveLength(1);
      expect(whole).toMatchObject({ evidence: 1, posted: 2 });
      for (let at = 1; at <= writes; at += 1) {
        const { writes: _writes, ...life } = await live({ at, isWritten });
        expect({ at, ...life }).toEqual({ at, ...whole });
      }
    },
  );
});

describe('a validator’s journal', () => {
  const attestation = {
    subnet: 1,
    epoch: 3,
    engine: 1,
    snapshotBlock: `0x${'11'.repeat(32)}`,
    inputs: `0x${'22'.repeat(32)}`,
    outputs: `0x${'33'.repeat(32)}`,
    rewardRoot: `0x${'44'.repeat(32)}`,
    total: 5n,
    validators: `0x${'55'.repeat(32)}`,
    prunable: `0x${'66'.repeat(32)}`,
  } as const;

  it('lets one result of a question be signed, ever, and another only of another block', () => {
    using store = openStore(':memory:');
    expect(openJournal(store, 1).mayAttest(attestation)).toBe(true);
    const journal = openJournal(store, 1);
    expect(journal.mayAttest(attestation)).toBe(true);
    expect(journal.mayAttest({ ...attestation, outputs: `0x${'34'.repeat(32)}` })).toBe(false);
    expect(journal.mayAttest({ ...attestation, total: 6n })).toBe(false);
    const other = { ...attestation, snapshotBlock: `0x${'12'.repeat(32)}`, total: 6n } as const;
    expect(journal.mayAttest(other)).toBe(true);
    expect(openJournal(store, 2).mayAttest({ ...attestation, subnet: 2, total: 7n })).toBe(true);
  });

  it('keeps the first seal of an epoch', () => {
    using store = openStore(':memory:');
    const journal = openJournal(store, 1);
    const sealed = { version: 1, logRoot: attestation.inputs, weights: ['0x0000000100000002' as const] };
    expect(journal.seal(1, sealed)).toEqual(sealed);
    expect(journal.seal(1, { ...sealed, version: 2 })).toEqual(sealed);
    journal.forgetBefore(2);
    expect(journal.sealedOf(1)).toBeUndefined();
  });
});
