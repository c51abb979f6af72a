/** Compose files on this machine's disk: with the variables of the shell and of `.env` beside them, as compose reads them. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { environment } from '@souk/daemon';
import { Fault, formatSdlIssue, importCompose, type SdlIssue } from '@souk/protocol';

export interface ImportedFile {
  /** A workload file's text. */
  readonly sdl: string;
  readonly notes: readonly SdlIssue[];
}

/** Most to pay per replica and hour, in USD, where a compose file can't say. */
export const defaultCeiling = 0.1;

/** Throws `cli.compose-invalid` with everything that is wrong. */
export function importComposeFile(
  file: string,
  text: string,
  maxPricePerHour = defaultCeiling,
): ImportedFile {
  const folder = file === '-' ? '.' : dirname(file);
  const readBeside = (path: string) => {
    const whole = isAbsolute(path) ? path : join(folder, path);
    return existsSync(whole) ? readFileSync(whole, 'utf8') : undefined;
  };
  const variables = { ...parseDotEnv(readBeside('.env') ?? ''), ...shellVariables() };
  const result = importCompose(text, { variables, readFile: readBeside, maxPricePerHour });
  if (result.ok) return result;
  throw new Fault(
    'cli.compose-invalid',
    result.errors.map((issue) => formatSdlIssue(issue, file)).join('\n'),
    {
      blame: 'user',
      data: { file, errors: result.errors },
      remedy: 'mend the compose file, or write a workload file of your own: souk init',
    },
  );
}

function shellVariables(): Readonly<Record<string, string>> {
  const all = Object.entries(environment().variables);
  return Object.fromEntries(all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

function parseDotEnv(text: string): Readonly<Record<string, string>> {
  const lines = text.split(/\r?\n/).flatMap((line) => {
    const match = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*?)\s*$/.exec(line);
    return match?.[1] === undefined ? [] : [[match[1], (match[2] ?? '').replace(/^(['"])(.*)\1$/, '$2')]];
  });
  return Object.fromEntries(lines) as Record<string, string>;
}
