/** `x-souk.health`: one probe a service, over HTTP, by a connection, or by a command inside. */
import type { HealthProbe } from '../runtime.ts';
import { type Field, note, readEntries, readItems, readRecord, readText, readWhole } from './field.ts';

const defaults = { intervalSeconds: 5, timeoutSeconds: 3, failures: 3 };

export function readHealth(
  field: Field | undefined,
  services: ReadonlySet<string>,
): ReadonlyMap<string, HealthProbe> {
  return new Map(
    readEntries(field).map(([service, probe]) => {
      checkService(probe, service, services);
      return [service, readProbe(probe)] as const;
    }),
  );
}

function readProbe(field: Field): HealthProbe {
  const fields = readRecord(field, {
    optional: ['http', 'tcp', 'exec', 'intervalSeconds', 'timeoutSeconds', 'failures'],
  });
  const whole = (key: keyof typeof defaults, max: number) =>
    fields[key] === undefined ? defaults[key] : readWhole(fields[key], 1, max);
  const timing = {
    intervalSeconds: whole('intervalSeconds', 3600),
    timeoutSeconds: whole('timeoutSeconds', 3600),
    failures: whole('failures', 100),
  };
  const kinds = [fields.http, fields.tcp, fields.exec].filter((kind) => kind !== undefined);
  if (kinds.length !== 1) {
    note(
      field,
      'error',
      'a probe is either http, tcp or exec',
      'write "http: {port: 80, path: /}", "tcp: {port: 5432}" or "exec: [pg_isready]"',
      'key',
    );
  }
  if (fields.exec !== undefined) return { kind: 'exec', command: readCommand(fields.exec), ...timing };
  if (fields.http === undefined) {
    const { port } = readRecord(fields.tcp, { required: ['port'] });
    return { kind: 'tcp', port: readWhole(port, 1, 65_535), ...timing };
  }
  const http = readRecord(fields.http, { required: ['port'], optional: ['path'] });
  const path =
    http.path === undefined
      ? '/'
      : readText(http.path, { pattern: /^\/[^\s]{0,511}$/, meaning: 'a path, as /healthz' });
  return { kind: 'http', port: readWhole(http.port, 1, 65_535), path, ...timing };
}

function readCommand(field: Field): string[] {
  const words = readItems(field).map((item) => readText(item));
  if (Array.isArray(field.value) && (words.length === 0 || words.length > 64)) {
    note(field, 'error', `a command of ${words.length} words`, 'write 1 to 64 words, as [pg_isready, -q]');
  }
  return words;
}

export function checkService(
  field: Field,
  service: string,
  services: ReadonlySet<string>,
  part: 'key' | 'value' = 'key',
): void {
  if (services.has(service)) return;
  note(field, 'error', `there is no service "${service.slice(0, 60)}"`, 'name one of the services', part);
}
