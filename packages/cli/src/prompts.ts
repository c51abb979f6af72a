/** Questions to a person, on standard error so that results can be piped. Where nobody can answer, a fault says so. */
import { Fault } from '@souk/protocol';

export interface Prompts {
  /** True at once with --yes. Throws `cli.needs-answer` where there is no terminal. */
  confirm(question: string): Promise<boolean>;
  secret(question: string, remedy: string): Promise<string>;
  /** A new password, asked twice. */
  newSecret(question: string, remedy: string): Promise<string>;
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
  return {
    confirm: async (question) => {
      if (options.isYes) return true;
      if (!options.canAsk) throw needsAnswer(question, 'run it again with --yes to agree beforehand');
      const { confirm } = await import('@clack/prompts');
      return answer(await confirm({ message: question, output: process.stderr, signal: options.signal }));
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
