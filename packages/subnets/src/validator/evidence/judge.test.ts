import { fullWeight, hashText, type Hex, maxEvidenceBytes } from '@souk/protocol';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { evidenceVerdicts } from '../../epochs/epoch.ts';
import { echoMechanism } from '../../testing/echo.ts';
import {
  evidenceDomain,
  makeCase,
  makeEntry,
  makeGroup,
  minerKey,
  validatorKey,
} from '../../testing/evidence.ts';
import { drawnEntry, drawnWeights, drawsThatFit } from './draws.ts';
import { judgeEvidence } from './judge.ts';
import type { LogGroup } from './log.ts';
import { orderedTree, rootFrom } from './ordered-tree.ts';

const judge = judgeEvidence([echoMechanism], evidenceDomain);

let groups: readonly LogGroup[];
beforeAll(async () => {
  const registrations = [1, 2, 5, 8, 9, 12];
  groups = await Promise.all(
    registrations.map(async (registration) =>
      makeGroup([
        await makeEntry({ registration, sequence: 0, precision: 0.5 }),
        await makeEntry({ registration, sequence: 1, hasAnswer: registration % 2 === 0 }),
      ]),
    ),
  );
});

/** All groups changed alike, so that whatever is drawn shows it. */
function changed(change: (group: LogGroup) => LogGroup): readonly LogGroup[] {
  return groups.map(change);
}

const mapEntries = (change: (entry: LogGroup['entries'][number]) => LogGroup['entries'][number]) =>
  changed((group) => ({ ...group, entries: group.entries.map(change) }));

describe('evidence', () => {
  it('is shown by whoever did the work, whatever the beacon draws', () => {
    for (let at = 0; at < 8; at += 1) {
      expect(judge(makeCase(groups, { beacon: hashText(`beacon ${at}`) }))).toBe('shown');
    }
    expect(judge(makeCase(groups, { draws: 16 }))).toBe('shown');
    expect(judge(makeCase(groups.slice(0, 1)))).toBe('shown');
  });

  it('counts with the weight of one epoch before', () => {
    const before = ['0x00000001ffffffff' as const];
    const evidence = makeCase([{ ...groups[0]!, weight: Math.floor(fullWeight * 0.625) }]);
    expect(judge(evidence)).toBe('weight-differs');
    expect(judge({ ...evidence, before })).toBe('shown');
    expect(judge({ ...evidence, before: ['0x01'] })).toBe('weight-differs');
  });

  it('is not asked of weights that say nothing', () => {
    expect(judge({ ...makeCase([]), evidence: '0x' })).toBe('no-weights');
    expect(judge({ ...makeCase(groups), weights: [] })).toBe('no-weights');
  });

  it.each([
    ['not-opened', () => ({ ...makeCase(groups), evidence: '0x' as const })],
    [
      'not-opened',
      () => ({ ...makeCase(groups), evidence: `0x${'00'.repeat(maxEvidenceBytes + 1)}` as const }),
    ],
    ['malformed-weights', () => ({ ...makeCase(groups), weights: ['0x01' as const] })],
    [
      'malformed-weights',
      () => ({ ...makeCase(groups), weights: [...makeCase(groups).weights, '0x' as const] }),
    ],
    ['wrong-entries', () => ({ ...makeCase(groups), evidence: '0x7b7d' as const })],
    ['wrong-entries', () => ({ ...makeCase(groups), evidence: makeCase(groups, { draws: 2 }).evidence })],
    ['not-in-log', () => ({ ...makeCase(groups), logRoot: hashText('another log') })],
    ['not-in-log', () => ({ ...makeCase(groups), beacon: hashText('another beacon') })],
    ['wrong-entries', () => ({ ...makeCase(groups), epoch: 4 })],
    [
      'signature-wrong',
      () => ({ ...makeCase(groups), wasHotKeyOf: (_: string, key: string) => key === minerKey.address }),
    ],
    [
      'signature-wrong',
      () =>
        makeCase(
          mapEntries((entry) => ({
            ...entry,
            task: { ...entry.task, signature: groups[0]!.entries[0]!.task.signature },
          })),
          { beacon: hashText('other') },
        ),
    ],
    [
      'signature-wrong',
      () =>
        makeCase(
          mapEntries((entry) => ({
            ...entry,
            response: entry.response && { ...entry.response, signer: validatorKey.address },
          })),
        ),
    ],
    ['task-differs', () => ({ ...makeCase(groups), unitsOf: () => 3 })],
    [
      'score-differs',
      () =>
        makeCase(
          changed((group) => ({
            ...group,
            entries: group.entries.map((entry) => ({ ...entry, score: 0.75 })),
          })),
        ),
    ],
    [
      'signature-wrong',
      () =>
        makeCase(
          mapEntries((entry) => ({ ...entry, body: entry.body.replace('"precision":', '"precision": ') })),
        ),
    ],
    ['weight-differs', () => makeCase(changed((group) => ({ ...group, weight: group.weight + 1 })))],
  ] as const)('is %s', (verdict, make) => {
    expect(judge(make())).toBe(verdict);
  });

  it('is not shown by one entry told twice, nor by answers to another’s tasks', async () => {
    const one = await makeEntry({ registration: 3, sequence: 0 });
    const twice = { ...makeGroup([one]), entries: [one, one] };
    expect(judge(makeCase([twice]))).toBe('wrong-entries');
    const other = await makeEntry({ registration: 4, sequence: 0 });
    const mixed = { ...makeGroup([one]), entries: [other] };
    expect(judge(makeCase([mixed]))).toBe('wrong-entries');
  });

  it('is a verdict also where a mechanism throws', () => {
    const boom = () => {
      throw new Error('boom');
    };
    const verdicts = (['task', 'score', 'aggregate'] as const).map((name) =>
      judgeEvidence([{ ...echoMechanism, [name]: boom }], evidenceDomain)(makeCase(groups)),
    );
    expect(verdicts[0]).toBe('task-differs');
    expect(['score-differs', 'weight-differs']).toContain(verdicts[1]);
    expect(verdicts[2]).toBe('weight-differs');
  });
});

describe('hostile evidence', () => {
  /** One good opening, damaged. */
  const hostile = fc.tuple(
    fc.constantFrom('flip', 'cut', 'swap', 'json', 'noise'),
    fc.nat(),
    fc.nat(),
    fc.uint8Array({ minLength: 1, maxLength: 40 }),
    fc.jsonValue({ maxDepth: 3 }),
  );

  it('is never judged with anything but a verdict, and never shown', () => {
    const good = makeCase(groups, { draws: 1 });
    const bytes = Buffer.from(good.evidence.slice(2), 'hex');
    fc.assert(
      fc.property(hostile, ([kind, at, other, noise, json]) => {
        const spoilt = spoil(bytes, kind, { at, other, noise, json });
        const verdict = judge({ ...good, evidence: `0x${spoilt.toString('hex')}` });
        expect(evidenceVerdicts).toContain(verdict);
        // Addresses are read in either case.
        const isSame = spoilt.toString().toLowerCase() === bytes.toString().toLowerCase();
        expect(verdict !== 'shown' || isSame).toBe(true);
      }),
      { numRuns: 3_000, seed: 20_261_123 },
    );
  });

  it('is never judged with anything but a verdict where everything about it is odd', () => {
    const hex = fc
      .uint8Array({ maxLength: 200 })
      .map((noise): Hex => `0x${Buffer.from(noise).toString('hex')}`);
    fc.assert(
      fc.property(
        fc.array(hex, { maxLength: 3 }),
        fc.array(hex, { maxLength: 3 }),
        hex,
        fc.nat(20),
        (weights, before, evidence, draws) => {
          const verdict = judge({ ...makeCase(groups.slice(0, 1)), weights, before, evidence, draws });
          expect(evidenceVerdicts).toContain(verdict);
        },
      ),
      { numRuns: 1_000, seed: 20_261_123 },
    );
  });
});

interface Damage {
  readonly at: number;
  readonly other: number;
  readonly noise: Uint8Array;
  readonly json: unknown;
}

function spoil(bytes: Buffer, kind: string, { at, other, noise, json }: Damage): Buffer {
  const place = at % bytes.length;
  if (kind === 'cut') return bytes.subarray(0, place);
  if (kind === 'noise') return Buffer.concat([bytes.subarray(0, place), noise, bytes.subarray(place)]);
  if (kind === 'flip') {
    const flipped = Buffer.from(bytes);
    flipped[place] = flipped[place]! ^ (1 << (other % 8));
    return flipped;
  }
  const lines = bytes.toString().split('\n');
  const [a, b] = [at % lines.length, other % lines.length];
  if (kind === 'swap') [lines[a], lines[b]] = [lines[b]!, lines[a]!];
  else lines[a] = damagedJson(lines[a]!, other, json);
  return Buffer.from(lines.join('\n'));
}

/** One member replaced, canonical otherwise. */
function damagedJson(line: string, at: number, json: unknown): string {
  const value = JSON.parse(line) as Record<string, unknown> | null;
  if (value === null) return JSON.stringify(json) ?? 'null';
  const keys = Object.keys(value);
  return JSON.stringify({ ...value, [keys[at % keys.length] ?? 'x']: json });
}

describe('an ordered tree', () => {
  it('proves every leaf at its place, and at no other', () => {
    for (let count = 1; count <= 20; count += 1) {
      const leaves = Array.from({ length: count }, (_, at) => hashText(`leaf ${at}`));
      const tree = orderedTree(leaves);
      for (let index = 0; index < count; index += 1) {
        const proof = tree.proof(index);
        const provedAt = leaves.flatMap((_, place) =>
          rootFrom(leaves[index]!, { index: place, count }, proof) === tree.root ? [place] : [],
        );
        expect(provedAt).toEqual([index]);
        expect(rootFrom(leaves[index]!, { index, count }, [...proof, tree.root])).toBeUndefined();
      }
    }
  });
});

describe('draws', () => {
  const drawing = { beacon: hashText('beacon'), validator: validatorKey.address };

  it('are different weights, all of them where there are few, and any can be drawn', () => {
    expect(new Set(drawnWeights(drawing, 3, 16))).toEqual(new Set([0, 1, 2]));
    const seen = new Set<number>();
    for (let at = 0; at < 300; at += 1) {
      const drawn = drawnWeights({ ...drawing, beacon: hashText(`b${at}`) }, 40, 4);
      expect(new Set(drawn).size).toBe(4);
      for (const place of drawn) seen.add(place);
    }
    expect(seen.size).toBe(40);
    const entries = Array.from({ length: 200 }, (_, place) => drawnEntry(drawing, place, 3));
    expect(new Set(entries)).toEqual(new Set([0, 1, 2]));
  });

  it('are as many as fit in an opening', () => {
    const large = {
      ...echoMechanism,
      limits: { ...echoMechanism.limits, maxResponseBytes: 7 * 1024, tasksPerEpoch: 64 },
    };
    expect(drawsThatFit([echoMechanism], 4)).toBe(4);
    expect(drawsThatFit([echoMechanism], 16)).toBe(6);
    expect(drawsThatFit([echoMechanism, large], 16)).toBe(1);
  });
});
