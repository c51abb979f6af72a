/** Small languages inside compose files: variables, durations, sizes, command lines. Pure. */

export interface Substituted {
  readonly text: string;
  /** Variables that have no value and no default, and what the file says about it where it does. */
  readonly missing: readonly { readonly name: string; readonly message: string | undefined }[];
}

const variable = /\$(?:\$|([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-?+])([^}]*))?\})/g;

/** `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME:?message}`, `${NAME:+instead}`, and `$$` for a dollar. */
export function substitute(text: string, variables: Readonly<Record<string, string>>): Substituted {
  const missing: { name: string; message: string | undefined }[] = [];
  const result = text.replace(
    variable,
    (_whole, plain?: string, braced?: string, operator?: string, rest?: string) => {
      const name = plain ?? braced;
      if (name === undefined) return '$';
      const given = Object.hasOwn(variables, name) ? variables[name] : undefined;
      const isSet =
        operator?.startsWith(':') === true ? given !== undefined && given !== '' : given !== undefined;
      if (operator?.endsWith('+') === true) return isSet ? (rest ?? '') : '';
      if (isSet) return given ?? '';
      if (operator?.endsWith('-') === true) return rest ?? '';
      missing.push({ name, message: operator?.endsWith('?') === true ? rest : undefined });
      return '';
    },
  );
  return { text: result, missing };
}

/** `1m30s`, `500ms`, `30` → whole seconds, at least 1. */
export function parseDuration(text: string): number | undefined {
  const scale: Readonly<Record<string, number>> = { us: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };
  if (/^[0-9]+$/.test(text)) return Math.max(1, Number(text));
  if (!/^([0-9]+(\.[0-9]+)?(us|ms|s|m|h))+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/([0-9]+(?:\.[0-9]+)?)(us|ms|s|m|h)/g)];
  const seconds = parts.reduce((sum, [, amount, unit = 's']) => sum + Number(amount) * (scale[unit] ?? 1), 0);
  return Math.max(1, Math.round(seconds));
}

/** `512m`, `1.5gb`, `1073741824` → mebibytes, rounded up; compose counts in steps of 1024. */
export function parseMebibytes(text: string): number | undefined {
  const match = /^([0-9]+(?:\.[0-9]+)?)\s*([bkmgt]?)b?$/i.exec(text.trim());
  if (!match) return undefined;
  const exponent = ['b', 'k', 'm', 'g', 't'].indexOf((match[2] || 'b').toLowerCase());
  const mebibytes = Math.ceil(Number(match[1]) * 1024 ** (exponent - 2));
  return mebibytes > 0 ? mebibytes : undefined;
}

/** As a shell splits words: quotes and backslashes, nothing more. Undefined where a quote is not closed. */
export function splitWords(line: string): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let index = 0; index < line.length; index += 1) {
    const char = line[index] ?? '';
    if (char === '\\' && quote !== "'" && index + 1 < line.length) {
      index += 1;
      word = (word ?? '') + (line[index] ?? '');
    } else if (quote !== '') {
      if (char === quote) quote = '';
      else word = (word ?? '') + char;
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + char;
  }
  if (quote !== '') return undefined;
  return word === undefined ? words : [...words, word];
}

/** A name that SDL takes: small letters, digits and dashes, a letter first. */
export function sdlName(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 63)
    .replace(/-+$/, '');
  return plain === '' ? 'service' : plain;
}

/** A word that YAML may have read as a number or a flag; nothing for lists and maps. */
export function wordOf(value: unknown): string {
  const isWord = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isWord ? String(value) : '';
}
