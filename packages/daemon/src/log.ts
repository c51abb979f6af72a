import type { Log } from '@souk/protocol';
import { pino, type Logger } from 'pino';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

export interface LogOptions {
  readonly level: LogLevel;
  /** File to append to; standard error where left out, so that standard output stays for results. */
  readonly file?: string;
}

/** A log of JSON lines. Field names that hold secrets are blanked whatever the caller does. */
export function createLog(name: string, options: LogOptions): Log {
  const destination = pino.destination(
    options.file === undefined
      ? { dest: 2, sync: true }
      : { dest: options.file, mkdir: true, sync: false, mode: 0o600 },
  );
  const logger = pino(
    {
      name,
      level: options.level,
      base: { name },
      redact: {
        paths: ['privateKey', 'password', 'secret', '*.privateKey', '*.password', '*.secret'],
        censor: '…',
      },
      serializers: { error: pino.stdSerializers.err },
      formatters: { log: plainFields },
    },
    destination,
  );
  return wrap(logger);
}

function wrap(logger: Logger): Log {
  return {
    debug: (message, fields) => logger.debug(fields ?? {}, message),
    info: (message, fields) => logger.info(fields ?? {}, message),
    warn: (message, fields) => logger.warn(fields ?? {}, message),
    error: (message, fields) => logger.error(fields ?? {}, message),
    child: (fields) => wrap(logger.child(plainFields(fields))),
  };
}

// JSON has no bigint.
function plainFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, typeof value === 'bigint' ? value.toString() : value]),
  );
}
