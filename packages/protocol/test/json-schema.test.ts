/** The JSON Schema that editors use, held to the reader: never stricter, and as strict as a schema can be. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { readSdl, workloadJsonSchema } from '../src/index.ts';
import { fullSdl, sampleSdl } from '../src/sdl/sample.ts';

const isOfForm = new Ajv2020({ allowUnionTypes: true }).compile(workloadJsonSchema);

function verdicts(text: string) {
  return { reader: readSdl(text, { purpose: 'check' }).ok, schema: isOfForm(parse(text)) };
}

const xSouk = `x-souk:
  health:
    web: {http: {port: 80, path: /healthz}, intervalSeconds: 2, timeoutSeconds: 1, failures: 5}
  restart: {web: on-failure}
  secrets:
    DB_PASSWORD: {services: [web], env: DB_PASSWORD}
    tls-key: {file: /run/secrets/tls.key}
  logs: {forward: [{kind: otlp, url: 'https://logs.example.com', headers: {authorization: Bearer x}}]}
  update: {strategy: canary, healthySeconds: 60, canaryReplicas: 2, bakeSeconds: 30}
  snapshots: {everySeconds: 60, keep: 5, holders: 2}
  stopGraceSeconds: 30
  topUp: {amount: 2, whenLeftSeconds: 600}
  interruptible: {noticeSeconds: 60}
  regions: [eu-west]
  anyGpu: true
  maxTotal: 12.50
  clawbackSeconds: 300
  startSeconds: 120`;

describe('the JSON Schema of workload files', () => {
  it.each([
    ['a small file', sampleSdl()],
    ['a file with every field of SDL', fullSdl],
    ['a file with all of x-souk', sampleSdl({ top: xSouk })],
    ['an interruptible file', sampleSdl({ top: 'x-souk: {interruptible: true, maxTotal: "3"}' })],
    ['a tcp probe', sampleSdl({ top: 'x-souk: {health: {web: {tcp: {port: 80}}}}' })],
    ['an exec probe', sampleSdl({ top: 'x-souk: {health: {web: {exec: [pg_isready]}}}' })],
    ['a GPU of any model', sampleSdl({ gpu: '{units: 1, attributes: {vendor: {nvidia: }}}' })],
  ])('takes %s, as the reader does', (_what, text) => {
    expect(verdicts(text)).toEqual({ reader: true, schema: true });
  });

  it.each([
    ['an unknown key', sampleSdl({ top: 'service: {}' })],
    ['another version', sampleSdl({ version: '"3.0"' })],
    ['cpu of nothing', sampleSdl({ cpu: '{units: 0}' })],
    ['cpu below nothing', sampleSdl({ cpu: '{units: -100m}' })],
    ['a size without digits', sampleSdl({ memory: '{size: big}' })],
    ['half a replica', sampleSdl({ count: '0.5' })],
    ['a price in another money', sampleSdl({ price: '{denom: usd, amount: 1}' })],
    ['an unknown key of x-souk', sampleSdl({ top: 'x-souk: {probes: {}}' })],
    ['a probe of no kind', sampleSdl({ top: 'x-souk: {health: {web: {}}}' })],
    ['a probe of two kinds', sampleSdl({ top: 'x-souk: {health: {web: {exec: [a], tcp: {port: 1}}}}' })],
    ['a secret with its value', sampleSdl({ top: 'x-souk: {secrets: {PASSWORD: hunter2}}' })],
    ['a secret that goes nowhere', sampleSdl({ top: 'x-souk: {secrets: {PASSWORD: {services: [web]}}}' })],
    ['a secret at a relative path', sampleSdl({ top: 'x-souk: {secrets: {A: {file: run/../etc}}}' })],
    ['a snapshot every second', sampleSdl({ top: 'x-souk: {snapshots: {everySeconds: 1}}' })],
    ['an unknown strategy', sampleSdl({ top: 'x-souk: {update: {strategy: blue}}' })],
    ['a budget of nothing', sampleSdl({ top: 'x-souk: {maxTotal: 0}' })],
    ['logs to a file', sampleSdl({ top: 'x-souk: {logs: {forward: [{kind: loki, url: "file:///a"}]}}' })],
  ])('refuses %s, as the reader does', (_what, text) => {
    expect(verdicts(text)).toEqual({ reader: false, schema: false });
  });
});

test('the published file is the one that this version prints', () => {
  const file = join(import.meta.dirname, '../../../docs/workload.schema.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(workloadJsonSchema);
});
