import type { Command } from 'commander';
import type { Context } from '../context.ts';

/** Turns what a command does into a commander action. The number is the exit code; nothing means 0. */
export type Act = <A extends unknown[]>(
  run: (context: Context, ...args: A) => Promise<number | void>,
) => (...args: [...A, Command]) => Promise<void>;

/** A command: its line in the help, and how its module is loaded. `define` adds arguments, options and the action. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly group: string;
  readonly load: () => Promise<DefineCommand>;
}

export type DefineCommand = (command: Command, act: Act) => void;
