import { describe, expect, it } from 'vitest';
import { type Decline, declineSchema, describeDecline } from './decline.ts';
import { encodeJson } from './json.ts';

const declines: readonly [Decline, RegExp][] = [
  [{ reason: 'no-capacity', resource: 'cpuMilli', needed: 8000n, available: 500n }, /needs 8000, has 500/],
  [
    { reason: 'attribute-missing', attribute: 'region', wanted: 'eu', offered: null },
    /region=eu wanted, nothing/,
  ],
  [{ reason: 'attribute-missing', attribute: 'region', wanted: 'eu', offered: 'us' }, /region=eu wanted, us/],
  [{ reason: 'not-audited', auditors: ['a', 'b'] }, /a, b/],
  [{ reason: 'gpu-mismatch', wanted: ['a100', 'h100'] }, /a100 or h100/],
  [{ reason: 'storage-class-missing', class: 'beta3' }, /beta3/],
  [{ reason: 'endpoint-unsupported', kind: 'ip' }, /ip/],
  [{ reason: 'price-below-ours', ceiling: 5n, ours: 9n }, /5 is below .* 9/],
  [{ reason: 'deposit-too-small', deposit: 1n, minimum: 2n }, /1 is below .* 2/],
  [{ reason: 'token-not-accepted', token: '0xabc' }, /0xabc/],
  [{ reason: 'window-too-long', which: 'clawback', window: 900, maximum: 600 }, /clawback .* 900 s .* 600 s/],
  [{ reason: 'notice-too-long', wanted: 60, maximum: 30 }, /60 s wanted, 30 s/],
  [{ reason: 'region-mismatch', wanted: ['eu', 'us'], offered: null }, /unknown, not in eu or us/],
  [{ reason: 'too-many-orders' }, /too many/],
  [{ reason: 'not-serving', detail: 'draining' }, /draining/],
];

describe('declines', () => {
  it.each(declines)('%o survive the wire and read as a sentence', (decline, sentence) => {
    expect(declineSchema.parse(JSON.parse(encodeJson(decline)))).toEqual(decline);
    expect(describeDecline(decline)).toMatch(sentence);
  });

  it('are a closed set', () => {
    expect(new Set(declines.map(([{ reason }]) => reason)).size).toBe(declineSchema.options.length);
    expect(declineSchema.safeParse({ reason: 'bad-mood' }).success).toBe(false);
    expect(declineSchema.safeParse({ reason: 'too-many-orders', note: 'x' }).success).toBe(false);
    expect(declineSchema.safeParse({ reason: 'not-serving', detail: 'x'.repeat(201) }).success).toBe(false);
  });
});
