/** Log lines as others want them: OTLP/HTTP in JSON (opentelemetry-proto 1.x, logs), and Loki's push API in JSON. */
import type { LeaseId, LogForward, LogLine } from '@souk/protocol';

/** Where a batch is sent: the path is the protocol's own, unless the URL has it already. */
export function pushUrl({ kind, url }: LogForward): URL {
  const path = kind === 'otlp' ? '/v1/logs' : '/loki/api/v1/push';
  const target = new URL(url);
  if (!target.pathname.endsWith(path)) target.pathname = `${target.pathname.replace(/\/+$/, '')}${path}`;
  return target;
}

export function payloadOf(kind: LogForward['kind'], lease: LeaseId, lines: readonly LogLine[]): string {
  return JSON.stringify(kind === 'otlp' ? otlpPayload(lease, lines) : lokiPayload(lease, lines));
}

function otlpPayload(lease: LeaseId, lines: readonly LogLine[]) {
  const attribute = (key: string, value: string) => ({ key, value: { stringValue: value } });
  return {
    resourceLogs: groupsOf(lines, ({ service, replica }) => `${service}-${replica}`).map(([name, own]) => ({
      resource: {
        attributes: [
          attribute('service.name', own[0]?.service ?? ''),
          attribute('service.instance.id', name),
          attribute('souk.lease', lease),
        ],
      },
      scopeLogs: [
        {
          scope: { name: 'souk' },
          logRecords: own.map(({ at, stream, text }) => ({
            timeUnixNano: nanoseconds(at),
            observedTimeUnixNano: nanoseconds(at),
            body: { stringValue: text },
            attributes: [attribute('log.iostream', stream)],
          })),
        },
      ],
    })),
  };
}

function lokiPayload(lease: LeaseId, lines: readonly LogLine[]) {
  const streams = groupsOf(lines, ({ service, replica, stream }) => `${service} ${replica} ${stream}`);
  return {
    streams: streams.map(([, own]) => ({
      stream: {
        job: 'souk',
        lease,
        service: own[0]?.service ?? '',
        replica: `${own[0]?.replica ?? 0}`,
        stream: own[0]?.stream ?? '',
      },
      values: own.map(({ at, text }) => [nanoseconds(at), text]),
    })),
  };
}

function groupsOf(lines: readonly LogLine[], keyOf: (line: LogLine) => string): [string, LogLine[]][] {
  const groups = new Map<string, LogLine[]>();
  for (const line of lines) {
    const group = groups.get(keyOf(line));
    if (group) group.push(line);
    else groups.set(keyOf(line), [line]);
  }
  return [...groups];
}

/** 64 bits do not fit a JSON number: a decimal string, as both protocols want it. */
function nanoseconds(at: number): string {
  return (BigInt(Math.round(at * 1000)) * 1000n).toString();
}
