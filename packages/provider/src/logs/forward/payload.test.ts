import type { LeaseId, LogLine } from '@souk/protocol';
import { describe, expect, it } from 'vitest';
import { payloadOf, pushUrl } from './payload.ts';

const lease = `0x${'ab'.repeat(32)}` as LeaseId;
const line = (patch: Partial<LogLine>): LogLine => ({
  at: 1_795_393_000_123.25,
  service: 'web',
  replica: 0,
  stream: 'stdout',
  text: 'hello',
  ...patch,
});
const lines = [
  line({}),
  line({ text: 'oh no', stream: 'stderr', at: 1_795_393_000_124 }),
  line({ replica: 1 }),
];

describe('what is sent', () => {
  it('is an OTLP export of logs, one resource per replica', () => {
    const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } });
    const record = (nano: string, text: string, stream: string) => ({
      timeUnixNano: nano,
      observedTimeUnixNano: nano,
      body: { stringValue: text },
      attributes: [attribute('log.iostream', stream)],
    });
    const resource = (id: string, logRecords: unknown[]) => ({
      resource: {
        attributes: [
          attribute('service.name', 'web'),
          attribute('service.instance.id', id),
          attribute('souk.lease', lease),
        ],
      },
      scopeLogs: [{ scope: { name: 'souk' }, logRecords }],
    });
    expect(JSON.parse(payloadOf('otlp', lease, lines))).toEqual({
      resourceLogs: [
        resource('web-0', [
          record('1795393000123250000', 'hello', 'stdout'),
          record('1795393000124000000', 'oh no', 'stderr'),
        ]),
        resource('web-1', [record('1795393000123250000', 'hello', 'stdout')]),
      ],
    });
  });

  it('is a push to Loki, one stream per set of labels', () => {
    const stream = (replica: string, name: string, values: string[][]) => ({
      stream: { job: 'souk', lease, service: 'web', replica, stream: name },
      values,
    });
    expect(JSON.parse(payloadOf('loki', lease, lines))).toEqual({
      streams: [
        stream('0', 'stdout', [['1795393000123250000', 'hello']]),
        stream('0', 'stderr', [['1795393000124000000', 'oh no']]),
        stream('1', 'stdout', [['1795393000123250000', 'hello']]),
      ],
    });
  });

  it.each([
    ['otlp', 'https://c.example', 'https://c.example/v1/logs'],
    ['otlp', 'https://c.example/otlp/', 'https://c.example/otlp/v1/logs'],
    ['otlp', 'https://c.example:4318/v1/logs?x=1', 'https://c.example:4318/v1/logs?x=1'],
    ['loki', 'http://c.example:3100', 'http://c.example:3100/loki/api/v1/push'],
    ['loki', 'http://c.example/loki/api/v1/push', 'http://c.example/loki/api/v1/push'],
  ] as const)('goes by %s for %s to %s', (kind, url, target) => {
    expect(pushUrl({ kind, url, headers: {} }).href).toBe(target);
  });
});
