/** What a compose service listens on, and which of it the world may reach. */
import { type Field, note, readEntries, readItems } from '../sdl/field.ts';
import { wordOf } from './words.ts';

export interface ComposePort {
  readonly port: number;
  readonly proto: 'TCP' | 'UDP';
  /** Null where only the other services may reach it. */
  readonly published: number | null;
}

export function readPorts(ports: Field | undefined, expose: Field | undefined): readonly ComposePort[] {
  const published = readItems(ports).flatMap((item) =>
    typeof item.value === 'object' ? readLong(item) : readShort(item),
  );
  const inner = readItems(expose).flatMap((item) => {
    const match = /^([0-9]+)(?:\/(tcp|udp))?$/.exec(wordOf(item.value));
    if (match) return [{ port: Number(match[1]), proto: protoOf(match[2]), published: null }];
    return refusePort(item);
  });
  const seen = new Set(published.map(({ port, proto }) => `${port}/${proto}`));
  return [...published, ...inner.filter(({ port, proto }) => !seen.has(`${port}/${proto}`))];
}

/** `[host:][published:]port[/proto]`. */
function readShort(field: Field): readonly ComposePort[] {
  const match = /^(?:(.+):)?([0-9]+):([0-9]+)(?:\/(tcp|udp))?$/.exec(wordOf(field.value));
  const alone = /^([0-9]+)(?:\/(tcp|udp))?$/.exec(wordOf(field.value));
  if (alone) {
    const port = Number(alone[1]);
    return [{ port, proto: protoOf(alone[2]), published: port }];
  }
  if (!match) return refusePort(field);
  const port = Number(match[3]);
  // Bound to loopback: the author's own machine only, so nobody else's.
  const isLocal = /^(127\.|localhost|\[?::1)/.test(match[1] ?? '');
  return [{ port, proto: protoOf(match[4]), published: isLocal ? null : Number(match[2]) }];
}

function readLong(field: Field): readonly ComposePort[] {
  const fields = new Map(readEntries(field));
  const port = Number(fields.get('target')?.value);
  const published = Number(fields.get('published')?.value ?? port);
  if (!Number.isInteger(port) || !Number.isInteger(published)) return refusePort(field);
  return [{ port, proto: protoOf(fields.get('protocol')?.value), published }];
}

function protoOf(text: unknown): 'TCP' | 'UDP' {
  return text === 'udp' ? 'UDP' : 'TCP';
}

function refusePort(field: Field): readonly ComposePort[] {
  note(field, 'error', 'no port, or a range of them', 'write single ports, as "8080:80"');
  return [];
}
