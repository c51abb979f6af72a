/**
 * Gas of whole transactions (base and calldata included), as a real anvil charges them, against the bars of the design
 * and the committed snapshot. `npm run gas`: exits 1 above a bar or more than 2 % above the snapshot; --write renews
 * the snapshot; --json prints the bars' values as the last line. Keys, times and addresses are fixed, so are the values.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Gas, measureAll } from './measure-gas.ts';

interface Bar {
  readonly label: string;
  readonly limit?: number;
}

const rows: Readonly<Record<keyof Gas, Bar>> = {
  open: { label: 'open, acceptance by the tenant', limit: 120_000 },
  openByAgent: { label: 'open, acceptance by the agent', limit: 120_000 },
  openByAnyone: { label: 'open, brought by a stranger with the bid signed' },
  firstDeposit: { label: 'first deposit, by permit', limit: 105_000 },
  nextDeposit: { label: 'next deposit, by permit' },
  markReady: { label: 'mark ready' },
  topUp: { label: 'top up' },
  collectBatch10PerLease: { label: 'collect, each of a batch of ten', limit: 25_000 },
  firstCollectBatch10PerLease: { label: "collect, each of an operator's first batch of ten", limit: 25_000 },
  amend: { label: 'amend with more deposit' },
  closeRefund: { label: 'close with refund', limit: 70_000 },
  closeRefundClawback: { label: 'close with refund and clawback', limit: 70_000 },
  closeNewAccounts: { label: 'close that first fills all three accounts' },
  closeExhausted: { label: 'close exhausted' },
  withdraw: { label: 'withdraw' },
  cancelAll: { label: 'first cancel all', limit: 47_000 },
  registerBond: { label: 'register with bond, by permit', limit: 185_000 },
  subnetStake: { label: 'first stake in a subnet' },
  subnetRegister: { label: 'first registration of a miner' },
  subnetCommit: { label: "commit, a validator's first", limit: 75_000 },
  subnetReveal256: { label: 'reveal of 256 weights', limit: 130_000 },
  subnetOpen2KiB: { label: 'opening of 2 KiB of evidence' },
  subnetPost64: { label: 'post an epoch with 64 signatures', limit: 900_000 },
  subnetClaim: { label: "claim, an account's first of 1024", limit: 170_000 },
  subnetNextClaim: { label: 'claim, its next', limit: 140_000 },
};
const jsonKeys = [
  'open',
  'firstDeposit',
  'collectBatch10PerLease',
  'closeRefund',
  'cancelAll',
  'registerBond',
  'subnetCommit',
  'subnetReveal256',
  'subnetPost64',
  'subnetClaim',
] as const;
const tolerance = 1.02;
const snapshotPath = join(import.meta.dirname, '../gas-snapshot.json');

function readSnapshot(): Readonly<Record<string, number>> {
  try {
    return JSON.parse(readFileSync(snapshotPath, 'utf8')) as Record<string, number>;
  } catch {
    return {};
  }
}

function verdict(value: number, limit: number | undefined, committed: number | undefined): string {
  if (limit !== undefined && value > limit) return 'above the bar';
  if (committed === undefined) return 'not in the snapshot';
  return value > committed * tolerance ? 'above the snapshot' : '';
}

const measured = await measureAll();
const isWrite = process.argv.includes('--write');
if (isWrite) writeFileSync(snapshotPath, `${JSON.stringify(measured, null, 2)}\n`);
const snapshot = readSnapshot();
const print = (line: string) => process.stdout.write(`${line}\n`);

print(`${'transaction'.padEnd(50)}${'gas'.padStart(9)}${'bar'.padStart(9)}${'snapshot'.padStart(10)}`);
for (const [name, { label, limit }] of Object.entries(rows)) {
  const value = measured[name as keyof Gas];
  const problem = verdict(value, limit, snapshot[name]);
  const columns = [value, limit ?? '', snapshot[name] ?? ''].map(String);
  print(
    `${label.padEnd(50)}${columns[0]?.padStart(9)}${columns[1]?.padStart(9)}${columns[2]?.padStart(10)}  ${problem}`.trimEnd(),
  );
  if (problem !== '') process.exitCode = 1;
}
if (process.argv.includes('--json')) {
  print(JSON.stringify(Object.fromEntries(jsonKeys.map((key) => [key, measured[key]]))));
}
