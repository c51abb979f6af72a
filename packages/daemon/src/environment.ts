import { homedir } from 'node:os';
import { join } from 'node:path';

/** The only place that reads the process's environment. Never keys or passwords of Souk's own: those come from files or prompts. */
export interface Environment {
  /** Where Souk keeps its state: $SOUK_HOME, else ~/.souk. */
  readonly home: string;
  /** From NO_COLOR (https://no-color.org): any non-empty value. */
  readonly noColor: boolean;
  /** Settings named SOUK_<ROOM>_<KEY>, for readConfig. */
  readonly settings: Readonly<Record<string, string>>;
  /** The value of a variable that the user named, taken out: processes started from here on don't inherit it. */
  take(name: string): string | undefined;
  /** To hand to child processes. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

export function environment(): Environment {
  const variables = process.env;
  const settings = Object.entries(variables).filter(
    (entry): entry is [string, string] =>
      entry[0].startsWith('SOUK_') && entry[0] !== 'SOUK_HOME' && entry[1] !== undefined,
  );
  return {
    home: variables['SOUK_HOME'] || join(homedir(), '.souk'),
    noColor: Boolean(variables['NO_COLOR']),
    settings: Object.fromEntries(settings),
    take(name) {
      const value = variables[name];
      delete variables[name];
      return value;
    },
    variables,
  };
}
