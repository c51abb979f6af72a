/** docs/cli.md is what `souk help` says. After a change: `npx vitest run packages/cli/test/reference -u`. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commands } from '../src/commands/index.ts';
import { createProgram, everyCommand } from '../src/program.ts';

it('docs/cli.md is the help of every command', async () => {
  const program = await createProgram(
    {
      version: '0.1.0',
      stdout: () => undefined,
      stderr: () => undefined,
      columns: 100,
      run: async () => undefined,
    },
    everyCommand,
  );
  const chapters = program.commands
    .filter((command) => commands.some((entry) => entry.name === command.name()))
    .flatMap((command) => [command, ...command.commands.filter((sub) => sub.name() !== 'help')])
    .map((command) => `## ${nameOf(command)}\n\n\`\`\`\n${command.helpInformation().trim()}\n\`\`\`\n`);
  const page = [
    '# The command line\n',
    'What `souk help` says, command by command. Every command also takes the options of `souk` itself.\n',
    `\`\`\`\n${program.helpInformation().trim()}\n\`\`\`\n`,
    ...chapters,
  ].join('\n');
  await expect(page).toMatchFileSnapshot(join(import.meta.dirname, '../../../docs/cli.md'));
});

function nameOf(command: { name(): string; parent: { name(): string; parent: unknown } | null }): string {
  const parent = command.parent;
  return parent && parent.parent ? `souk ${parent.name()} ${command.name()}` : `souk ${command.name()}`;
}
