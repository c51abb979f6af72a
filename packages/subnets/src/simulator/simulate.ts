/**
 * A subnet on a virtual clock: the same mechanism file, the same epochs and the same engine as on a network, with virtual
 * actors. Seeded: the same options give the same report. It must never touch a network, a disk or the time of day. The cli
 * calls it (`souk subnet simulate`), and so does `npm run sim:subnets`.
 */
import { defaultSubnetParams, Fault } from '@souk/protocol';
import { computeEpochs } from '../epochs/compute.ts';
import type { EpochResult } from '../epochs/epoch.ts';
import type { Mechanism } from '../mechanisms/mechanism.ts';
import { type Cast, castOf, type PlayedMachine, type PlayedValidator, qualityOf } from './cast.ts';
import { chanceOf } from './chance.ts';
import { copyRow, medianOf, type PlayedRow, playRow, type Scene } from './played-rows.ts';
import { simulationDefaults, type SimulationOptions } from './options.ts';
import { reportOf, type SimulationReport } from './report.ts';
import { virtualChain, virtualSubnet } from './virtual-chain.ts';
import { evidenceDesk } from './virtual-evidence.ts';

/** Throws `subnets.bad-simulation`; what the mechanism throws is passed on. */
export async function simulate(
  mechanism: Mechanism,
  wish: Partial<SimulationOptions> = {},
): Promise<SimulationReport> {
  const options: SimulationOptions = { ...simulationDefaults, ...wish };
  check(options);
  const cast = castOf(options);
  const results = await play(mechanism.simulation ?? mechanism, cast, options);
  return reportOf({ mechanism: mechanism.name, cast, results, options });
}

async function play(
  mechanism: Mechanism,
  cast: Cast,
  options: SimulationOptions,
): Promise<readonly EpochResult[]> {
  const { seed, epochs, settings, evidence } = options;
  const desk = evidenceDesk({ mode: evidence, mechanism, cast, seed });
  const chain = virtualChain(cast, { seed, settings, hotKeyOf: desk.hotKeyOf });
  const draws = Number(settings.evidenceDraws ?? defaultSubnetParams.evidenceDraws);
  const medians = new Map<number, ReturnType<typeof medianOf>>();
  let capacities = new Map(cast.machines.map((machine) => [machine, machine.capacity]));
  let before = new Map<PlayedValidator, PlayedRow>();
  for (let epoch = 1; epoch <= epochs; epoch++) {
    options.signal?.throwIfAborted();
    capacities = churned(capacities, epoch, options);
    const stage = {
      mechanism,
      seed,
      epoch,
      noise: options.noise,
      capacityOf: (one: PlayedMachine) => capacities.get(one)!,
    };
    const rows = await rowsOf({ stage, cast, before, medians }, medians);
    for (const row of rows.filter(({ reveals }) => reveals)) {
      chain.handIn(epoch, await desk.handIn(row, { epoch, beacon: chain.beaconOf(epoch), draws }));
    }
    before = new Map(rows.map((row) => [row.validator, row]));
    options.onEpoch?.(epoch);
  }
  const facts = chain.facts(epochs + 1);
  const inputs = { subnet: virtualSubnet, events: chain.events, from: 0, facts, previous: undefined };
  return computeEpochs(inputs, desk.judge).slice(1);
}

/** First those who look for themselves, then those who copy them. */
async function rowsOf(
  scene: Scene,
  medians: Map<number, ReturnType<typeof medianOf>>,
): Promise<readonly PlayedRow[]> {
  const rows: PlayedRow[] = [];
  for (const validator of scene.cast.validators) {
    if (validator.kind !== 'copier') rows.push(await playRow(scene, validator));
  }
  medians.set(scene.stage.epoch, medianOf(rows.filter(({ validator }) => validator.kind === 'honest')));
  const copied = scene.cast.validators
    .filter(({ kind }) => kind === 'copier')
    .flatMap((validator) => copyRow(scene, validator) ?? []);
  return [...rows, ...copied];
}

function churned(
  capacities: ReadonlyMap<PlayedMachine, number>,
  epoch: number,
  { seed, churn }: SimulationOptions,
): Map<PlayedMachine, number> {
  const chance = chanceOf(seed, 'churn', epoch);
  return new Map(
    [...capacities].map(([machine, capacity]) => {
      const [changes, quality] = [chance.next() < churn, qualityOf(chance.next())];
      return [machine, machine.kind === 'honest' && changes ? machine.declared * quality : capacity];
    }),
  );
}

function check({ epochs, validators, miners, churn, cabalShare }: SimulationOptions): void {
  const limits = [
    ['epochs', epochs, 2, 10_000],
    ['validators', validators, 2, 64],
    ['miners', miners, 1, 1_024],
    ['churn', churn, 0, 1],
    ['cabalShare', cabalShare, 0, 0.95],
  ] as const;
  for (const [name, value, least, most] of limits) {
    if (value >= least && value <= most) continue;
    throw new Fault('subnets.bad-simulation', `${name} is ${value}, not within ${least} and ${most}`, {
      blame: 'user',
      data: { name, value, least, most },
      remedy: `give ${name} between ${least} and ${most}`,
    });
  }
}
