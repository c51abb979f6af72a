import type { Command } from 'commander';
import type { Act } from '../program.ts';

/** A command: its line in the help, and how its module is loaded. `define` adds arguments, options and the action. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly group: string;
  readonly load: () => Promise<DefineCommand>;
}

export type DefineCommand = (command: Command, act: Act) => void;
