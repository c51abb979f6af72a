/**
 * How long Yuma consensus of one epoch takes: all validators weigh all miners, bonds per pair, liquid alpha; on one thread. Then that
 * the time grows with the weights that are there, not with the size of the matrix; and whole epochs from the chain's events. `npm run bench:epoch [-- --json] [-- --runs 9]`
 */
import { parseArgs } from 'node:util';
import { computeEpochs, type EngineParams, epoch, fromRows, type Snapshot, soukRules } from '@souk/subnets';
import { account, madeUpFacts, type MadeUpSubnet, makeUpSubnet } from '@souk/subnets/testing';
import { describeMachine, percentile, renderTable } from './measure.ts';

const { values: flags } = parseArgs({
  options: { json: { type: 'boolean', default: false }, runs: { type: 'string', default: '9' } },
});
const runs = Number(flags.runs);

const params: EngineParams = {
  rules: soukRules,
  kappa: 32_767,
  bondsPenalty: 32_767,
  bondsMovingAverage: 900_000,
  isYuma3: true,
  liquidAlpha: { low: 45_875, high: 58_982, steepness: 1000 },
  maxValidators: 256,
  minStake: 0n,
  activityCutoff: 1,
};

/** Until the compiler has seen enough. */
const warmUpMs = 300;
/** Miners, validators, and the bar in ms. */
const sizes = [
  [256, 64, 20],
  [1024, 64, 100],
  [4096, 256, 3000],
] as const;

console.log(`machine: ${describeMachine()}\ncommand: npm run bench:epoch -- --runs ${runs}\n`);
const medians: Record<string, number> = {};
const rows = sizes.map(([miners, validators, bar]) => {
  const times = measure(miners, validators, miners);
  const median = percentile(times, 50);
  medians[`${miners}x${validators}`] = Number(median.toFixed(2));
  const cells = [median, Math.min(...times), Math.max(...times)].map((time) => time.toFixed(1));
  return [`${miners} × ${validators}`, ...cells, `${bar} ${median <= bar ? '✓' : '✗'}`];
});
console.log(renderTable(['miners × validators', 'median ms', 'least ms', 'most ms', 'bar'], rows));
console.log(
  `\n${renderTable(['of 4096 miners each weighs', 'weights', 'median ms', 'ns a weight'], sparseRows())}\n`,
);
console.log(`${renderTable(['epochs from events', 'ms', 'ms an epoch'], wholeEpochs())}\n`);
if (flags.json) console.log(JSON.stringify(medians));

/** The same size of matrix with fewer and fewer weights in it. */
function sparseRows(): readonly (readonly string[])[] {
  return [4096, 1024, 256, 64].map((weighed) => {
    const median = percentile(measure(4096, 256, weighed), 50);
    const weights = weighed * 256;
    return [String(weighed), String(weights), median.toFixed(1), ((median * 1e6) / weights).toFixed(0)];
  });
}

function measure(miners: number, validators: number, weighed: number): readonly number[] {
  // A second epoch, so that there are bonds to move.
  const first = makeSnapshot({ miners, validators, weighed });
  const snapshot = { ...first, bonds: epoch(first, params).stored };
  const warm = performance.now() + warmUpMs;
  while (performance.now() < warm) epoch(snapshot, params);
  return Array.from({ length: runs }, () => {
    const start = performance.now();
    epoch(snapshot, params);
    return performance.now() - start;
  });
}

/** Validators agree about quality but for a tenth; all weigh the same share of the miners. */
function makeSnapshot(size: {
  readonly miners: number;
  readonly validators: number;
  readonly weighed: number;
}): Snapshot {
  const random = seeded(1);
  const quality = Array.from({ length: size.miners }, () => 0.1 + random());
  const step = size.miners / size.weighed;
  const rows = Array.from({ length: size.validators }, () =>
    Array.from({ length: size.weighed }, (_unused, at) => {
      const miner = Math.floor(at * step);
      return [miner, Math.ceil(quality[miner]! * (0.9 + 0.2 * random()) * 0x7fff_ffff)] as const;
    }),
  );
  return {
    now: 1,
    lastEpoch: 0,
    registeredAt: quality.map(() => 0),
    validators: rows.map(() => ({
      stake: BigInt(Math.ceil(random() * 1e15)),
      lastUpdate: 1,
      hasEvidence: true,
    })),
    weights: fromRows(rows, size.miners),
    bonds: fromRows(
      rows.map(() => []),
      size.miners,
    ),
  };
}

/** xorshift32, in [0, 1). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** 256 miners, 16 validators that weigh all of them, 1,008 delegators: caught up in one go. */
function wholeEpochs(): readonly (readonly string[])[] {
  const subnet = makeWholeSubnet(40);
  return [10, 20, 40].map((epochs) => {
    const facts = madeUpFacts(epochs, 10n ** 20n);
    const start = performance.now();
    computeEpochs(
      { subnet: subnet.subnet, events: subnet.events, from: 0, facts, previous: undefined },
      () => 'shown',
    );
    const ms = performance.now() - start;
    return [String(epochs), ms.toFixed(0), (ms / epochs).toFixed(1)];
  });
}

function makeWholeSubnet(epochs: number): MadeUpSubnet {
  const subnet = makeUpSubnet(account(1));
  const validators = Array.from({ length: 16 }, (_, index) => account(100 + index));
  const souk = 10n ** 18n;
  for (const [at, validator] of validators.entries()) {
    subnet.stake(validator, validator, 1000n * souk);
    for (let other = 1; other <= 63; other += 1) {
      subnet.stake(validator, account(10_000 + at * 100 + other), BigInt(other) * souk);
    }
  }
  for (let miner = 1; miner <= 256; miner += 1) subnet.register(miner, account(1000 + miner));
  for (let at = 0; at < epochs; at += 1) {
    for (const [place, validator] of validators.entries()) {
      const weights = Array.from(
        { length: 256 },
        (_, miner) => 1 + ((miner * 7919 + at * 13 + place) % 1000),
      );
      subnet.handIn(at, validator, [Object.fromEntries(weights.map((weight, miner) => [miner + 1, weight]))]);
    }
  }
  return subnet;
}
