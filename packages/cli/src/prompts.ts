/** Questions to a person, on standard error so that results can be piped. Where nobody can answer, a fault says so. */
import { Fault } from '@souk/protocol';

export interface Prompts {
  /** Whether there is somebody to ask. */
  readonly canAsk: boolean;
  /** True at once with --yes. Throws `cli.needs-answer` where there is no terminal. */
  confirm(question: string): Promise<boolean>;
  /** Throws what `confirm` would throw, before anything was done that an answer is needed for. */
  checkCanConfirm(question: string): void;
  /** One of several, the first at once with --yes; undefined for none. */
  choose<T>(question: string, choices: readonly Choice<T>[]): Promise<T | undefined>;
  /** A line of text; `suggestion` at once with --yes, or where it is left empty. */
  text(question: string, suggestion: string): Promise<string>;
  secret(question: string, remedy: string): Promise<string>;
  /** A new password, asked twice. */
  newSecret(question: string, remedy: string): Promise<string>;
}

export interface Choice<T> {
  readonly value: T;
  readonly label: string;
  readonly hint?: string;
}

export interface PromptOptions {
  readonly canAsk: boolean;
  readonly isYes: boolean;
  readonly signal: AbortSignal;
}

export function createPrompts(options: PromptOptions): Prompts {
  const secret = async (question: string, remedy: string) => {
    if (!options.canAsk) throw needsAnswer(question, remedy);
    const { password } = await import('@clack/prompts');
    return answer(await password({ message: question, output: process.stderr, signal: options.signal }));
  };
  const checkCanConfirm = (question: string) => {
    if (options.isYes || options.canAsk) return;
    throw needsAnswer(question, 'run it again with --yes to agree beforehand');
  };
  return {
    canAsk: options.canAsk && !options.isYes,
    checkCanConfirm,
    confirm: async (question) => {
      if (options.isYes) return true;
      checkCanConfirm(question);
      const { confirm } = await import('@clack/prompts');
      return answer(await confirm({ message: question, output: process.stderr, signal: options.signal }));
    },
    choose: async (question, choices) => {
      if (options.isYes) return choices[0]?.value;
      checkCanConfirm(question);
      const { select } = await import('@clack/prompts');
      const listed = choices.map(({ label, hint }, value) => ({
        value,
        label,
        ...(hint === undefined ? {} : { hint }),
      }));
      const chosen = await select({
        message: question,
        options: [...listed, { value: -1, label: 'none of them' }],
        output: process.stderr,
        signal: options.signal,
      });
      return choices[answer(chosen)]?.value;
    },
    text: async (question, suggestion) => {
      if (options.isYes) return suggestion;
      checkCanConfirm(question);
      const { text } = await import('@clack/prompts');
      const given = await text({
        message: question,
        placeholder: suggestion,
        defaultValue: suggestion,
        output: process.stderr,
        signal: options.signal,
      });
      return answer(given);
    },
    secret,
    newSecret: async (question, remedy) => {
      const first = await secret(question, remedy);
      if ((await secret('The same again', remedy)) === first) return first;
      throw new Fault('cli.declined', 'the two passwords differ', { blame: 'user', remedy: 'try again' });
    },
  };
}

function answer<T>(value: T): Exclude<T, symbol> {
  if (typeof value !== 'symbol') return value as Exclude<T, symbol>;
  throw new Fault('cli.interrupted', 'the question was not answered', { blame: 'user' });
}

function needsAnswer(question: string, remedy: string): Fault {
  return new Fault('cli.needs-answer', `can't ask: ${question}`, { blame: 'user', remedy });
}
