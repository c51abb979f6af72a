/** The faults of this room, made in one place, and how a fault is told to the other side: its code and nothing else. */
import { type Blame, encodeJson, Fault, type FaultCode } from '@souk/protocol';
import { z } from 'zod';

export type NetFaultCode =
  | 'net.bad-address'
  | 'net.busy'
  | 'net.closed'
  | 'net.malformed'
  | 'net.no-peers'
  | 'net.rate-limited'
  | 'net.remote-failed'
  | 'net.timeout'
  | 'net.too-large'
  | 'net.unreachable'
  | 'net.unsupported'
  | 'net.wrong-peer';

const rules: Record<NetFaultCode, { readonly retry: boolean; readonly remedy: string }> = {
  'net.bad-address': { retry: false, remedy: 'Give multiaddrs that all end in the same /p2p/<peer id>.' },
  'net.busy': { retry: true, remedy: 'Wait for open requests to this peer to finish, then try again.' },
  'net.closed': { retry: true, remedy: 'Connect again.' },
  'net.malformed': { retry: false, remedy: 'Check that both sides run compatible versions of Souk.' },
  'net.no-peers': { retry: true, remedy: 'Wait for a connection, or check the bootstrap addresses.' },
  'net.rate-limited': { retry: true, remedy: 'Send fewer requests a minute to this peer.' },
  'net.remote-failed': { retry: false, remedy: "Ask another peer, or this one's operator." },
  'net.timeout': { retry: true, remedy: 'Try again, or allow more time.' },
  'net.too-large': { retry: false, remedy: 'Send less: the protocol limits the size of a message.' },
  'net.unreachable': {
    retry: true,
    remedy: 'Check that the peer runs and that its address can be reached from here.',
  },
  'net.unsupported': { retry: false, remedy: 'Ask a peer that serves this protocol.' },
  'net.wrong-peer': { retry: false, remedy: 'Get a fresh address: another key answers at this one.' },
};

export interface NetFaultOptions {
  readonly retry?: boolean;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

export function netFault(
  code: NetFaultCode,
  message: string,
  blame: Blame,
  options: NetFaultOptions = {},
): Fault {
  return new Fault(code, message, { blame, ...rules[code], ...options });
}

/** What goes over the wire in a fault frame. */
const wireFaultSchema = z.strictObject({
  code: z
    .string()
    .max(64)
    .regex(/^[a-z0-9-]+\.[a-z0-9-]+$/),
  retry: z.boolean(),
});
export const maxFaultBytes = 256;

export function encodeFault(error: unknown): Uint8Array {
  const fault = error instanceof Fault ? error : undefined;
  const wire = wireFaultSchema.safeParse({ code: fault?.code, retry: fault?.retry });
  return Buffer.from(encodeJson(wire.success ? wire.data : { code: 'net.remote-failed', retry: false }));
}

/** The fault that the other side told us, as our caller sees it. */
export function decodeFault(bytes: Uint8Array, protocol: string): Fault {
  const wire = wireFaultSchema.safeParse(parseJson(bytes));
  if (!wire.success) return netFault('net.malformed', 'the fault told by the peer is not one', 'peer');
  const code = wire.data.code as FaultCode;
  const data = { protocol, code };
  switch (code) {
    case 'net.busy':
    case 'net.rate-limited':
      return netFault(code, 'the peer takes no more requests from us now', 'self', { data });
    case 'net.malformed':
    case 'net.too-large':
      return netFault(code, 'the peer refuses what we sent', 'self', { data });
    case 'net.timeout':
      return netFault(code, 'the peer gave up waiting for us', 'self', { data });
    default:
      return netFault('net.remote-failed', 'the peer failed to do it', 'peer', {
        data,
        retry: wire.data.retry,
      });
  }
}

/** `undefined` where the bytes aren't JSON in UTF-8. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(bytes)) as unknown;
  } catch {
    return undefined;
  }
}
const utf8 = new TextDecoder('utf-8', { fatal: true });
