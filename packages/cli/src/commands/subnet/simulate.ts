import {
  type ActorReport,
  simulationActors,
  type SimulationActor,
  type SimulationReport,
  simulate,
  simulationDefaults,
} from '@souk/subnets';
import { Option } from 'commander';
import type { Context } from '../../context.ts';
import type { Output } from '../../output.ts';
import { percentText } from '../../subnet/amounts.ts';
import { parseCount } from '../../subnet/arguments.ts';
import { loadMechanism } from '../../subnet/mechanisms.ts';
import { renderFacts, renderTable } from '../../table.ts';
import type { DefineCommand } from '../entry.ts';

interface SimulateFlags {
  readonly epochs: number;
  readonly seed: number;
  readonly validators: number;
  readonly miners: number;
  readonly churn: string;
  readonly with?: readonly SimulationActor[];
}

const { epochs, seed, validators, miners, churn } = simulationDefaults;

export const defineSimulate: DefineCommand = (command, act) => {
  command
    .description('play a mechanism’s file with honest and bad actors on a virtual clock: who would earn what')
    .argument('<file>', 'exports `mechanism`; runs with all rights of this process')
    .option('--epochs <count>', 'so many', parseCount, epochs)
    .option('--seed <number>', 'the same seed plays the same', parseCount, seed)
    .option('--validators <count>', 'honest ones', parseCount, validators)
    .option('--miners <count>', 'honest ones', parseCount, miners)
    .option('--churn <share>', 'share of miners whose quality changes in an epoch', String(churn))
    .addOption(
      new Option('--with <actor...>', 'these bad actors only (default: all)').choices(simulationActors),
    )
    .action(act(run));
};

async function run(context: Context, file: string, flags: SimulateFlags): Promise<void> {
  const mechanism = await loadMechanism(file);
  const { output, signal } = context;
  const everyEpochs = Math.max(1, Math.ceil(flags.epochs / 10));
  output.note(`• playing ${flags.epochs} epochs of ${mechanism.name} …`);
  const report = await simulate(mechanism, {
    epochs: flags.epochs,
    seed: flags.seed,
    validators: flags.validators,
    miners: flags.miners,
    churn: Number(flags.churn),
    signal,
    onEpoch: (epoch) => {
      if (epoch % everyEpochs === 0) output.note(`  epoch ${epoch}`);
    },
    ...(flags.with === undefined ? {} : { actors: flags.with }),
  });
  output.document(report, () => renderReport(output, report));
}

export function renderReport(output: Output, report: SimulationReport): string {
  const { copierMaxRatio, honestVariance, sybilGain, paid } = report;
  const table = renderTable(
    output,
    [
      { title: 'ACTOR', cell: (one) => one.name },
      { title: 'ROLE', cell: (one) => one.role },
      { title: 'COUNT', cell: (one) => String(one.count), align: 'right' },
      { title: 'EARNS, OF AN HONEST ONE', cell: (one) => one.ratio.toFixed(3), align: 'right' },
      { title: 'SHARE', cell: (one) => percentText(one.share, 1), align: 'right' },
      { title: 'EVIDENCE', cell: verdictsText },
    ],
    report.actors,
  );
  const facts = renderFacts(output, [
    ['a copier of weights', `earns at most ${copierMaxRatio.toFixed(3)} of what it copies`],
    ['honest validators', `differ by ${percentText(honestVariance, 1)}`],
    ['many names', sybilGain === null ? undefined : `gain ${percentText(sybilGain, 1)} over one`],
    ['paid', `${percentText(paid, 1)} of what was emitted`],
  ]);
  return `${table}\n\n${facts}`;
}

function verdictsText({ verdicts }: ActorReport): string {
  return Object.entries(verdicts)
    .map(([verdict, count]) => `${verdict} ${count}`)
    .join(', ');
}
