/** The exit codes of `souk`: stable, so that scripts may rely on them. `exec` and `shell` pass on the workload's own. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  badInput: 3,
  unreachable: 4,
  noBids: 5,
  lowBalance: 6,
  notFound: 7,
  locked: 8,
  interrupted: 130,
} as const;
export type ExitName = keyof typeof exitCodes;

export const exitMeanings: Readonly<Record<ExitName, string>> = {
  ok: 'done',
  failed: 'refused or failed',
  usage: 'the command line is wrong, or a question could not be asked (give --yes)',
  badInput: 'a file given is wrong',
  unreachable: 'the chain or the peers can’t be reached, or are the wrong ones',
  noBids: 'no provider made an offer',
  lowBalance: 'not enough balance',
  notFound: 'no deployment, key, network or image of that name',
  locked: 'the key could not be unlocked',
  interrupted: 'interrupted (Ctrl-C)',
};

/** The table as text, for the help. */
export function describeExitCodes(): string {
  const names = Object.keys(exitCodes) as ExitName[];
  return names.map((name) => `  ${String(exitCodes[name]).padStart(3)}  ${exitMeanings[name]}`).join('\n');
}
