/** `yuma-sim-v1`: published bond scenarios, 40 epochs each, every epoch from what the engine itself left of the one before. */
import { toU16 } from '../../src/engine/fixed.ts';
import { firstDifference, small } from './compare.ts';
import { type Fields, recordOf } from './epoch-record.ts';
import type { Found, Report } from './report.ts';

interface Case {
  readonly case: number;
  readonly validators: readonly unknown[];
  readonly servers: readonly unknown[];
  readonly bond_reset: {
    readonly epoch: number;
    readonly uid: number;
    readonly applies_to?: readonly string[];
  } | null;
  readonly epochs: readonly {
    readonly stake: readonly unknown[];
    readonly weights_u16: readonly (readonly unknown[])[];
  }[];
  readonly runs: Readonly<Record<string, { readonly params: Fields; readonly epochs: readonly Fields[] }>>;
}

type Bonds = readonly (readonly (readonly [number, number])[])[];

export function checkSimulation({ cases }: { readonly cases: readonly Case[] }, report: Report): void {
  for (const scenario of cases) {
    for (const [name, run] of Object.entries(scenario.runs)) {
      let bonds: Bonds | undefined;
      for (const [epoch, expected] of run.epochs.entries()) {
        report.check(`case ${scenario.case} ${name} epoch ${epoch}`, () => {
          const got = recordOf(inputsOf(scenario, { name, epoch, params: run.params, bonds }), 'sparse');
          bonds = got.bonds_u16 as Bonds;
          return compareEpoch(scenario, expected, got);
        });
      }
    }
  }
}

interface Turn {
  readonly name: string;
  readonly epoch: number;
  readonly params: Fields;
  readonly bonds: Bonds | undefined;
}

function inputsOf({ validators, servers, bond_reset: reset, epochs }: Case, turn: Turn): Fields {
  const v = validators.length;
  const n = v + servers.length;
  const { stake, weights_u16: weights } = epochs[turn.epoch]!;
  const isValidator = (uid: number) => uid < v;
  const all = (value: (uid: number) => unknown) => Array.from({ length: n }, (_, uid) => value(uid));
  const block = 1000 + 360 * turn.epoch;
  const isReset = reset?.epoch === turn.epoch && resets(reset, turn.name);
  const bonds = turn.bonds ?? Array.from({ length: n }, () => []);
  return {
    ...turn.params,
    n,
    current_block: block,
    last_tempo_block: block - 360,
    activity_cutoff_blocks: 5000,
    last_update: all(() => block - 1),
    block_at_registration: all(() => 0),
    commit_blocks: null,
    alpha_stake: all((uid) => stake[uid] ?? 0),
    root_stake: all(() => 0),
    tao_weight_u64: 0,
    stake_threshold: 0,
    owner_uid: null,
    validator_permits: all((uid) => (isValidator(uid) ? 1 : 0)),
    max_allowed_validators: 64,
    weights_u16: all((uid) => weights[uid]?.map((weight, server) => [v + server, small(weight)]) ?? []),
    prev_bonds_u16: isReset ? bonds.map((row) => row.filter(([uid]) => uid !== reset.uid)) : bonds,
  };
}

/** `yuma3` is both without and with liquid alpha where a case does not say more. */
function resets(reset: NonNullable<Case['bond_reset']>, run: string): boolean {
  const kinds = reset.applies_to ?? ['yuma3', 'yuma3_liquid'];
  return kinds.some((kind) => run.startsWith(`${kind}_penalty`));
}

/** Servers' vectors list servers, validators' validators; a row of bonds is plain where it has all servers. */
function compareEpoch({ validators, servers }: Case, expected: Fields, got: Fields): Found | undefined {
  const v = validators.length;
  const fixed = (key: string) => [...(got[key] as Float64Array)];
  const amounts = (key: string) => got[key] as readonly bigint[];
  const facts: Record<string, unknown> = {
    consensus: fixed('consensus').slice(v),
    incentive: fixed('incentive').slice(v),
    dividends: fixed('dividends').slice(0, v),
    validator_trust: fixed('validator_trust').slice(0, v),
    bonds_u16: (got.bonds_u16 as Bonds)
      .slice(0, v)
      .map((row) => (row.length === servers.length ? row.map(([, value]) => value) : row)),
    validator_emission: amounts('validator_emission').slice(0, v),
    server_emission: amounts('server_emission').slice(v),
  };
  for (const [key, value] of Object.entries(expected)) {
    if (key.startsWith('float_')) continue;
    const fact = facts[key] ?? fromU16Key(key, facts);
    if (fact === undefined)
      return { key, place: [], expected: 'a value', got: 'nothing: the engine has no such output' };
    const difference = firstDifference(value, fact);
    if (difference) return { key, ...difference };
  }
  return undefined;
}

function fromU16Key(key: string, facts: Fields): unknown {
  const values = key.endsWith('_u16') ? facts[key.slice(0, -4)] : undefined;
  return values === undefined ? undefined : (values as number[]).map(toU16);
}
