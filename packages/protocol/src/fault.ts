/**
 * The one error class that crosses rooms. A refusal that the market expects is a value (see decline.ts); a Fault is
 * thrown. `blame` drives peer scoring, `retry` drives loops, and one table at each edge maps `code` to an exit code,
 * an HTTP status and a sentence. Nobody matches on text.
 */
export type Blame = 'self' | 'peer' | 'chain' | 'user';

export type FaultCode = `${string}.${string}`;

export interface FaultOptions {
  readonly blame: Blame;
  readonly retry?: boolean;
  readonly data?: Readonly<Record<string, unknown>>;
  /** What a person can do about it, as one sentence. */
  readonly remedy?: string;
  readonly cause?: unknown;
}

export class Fault extends Error {
  override readonly name = 'Fault';
  readonly code: FaultCode;
  readonly blame: Blame;
  readonly retry: boolean;
  readonly data: Readonly<Record<string, unknown>>;
  readonly remedy: string | undefined;

  /** @example new Fault('chain.unreachable', 'no answer from the RPC node', { blame: 'chain', retry: true }) */
  constructor(code: FaultCode, message: string, options: FaultOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.blame = options.blame;
    this.retry = options.retry ?? false;
    this.data = options.data ?? {};
    this.remedy = options.remedy;
  }
}

/** The fault itself, or any other thrown value wrapped as one under `code`. */
export function toFault(error: unknown, code: FaultCode, blame: Blame): Fault {
  if (error instanceof Fault) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new Fault(code, message, { blame, cause: error });
}
