/**
 * Evidence in a simulation. `signed`: logs are really signed, opened and judged, as on a network. `modelled`: the same
 * draws and the same replay of a weight, but nobody signs or hashes, which takes most of the time; a test holds the two
 * to the same verdicts. `off`: every row counts, as on networks that only hide weights for a while.
 */
import {
  type Address,
  asAddress,
  encodeWeights,
  hashMessage,
  hashText,
  type Hex,
  type LocalKey,
  localKey,
  type MarketDomain,
  zeroHash,
} from '@souk/protocol';
import type { JudgeEvidence } from '../epochs/epoch.ts';
import type { Mechanism } from '../mechanisms/mechanism.ts';
import { weightFrom } from '../mechanisms/replay.ts';
import { drawnWeights, drawsThatFit } from '../validator/evidence/draws.ts';
import { judgeEvidence } from '../validator/evidence/judge.ts';
import { type LogEntry, type LogGroup, logRootOf, openLog } from '../validator/evidence/log.ts';
import type { Cast } from './cast.ts';
import type { Measured } from './measure.ts';
import type { PlayedRow } from './played-rows.ts';
import { type HandIn, virtualSubnet } from './virtual-chain.ts';

export const evidenceModes = ['modelled', 'signed', 'off'] as const;
export type EvidenceMode = (typeof evidenceModes)[number];

export interface EvidenceDesk {
  readonly judge: JudgeEvidence;
  readonly hotKeyOf: (operator: Address) => Address;
  handIn(row: PlayedRow, round: Round): Promise<HandIn>;
}

interface Round {
  readonly epoch: number;
  readonly beacon: Hex;
  readonly draws: number;
}

export interface DeskOptions {
  readonly mode: EvidenceMode;
  readonly mechanism: Mechanism;
  readonly cast: Cast;
  readonly seed: number;
}

export function evidenceDesk(options: DeskOptions): EvidenceDesk {
  return options.mode === 'signed' ? signingDesk(options) : modelDesk(options);
}

function modelDesk({ mode, mechanism }: DeskOptions): EvidenceDesk {
  // By validator and epoch.
  const kept = new Map<string, PlayedRow>();
  return {
    hotKeyOf: (operator) => operator,
    async handIn(row, { epoch }) {
      const { operator } = row.validator;
      kept.set(`${operator} ${epoch}`, row);
      const evidence = mode === 'off' || row.opens ? '0x00' : undefined;
      return { operator, logRoot: zeroHash, weights: [encodeWeights(row.weights)], evidence };
    },
    judge(given) {
      if (mode === 'off') return 'shown';
      const { epoch, validator, draws } = given;
      const row = kept.get(`${validator} ${epoch}`)!;
      const before = new Map(
        kept
          .get(`${validator} ${epoch - 1}`)
          ?.weights.map(({ registration, weight }) => [registration, weight]),
      );
      const places = drawnWeights(given, row.weights.length, drawsThatFit([mechanism], draws));
      for (const place of places) {
        const { registration, weight } = row.weights[place]!;
        const scores = row.log.get(registration)?.map(({ score }) => score);
        if (scores === undefined) return 'not-in-log';
        if (weightFrom(mechanism, scores, before.get(registration) ?? 0) !== weight) return 'weight-differs';
      }
      return 'shown';
    },
  };
}

/** What stands in a log for a weight that was copied: the shape is right, until it is drawn. */
const forged: Measured = {
  sequence: 0,
  seed: zeroHash,
  request: 'null',
  body: 'null',
  observation: 'null',
  score: 0,
};

function signingDesk({ mechanism, cast, seed }: DeskOptions): EvidenceDesk {
  const keys = new Map(
    [...cast.validators, ...cast.machines].map(({ operator }) => [
      operator,
      localKey(hashText(`key ${seed} ${operator}`)),
    ]),
  );
  const keyOf = (operator: Address) => keys.get(operator)!;
  const minerOf = new Map(
    cast.machines.flatMap((machine) =>
      machine.registrations.map((id) => [id, keyOf(machine.operator)] as const),
    ),
  );
  const domain: MarketDomain = { chainId: 31_337, market: asAddress(`0x${'5a'.repeat(20)}`) };

  async function sign(
    entry: Measured,
    by: { validator: LocalKey; row: PlayedRow; registration: number; epoch: number },
  ) {
    const { sequence, seed: taskSeed, request, body, observation, score } = entry;
    const task = await by.validator.sign(domain, 'SubnetTask', {
      subnet: virtualSubnet,
      epoch: by.epoch,
      mechanism: 0,
      registration: by.registration,
      validator: by.row.validator.operator,
      sequence,
      seed: taskSeed,
      request: hashText(request),
      deadline: by.epoch,
    });
    const answer = { task: hashMessage('SubnetTask', task.message), response: hashText(body) };
    const response =
      body === 'null' ? null : await minerOf.get(by.registration)!.sign(domain, 'SubnetResponse', answer);
    return { task, response, body, observation, score } satisfies LogEntry;
  }

  async function groupsOf(row: PlayedRow, epoch: number): Promise<readonly LogGroup[]> {
    const groups: LogGroup[] = [];
    for (const { registration, weight } of row.weights) {
      const entries: LogEntry[] = [];
      for (const entry of row.log.get(registration) ?? [forged]) {
        entries.push(
          await sign(entry, { validator: keyOf(row.validator.operator), row, registration, epoch }),
        );
      }
      groups.push({ mechanism: 0, registration, weight, entries });
    }
    return groups;
  }

  return {
    judge: judgeEvidence([mechanism], domain),
    hotKeyOf: (operator) => keyOf(operator).address,
    async handIn(row, { epoch, beacon, draws }) {
      const { operator } = row.validator;
      const groups = await groupsOf(row, epoch);
      const open = () => openLog(groups, { beacon, validator: operator }, drawsThatFit([mechanism], draws));
      return {
        operator,
        logRoot: logRootOf(groups),
        weights: [encodeWeights(row.weights)],
        evidence: row.opens ? open() : undefined,
      };
    },
  };
}
