/**
 * Whether a validator's weights were earned: what it opened of its score log is looked up in the log, its signatures
 * are checked, and its mechanisms are run again. Pure, and the same everywhere, for money hangs on it: it must never
 * throw, whatever is opened and whatever a mechanism does. The engine of epochs calls it.
 */
import {
  decodeWeights,
  hashMessage,
  hashText,
  type Hex,
  isSignedBySigner,
  type MarketDomain,
  maxEvidenceBytes,
  type Opening,
  openingSchema,
} from '@souk/protocol';
import type { EvidenceCase, EvidenceVerdict, JudgeEvidence } from '../../epochs/epoch.ts';
import type { Mechanism } from '../../mechanisms/mechanism.ts';
import { makeRequest, readBody, scoreAnswer, weightFrom } from '../../mechanisms/replay.ts';
import { drawnEntry, drawnWeights, drawsThatFit } from './draws.ts';
import { entryLeaf, listLeaf } from './log.ts';
import { rootFrom } from './ordered-tree.ts';

/** `mechanisms`: those of the subnet, in its order. `domain`: of its tasks and responses. */
export function judgeEvidence(mechanisms: readonly Mechanism[], domain: MarketDomain): JudgeEvidence {
  return (evidence) => judge({ mechanisms, domain, evidence });
}

interface Bench {
  readonly mechanisms: readonly Mechanism[];
  readonly domain: MarketDomain;
  readonly evidence: EvidenceCase;
}

/** A weight with its place among all of the validator's weights. */
interface Claim {
  readonly place: number;
  readonly mechanism: number;
  readonly registration: number;
  readonly weight: number;
}

interface Opened {
  readonly opening: Opening;
  readonly body: string;
  readonly observation: string;
}

function judge(bench: Bench): EvidenceVerdict {
  const { mechanisms, evidence } = bench;
  const claims = claimsOf(evidence.weights, mechanisms.length);
  if (claims === undefined) return 'malformed-weights';
  if (claims.length === 0) return 'no-weights';
  const lines = linesOf(evidence.evidence);
  if (lines === undefined) return 'not-opened';
  const places = drawnWeights(evidence, claims.length, drawsThatFit(mechanisms, evidence.draws));
  if (lines.length !== 3 * places.length) return 'wrong-entries';
  for (const [at, place] of places.entries()) {
    const verdict = judgeDraw(bench, { claim: claims[place]!, count: claims.length }, lines.slice(3 * at));
    if (verdict !== 'shown') return verdict;
  }
  return 'shown';
}

function claimsOf(weights: readonly Hex[], mechanisms: number): readonly Claim[] | undefined {
  const rows = weights.map(decodeWeights);
  if (rows.length > mechanisms || rows.includes(undefined)) return undefined;
  return rows
    .flatMap((row, mechanism) => row!.map((weight) => ({ ...weight, mechanism })))
    .map((weight, place) => ({ ...weight, place }));
}

function linesOf(evidence: Hex): readonly string[] | undefined {
  if (evidence.length <= 2 || evidence.length > 2 + 2 * maxEvidenceBytes) return undefined;
  return Buffer.from(evidence.slice(2), 'hex').toString('utf8').split('\n');
}

interface Drawn {
  readonly claim: Claim;
  /** Of all weights. */
  readonly count: number;
}

function judgeDraw(bench: Bench, drawn: Drawn, lines: readonly string[]): EvidenceVerdict {
  const [head = '', body = '', observation = ''] = lines;
  const opening = readBody(openingSchema, head, maxEvidenceBytes)?.value;
  if (opening === undefined) return 'wrong-entries';
  const opened = { opening, body, observation };
  return (
    checkPlace(bench, drawn, opened) ??
    checkTask(bench, drawn.claim, opened) ??
    checkScore(bench, drawn.claim, opened) ??
    checkWeight(bench, drawn.claim, opening) ??
    'shown'
  );
}

/** That this is the entry drawn, of the group that the log has for this weight. */
function checkPlace(
  { mechanisms, evidence }: Bench,
  { claim, count }: Drawn,
  { opening, body, observation }: Opened,
): EvidenceVerdict | undefined {
  const { mechanism, registration, place } = claim;
  const { entries, proof, task } = opening;
  const leaf = listLeaf(mechanism, registration, entries);
  if (rootFrom(leaf, { index: place, count }, proof) !== evidence.logRoot) return 'not-in-log';
  const isAscending = entries.every(([sequence], at) => at === 0 || sequence > entries[at - 1]![0]);
  const isBounded = entries.length <= mechanisms[mechanism]!.limits.tasksPerEpoch;
  const [sequence, entry, score] = entries[drawnEntry(evidence, place, entries.length)]!;
  const isDrawn = entry === entryLeaf({ ...opening, body, observation }) && score === opening.score;
  const isFor =
    task.message.subnet === evidence.subnet &&
    task.message.epoch === evidence.epoch &&
    task.message.validator === evidence.validator &&
    task.message.mechanism === mechanism &&
    task.message.registration === registration &&
    task.message.sequence === sequence;
  return isAscending && isBounded && isDrawn && isFor ? undefined : 'wrong-entries';
}

function checkTask(bench: Bench, claim: Claim, { opening }: Opened): EvidenceVerdict | undefined {
  const { domain, evidence } = bench;
  const { task } = opening;
  const isSigned =
    isSignedBySigner(domain, 'SubnetTask', task) && evidence.wasHotKeyOf(evidence.validator, task.signer);
  if (!isSigned) return 'signature-wrong';
  const made = requestOf(bench, claim, opening);
  return made !== undefined && hashText(made.body) === task.message.request ? undefined : 'task-differs';
}

function requestOf({ mechanisms, evidence }: Bench, { mechanism, registration }: Claim, { task }: Opening) {
  const { subnet, epoch, sequence, seed } = task.message;
  const units = evidence.unitsOf(registration);
  return attempt(() => makeRequest(mechanisms[mechanism]!, { seed, subnet, epoch, sequence, units }));
}

function checkScore(bench: Bench, claim: Claim, opened: Opened): EvidenceVerdict | undefined {
  const { opening, body, observation } = opened;
  const { task, response, score } = opening;
  if (response === null) {
    return score === 0 && body === 'null' && observation === 'null' ? undefined : 'score-differs';
  }
  const { domain, evidence, mechanisms } = bench;
  const operator = evidence.operatorOf(claim.registration);
  const isSigned =
    operator !== undefined &&
    response.message.task === hashMessage('SubnetTask', task.message) &&
    response.message.response === hashText(body) &&
    isSignedBySigner(domain, 'SubnetResponse', response) &&
    evidence.wasHotKeyOf(operator, response.signer);
  if (!isSigned) return 'signature-wrong';
  const units = evidence.unitsOf(claim.registration);
  const replayed = attempt(() =>
    scoreAnswer(
      mechanisms[claim.mechanism]!,
      requestOf(bench, claim, opening)?.request,
      { body, observation },
      units,
    ),
  );
  return replayed === score ? undefined : 'score-differs';
}

function checkWeight({ mechanisms, evidence }: Bench, claim: Claim, opening: Opening) {
  const row = evidence.before[claim.mechanism];
  const before =
    (row && decodeWeights(row))?.find(({ registration }) => registration === claim.registration)?.weight ?? 0;
  const scores = opening.entries.map(([, , score]) => score);
  const weight = attempt(() => weightFrom(mechanisms[claim.mechanism]!, scores, before));
  return weight === claim.weight ? undefined : ('weight-differs' as const);
}

/** A mechanism that throws has nothing to say. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
