import { describe, expect, test } from 'vitest';
import { computeMechanism } from '../mechanisms/compute.ts';
import { dataMechanism } from '../mechanisms/data.ts';
import type { Mechanism } from '../mechanisms/mechanism.ts';
import { actors } from './cast.ts';
import { runCopier } from './copier-map.ts';
import type { SimulationReport } from './report.ts';
import { bittensorSettings } from './settings.ts';
import { simulate } from './simulate.ts';

const mechanism = computeMechanism() as Mechanism;
const small = { epochs: 14, validators: 5, miners: 6, seed: 7 } as const;

function actor(report: SimulationReport, name: string) {
  const found = report.actors.find((one) => one.name === name);
  if (!found) throw new Error(`${name} did not play`);
  return found;
}

describe('a simulation of compute', () => {
  test.each([0, 0.3])('pays copiers and lazy validators next to nothing at a churn of %d', async (churn) => {
    const report = await simulate(mechanism, { ...small, churn, actors: ['copier', 'lazy', 'withholding'] });
    expect(report.copierMaxRatio).toBeLessThanOrEqual(0.2);
    expect(actor(report, 'lazy').ratio).toBeLessThan(0.4);
    expect(actor(report, 'no-reveal').ratio).toBe(0);
    expect(actor(report, 'no-opening').ratio).toBe(0);
    expect(report.honestVariance).toBeLessThanOrEqual(0.02);
  });

  test('pays nobody for being many, nor for being more than it is', async () => {
    const report = await simulate(mechanism, { ...small, actors: ['sybil', 'lazy-miner'] });
    expect(report.sybilGain).toBeLessThanOrEqual(0);
    expect(actor(report, 'over-split').ratio).toBeLessThan(0.5);
    expect(actor(report, 'boaster').ratio).toBeLessThan(0.5);
    expect(actor(report, 'lazy').ratio).toBeLessThan(0.75 * actor(report, 'twin').ratio);
  });

  test('gives nothing to the miners of a cabal, a pair or a selfish owner in the minority', async () => {
    const report = await simulate(mechanism, {
      ...small,
      actors: ['pair', 'selfish-owner', 'cabal'],
      cabalShare: 0.4,
    });
    expect(actor(report, 'idle').share).toBeLessThan(0.001);
    for (const name of ['pair', 'selfish-owner', 'cabal'])
      expect(actor(report, name).ratio).toBeLessThan(0.5);
  });

  test('is the same for the same seed, and another for another', async () => {
    const run = (seed: number) => simulate(mechanism, { ...small, epochs: 6, seed, actors: ['noisy'] });
    expect(await run(1)).toEqual(await run(1));
    expect((await run(2)).actors).not.toEqual((await run(1)).actors);
  });

  test('comes to the same verdicts whether logs are modelled or really signed', async () => {
    const tiny = {
      epochs: 4,
      validators: 2,
      miners: 5,
      seed: 3,
      actors: ['copier', 'lazy', 'withholding', 'pair'],
    } as const;
    const passes = ({ actors: all }: SimulationReport) =>
      all.map(({ name, verdicts }) => [name, verdicts.shown ?? 0, verdicts['no-weights'] ?? 0]);
    const modelled = await simulate(mechanism, { ...tiny, evidence: 'modelled' });
    const signed = await simulate(mechanism, { ...tiny, evidence: 'signed' });
    expect(passes(signed)).toEqual(passes(modelled));
    expect(actor(signed, 'honest').verdicts).toEqual(actor(modelled, 'honest').verdicts);
    expect(actor(signed, 'copier lag 0').ratio).toBe(0);
  });

  test('ends when it is told to', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(simulate(mechanism, { ...small, signal })).rejects.toThrow('enough');
  });

  test.each([{ epochs: 1 }, { validators: 1 }, { miners: 0 }, { churn: 2 }, { cabalShare: 1 }])(
    'of %j is refused with what may be given',
    async (wish) => {
      await expect(simulate(mechanism, wish)).rejects.toMatchObject({ code: 'subnets.bad-simulation' });
    },
  );
});

test('a simulation runs any mechanism, with pages for those that read the web', async () => {
  const data = dataMechanism(['http://a.test/', 'http://b.test/', 'http://c.test/']) as Mechanism;
  const report = await simulate(data, {
    epochs: 8,
    validators: 3,
    miners: 4,
    actors: ['lazy-miner', 'copier'],
  });
  expect(report.mechanism).toBe('data');
  expect(report.copierMaxRatio).toBe(0);
  expect(actor(report, 'lazy').ratio).toBeLessThan(0.7);
  expect(actor(report, 'honest').share).toBeGreaterThan(0.5);
});

describe('the experiment on copied weights', () => {
  const run = { seed: 1, settings: bittensorSettings, epochs: 30 };
  const ratio = (churn: number, lag: number) => runCopier({ ...run, churn, lag, asksEvidence: false }).ratio;

  test('comes out as before where nothing has to be shown: ahead of honest work while little changes', () => {
    expect(ratio(0, 0)).toBeGreaterThan(1.02);
    expect(ratio(0, 1)).toBeGreaterThan(1.01);
    expect(ratio(0.3, 1)).toBeLessThan(0.9);
    expect(ratio(0.3, 4)).toBeLessThan(ratio(0.3, 1));
  });

  test('leaves a copier nothing once rows must be shown', () => {
    for (const lag of [0, 1, 4]) {
      expect(runCopier({ seed: 1, settings: {}, churn: 0, lag, epochs: 20, asksEvidence: true }).ratio).toBe(
        0,
      );
    }
  });
});

test('every actor can play', async () => {
  const report = await simulate(mechanism, { epochs: 3, validators: 2, miners: 2, actors });
  expect(report.actors.map(({ name }) => name)).toContain('cabal');
  expect(report.paid).toBeLessThanOrEqual(1);
});
