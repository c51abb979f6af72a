/**
 * `npm run sim:subnets [-- --json] [--seeds 2] [--images DIR]`: everything that docs/subnets-report.md says, in a minute or two. Prints
 * tables, writes the plots; with --json the last line is one JSON object. Exits with 1 where a bar is not met.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { linePlot } from '../../src/simulator/line-plot.ts';
import { churns, type LiveRun, runAll, runCabals, runCollaterals, runDraws } from './live.ts';
import { bondRows, cabalRows, copierRows, lags } from './maps.ts';

const root = join(import.meta.dirname, '../../../..');
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    seeds: { type: 'string', default: '2' },
    images: { type: 'string', default: join(root, 'docs/images') },
  },
});
const startedAt = performance.now();
const say = (line = '') => process.stdout.write(`${line}\n`);
const ratio = (value: number) => (Number.isFinite(value) ? value.toFixed(2) : 'none');
const percent = (value: number, digits = 1) => `${(100 * value).toFixed(digits)} %`;

function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
  say(`\n## ${title}\n`);
  const lines = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  const print = (line: readonly string[]) =>
    say(`| ${line.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`);
  print(head);
  say(`| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`);
  for (const row of rows) print(row);
}

function plot(name: string, plotted: Parameters<typeof linePlot>[0]): void {
  mkdirSync(values.images, { recursive: true });
  writeFileSync(join(values.images, `${name}.svg`), linePlot(plotted));
}

function pick(runs: readonly LiveRun[], churn: number, evidence: LiveRun['evidence']): readonly LiveRun[] {
  return runs.filter((run) => run.churn === churn && run.evidence === evidence);
}

function showActors(runs: readonly LiveRun[], evidence: LiveRun['evidence'], title: string): void {
  const [first] = pick(runs, churns[0], evidence);
  const rows = first!.report.actors.map(({ role, name, count }) => {
    const mean = (churn: number) => {
      const found = pick(runs, churn, evidence).map(
        ({ report }) => report.actors.find((one) => one.name === name && one.role === role)!.ratio,
      );
      return found.reduce((sum, value) => sum + value, 0) / found.length;
    };
    return [role, name, String(count), ...churns.map((churn) => mean(churn).toFixed(3))];
  });
  table(title, ['role', 'actor', 'count', ...churns.map((churn) => `churn ${percent(churn, 0)}`)], rows);
}

function plotActors(
  run: LiveRun,
  role: 'validator' | 'miner',
  plotted: { readonly name: string; readonly title: string; readonly range: readonly [number, number] },
): void {
  const lines = run.report.actors
    .filter((actor) => actor.role === role)
    .map(({ name: actor, byEpoch }) => ({
      name: actor,
      points: byEpoch.map((value, epoch) => [epoch + 6, value] as const),
    }));
  plot(plotted.name, { ...plotted, x: 'epoch', y: 'by that of the honest', lines });
}

const seeds = Array.from({ length: Number(values.seeds) }, (_, seed) => seed + 1);
const runs = await runAll(seeds);
const shown = runs.filter(({ evidence }) => evidence === 'modelled').map(({ report }) => report);
showActors(
  runs,
  'modelled',
  `compute: reward by stake, or by unit, over that of the honest; mean of seeds ${seeds.join(', ')}`,
);
showActors(runs, 'off', 'the same without evidence');
const [usual] = pick(runs, 0.1, 'modelled');
const [unshown] = pick(runs, 0.1, 'off');
plotActors(usual!, 'validator', {
  name: 'subnets-validators',
  title: 'Dividend by stake, churn 10 %',
  range: [0, 1.2],
});
plotActors(unshown!, 'validator', {
  name: 'subnets-no-evidence',
  title: 'Dividend by stake without evidence, churn 10 %',
  range: [0.9, 1.05],
});
plotActors(usual!, 'miner', { name: 'subnets-miners', title: 'Reward by unit, churn 10 %', range: [0, 1.4] });

const copied = copierRows();
table(
  'copier over honest, nothing to be shown (the earlier study in brackets)',
  ['setting', 'churn', ...lags.map((lag) => `lag ${lag}`)],
  copied.map(({ name, churn, ratios, studied }) => [
    name,
    percent(churn, 0),
    ...ratios.map((value, at) => (studied ? `${ratio(value)} (${ratio(studied[at]!)})` : ratio(value))),
  ]),
);
plot('subnets-copier', {
  title: 'Copier over honest with nothing to be shown, lag 1',
  x: 'churn, %',
  y: 'ratio',
  range: [0.8, 1.1],
  lines: [...new Set(copied.map(({ name }) => name))].map((name) => ({
    name,
    points: copied
      .filter((row) => row.name === name)
      .map((row) => [100 * row.churn, row.ratios[1]!] as const),
  })),
});
table(
  'speed of bonds: copier over honest, nothing to be shown',
  ['bonds', 'churn 2 %, lag 1', 'churn 10 %, lag 1', 'churn 30 %, lag 4', 'honest deviation'],
  bondRows().map((row) => [
    row.name,
    row.still.toFixed(3),
    row.moving.toFixed(3),
    row.quick.toFixed(3),
    percent(row.spread, 2),
  ]),
);

const maps = cabalRows();
table(
  'utility that honest miners need to keep the honest share of stake (published in brackets)',
  ['setting', 'honest stake', 'deviation 0', '0.2', '0.4'],
  maps.map(({ name, honestStake, needed, published }) => [
    name,
    percent(honestStake, 0),
    ...needed.map((value, at) =>
      published?.[at] === undefined ? ratio(value) : `${ratio(value)} (${ratio(published[at])})`,
    ),
  ]),
);
plot('subnets-cabal', {
  title: 'Utility needed to keep the share of stake, deviation 0.2',
  x: 'honest stake, %',
  y: 'utility of honest miners',
  range: [0.5, 1],
  lines: ['Yuma, β = 1', 'Yuma, β = 0', 'Souk’s defaults', 'Souk, κ = 0.4'].map((name) => ({
    name,
    points: maps
      .filter((row) => row.name === name && row.honestStake > 0.5)
      .map((row) => [100 * row.honestStake, row.needed[1]!] as const),
  })),
});

const cabals = await runCabals(1);
table(
  'compute with a cabal that weighs only its own idle miners',
  ['cabal’s stake', 'dividends to honest', 'dividends to cabal', 'incentive to its miners'],
  cabals.map((row) => [
    percent(row.cabalShare, 0),
    percent(row.validators),
    percent(row.cabal),
    percent(row.idle),
  ]),
);
const draws = await runDraws(1);
table(
  'a validator that asks half of the miners and copies the rest',
  ['evidenceDraws', 'epochs shown', 'reward over honest'],
  draws.map((row) => [String(row.draws), `${row.shown} of ${row.epochs}`, ratio(row.ratio)]),
);
const collaterals = await runCollaterals(1);
table(
  'gain of one machine from being four, or four times what it is',
  ['collateral, SOUK', 'gain'],
  collaterals.map((row) => [row.collateral, percent(row.sybilGain ?? 0, 2)]),
);

const summary = {
  copierMaxRatio: Math.max(...shown.map((report) => report.copierMaxRatio)),
  copierMaxRatioWithoutEvidence: Math.max(
    ...runs.filter((run) => run.evidence === 'off').map(({ report }) => report.copierMaxRatio),
  ),
  honestVariance: Math.max(...shown.map((report) => report.honestVariance)),
  sybilGain: Math.max(...shown.map((report) => report.sybilGain ?? 0)),
  lazyMaxRatio: Math.max(...shown.map((report) => report.actors.find(({ name }) => name === 'lazy')!.ratio)),
  cabalIncentiveBelowHalf: Math.max(...cabals.filter((row) => row.cabalShare < 0.5).map((row) => row.idle)),
  utilityNeededAt60: maps.find((row) => row.name === 'Souk’s defaults' && row.honestStake === 0.6)!.needed,
  seeds,
  seconds: Math.round((performance.now() - startedAt) / 100) / 10,
};
const bars = [
  ['copier over honest ≤ 0.2', summary.copierMaxRatio <= 0.2],
  ['honest variance ≤ 2 %', summary.honestVariance <= 0.02],
  ['sybil gain ≤ 0', summary.sybilGain <= 0],
] as const;
say();
for (const [bar, isMet] of bars) say(`${isMet ? 'met' : 'NOT MET'}: ${bar}`);
say(`in ${summary.seconds} s; plots in ${values.images}`);
if (values.json) say(JSON.stringify(summary));
process.exitCode = bars.every(([, isMet]) => isMet) ? 0 : 1;
