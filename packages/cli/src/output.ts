/**
 * Where a command's words go. Standard output carries results only: text for people, one JSON document (or one JSON
 * object a line for streams) with --json. Notes, warnings, progress and errors go to standard error.
 */
import { stripVTControlCharacters, styleText } from 'node:util';
import { encodeJson } from '@souk/protocol';

export interface Sink {
  write(text: string): void;
  readonly isTty: boolean;
  readonly columns: number;
}

export interface OutputOptions {
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly isJson: boolean;
  readonly isQuiet: boolean;
  readonly hasColour: boolean;
}

export type Tone = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan' | 'magenta' | 'blue';

export interface Output {
  readonly isJson: boolean;
  readonly isQuiet: boolean;
  /** True where moving text may be drawn: both streams are terminals. */
  readonly isLive: boolean;
  readonly columns: number;
  /** The one result of a command. */
  readonly document: (value: unknown, text: () => string) => void;
  /** One item of a stream of results. */
  readonly item: (value: unknown, text: () => string) => void;
  /** What is going on, for a person who waits; nothing with --quiet or --json. */
  readonly note: (text: string) => void;
  /** Shown even with --quiet. */
  readonly warn: (text: string) => void;
  readonly paint: (tone: Tone | readonly Tone[], text: string) => string;
}

export function createOutput(options: OutputOptions): Output {
  const { stdout, stderr, isJson, isQuiet } = options;
  const paint = (tone: Tone | readonly Tone[], text: string) =>
    options.hasColour ? styleText([tone].flat(), text, { validateStream: false }) : text;
  const emit = (value: unknown, text: () => string) => {
    const line = isJson ? encodeJson(value) : text();
    if (line !== '') stdout.write(line.endsWith('\n') ? line : `${line}\n`);
  };
  return {
    isJson,
    isQuiet,
    isLive: stdout.isTty && stderr.isTty && !isJson && !isQuiet,
    columns: stdout.columns,
    document: emit,
    item: emit,
    note: (text) => {
      if (!isJson && !isQuiet) stderr.write(`${text}\n`);
    },
    warn: (text) => {
      if (isJson) stderr.write(`${encodeJson({ warning: stripVTControlCharacters(text) })}\n`);
      else stderr.write(`${paint('yellow', 'warning:')} ${text}\n`);
    },
    paint,
  };
}

/** Text from peers, safe to print: no escape sequences, no control characters but tab. */
export function printable(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is taken out
  return stripVTControlCharacters(text).replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/g, '');
}
