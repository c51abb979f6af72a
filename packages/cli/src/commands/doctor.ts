import { type Diagnosis, diagnose, type Verdict, worstOf } from '@souk/tenant';
import type { Context } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { type Output, printable, type Tone } from '../output.ts';
import { holderOf } from '../pid-file.ts';
import { openBuyer } from '../session.ts';
import type { DefineCommand } from './entry.ts';

export const defineDoctor: DefineCommand = (command, act) => {
  command
    .description(
      'what is the matter with a deployment: one verdict, the evidence, what to do (ends with 0 only where it is healthy)',
    )
    .argument('<name>', 'deployment')
    .action(act(doctor));
};

async function doctor(context: Context, name: string): Promise<number> {
  await using stack = new AsyncDisposableStack();
  const { tenant, network } = openBuyer(context, stack);
  const isWatched = holderOf(network.home.watchPidFile) !== undefined;
  const facts = await tenant.examine(name, { isWatched, signal: context.signal });
  const groups = facts.map(diagnose);
  const verdict = worstOf(groups);
  context.output.document({ name, verdict, groups }, () => renderDiagnoses(context.output, name, groups));
  return exitCodeOf(verdict);
}

function exitCodeOf(verdict: Verdict): number {
  if (verdict === 'healthy') return exitCodes.ok;
  if (verdict === 'money-low') return exitCodes.lowBalance;
  const isSilence = verdict === 'cut-off' || verdict.endsWith('-unreachable');
  return isSilence ? exitCodes.unreachable : exitCodes.failed;
}

export function renderDiagnoses(output: Output, name: string, groups: readonly Diagnosis[]): string {
  return groups
    .map((one) => {
      const title = groups.length > 1 ? `${name}/${one.group}` : name;
      const verdict = output.paint(['bold', toneOf(one.verdict)], one.verdict);
      const evidence = one.evidence.map(
        ({ about, says, isGood }) =>
          `  ${output.paint(isGood ? 'green' : 'yellow', isGood ? '✓' : '✗')} ${about.padEnd(9)} ${printable(says)}`,
      );
      const next = one.next.length === 0 ? [] : ['', 'Next:', ...one.next.map((each) => `  ${each}`)];
      return [`${title} is ${verdict}: ${printable(one.sentence)}`, ...evidence, ...next].join('\n');
    })
    .join('\n\n');
}

function toneOf(verdict: Verdict): Tone {
  if (verdict === 'healthy') return 'green';
  return ['starting', 'updating', 'paused', 'money-low', 'closed', 'moving'].includes(verdict)
    ? 'yellow'
    : 'red';
}
