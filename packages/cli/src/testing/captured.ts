/** An output that keeps what it is given, for tests. */
import { createOutput, type Output } from '../output.ts';

export interface Captured {
  readonly output: Output;
  readonly stdout: string[];
  readonly stderr: string[];
}

export function captured(
  options: { readonly isJson?: true; readonly isQuiet?: true; readonly hasColour?: true } = {},
): Captured {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const sink = (lines: string[]) => ({
    write: (text: string) => void lines.push(text),
    isTty: false,
    columns: 100,
  });
  const output = createOutput({
    stdout: sink(stdout),
    stderr: sink(stderr),
    isJson: options.isJson === true,
    isQuiet: options.isQuiet === true,
    hasColour: options.hasColour === true,
  });
  return { output, stdout, stderr };
}
