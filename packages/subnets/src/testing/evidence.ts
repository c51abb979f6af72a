/** A score log of one validator, made and opened as validators do, for tests of who judges it. */
import { hashMessage, hashText, type Hex, localKey, type MarketDomain } from '@souk/protocol';
import type { EvidenceCase } from '../epochs/epoch.ts';
import type { Mechanism } from '../mechanisms/mechanism.ts';
import { makeRequest, scoreAnswer, weightFrom } from '../mechanisms/replay.ts';
import { drawsThatFit } from '../validator/evidence/draws.ts';
import { type LogEntry, type LogGroup, logRootOf, openLog, weightsOf } from '../validator/evidence/log.ts';
import { echoMechanism } from './echo.ts';

export const validatorKey = localKey(hashText('evidence: validator'));
export const minerKey = localKey(hashText('evidence: miner'));
export const evidenceDomain: MarketDomain = {
  chainId: 31_337,
  market: `0x${'5b'.repeat(20)}` as `0x${string}`,
};

const [subnet, epoch, units] = [7, 3, 2];

export interface EntryWish {
  readonly registration: number;
  readonly sequence: number;
  readonly precision?: number;
  readonly hasAnswer?: boolean;
}

export async function makeEntry(wish: EntryWish, mechanism: Mechanism = echoMechanism): Promise<LogEntry> {
  const { registration, sequence, precision = 1, hasAnswer = true } = wish;
  const seed = hashText(`seed ${registration} ${sequence}`);
  const made = makeRequest(mechanism, { seed, subnet, epoch, sequence, units })!;
  const message = {
    subnet,
    epoch,
    mechanism: 0,
    registration,
    validator: validatorKey.address,
    sequence,
    seed,
    request: hashText(made.body),
    deadline: 1,
  };
  const task = await validatorKey.sign(evidenceDomain, 'SubnetTask', message);
  if (!hasAnswer) return { task, response: null, body: 'null', observation: 'null', score: 0 };
  const { number } = made.request as { readonly number: number };
  const body = JSON.stringify({ precision, square: number * number * precision });
  const answer = { task: hashMessage('SubnetTask', message), response: hashText(body) };
  const response = await minerKey.sign(evidenceDomain, 'SubnetResponse', answer);
  const observation = '{"isLate":false}';
  const score = scoreAnswer(mechanism, made.request, { body, observation }, units)!;
  return { task, response, body, observation, score };
}

/** Weighed as a validator without weights before. */
export function makeGroup(entries: readonly LogEntry[], mechanism: Mechanism = echoMechanism): LogGroup {
  const { registration } = entries[0]!.task.message;
  const weight = weightFrom(
    mechanism,
    entries.map(({ score }) => score),
    0,
  );
  return { mechanism: 0, registration, weight, entries };
}

export interface CaseWish {
  readonly beacon?: Hex;
  readonly draws?: number;
  readonly mechanisms?: readonly Mechanism[];
}

export function makeCase(groups: readonly LogGroup[], wish: CaseWish = {}): EvidenceCase {
  const { beacon = hashText('beacon'), draws = 4, mechanisms = [echoMechanism] } = wish;
  const validator = validatorKey.address;
  return {
    subnet,
    epoch,
    validator,
    logRoot: logRootOf(groups),
    weights: weightsOf(groups, mechanisms.length),
    before: [],
    evidence: openLog(groups, { beacon, validator }, drawsThatFit(mechanisms, draws)),
    beacon,
    draws,
    wasHotKeyOf: (operator, key) => operator === key,
    operatorOf: () => minerKey.address,
    unitsOf: () => units,
  };
}
