/** What a command gets: the flags every command has, and what it may touch. Built once a run, by program.ts. */
import type { Environment } from '@souk/daemon';
import type { Clock, Log } from '@souk/protocol';
import type { Home } from './home.ts';
import type { Output } from './output.ts';
import type { Prompts } from './prompts.ts';

export interface GlobalFlags {
  readonly json?: true;
  readonly yes?: true;
  readonly quiet?: true;
  readonly network?: string;
  readonly home?: string;
  readonly key?: string;
  readonly passwordFile?: string;
  readonly debug?: true;
}

export interface Context {
  readonly flags: GlobalFlags;
  readonly output: Output;
  readonly prompts: Prompts;
  readonly home: Home;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly log: Log;
  /** Aborts on Ctrl-C. */
  readonly signal: AbortSignal;
}
