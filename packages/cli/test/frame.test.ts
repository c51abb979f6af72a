/** The binary as scripts see it: streams, exit codes, machine forms. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runSouk, testHome } from './souk.ts';

const workload = `
version: "2.0"
services:
  web: { image: "souk/hello:1", expose: [{ port: 80, to: [{ global: true }] }] }
profiles:
  compute:
    web: { resources: { cpu: { units: 1 }, memory: { size: 1Gi }, storage: { size: 1Gi } } }
  placement:
    here: { pricing: { web: { denom: uact, amount: 100 } } }
deployment:
  web: { here: { profile: web, count: 1 } }
`;

describe('souk', () => {
  it('prints its version and its help on standard output and ends with 0', async () => {
    const [version, help] = await Promise.all([runSouk(['--version']), runSouk(['--help'])]);
    expect(version).toEqual({ code: 0, stdout: '0.1.0\n', stderr: '' });
    expect(help.code).toBe(0);
    expect(help.stdout).toContain('Usage: souk [options] [command]');
    expect(help.stdout).toContain('Exit codes:');
    expect(help.stderr).toBe('');
  });

  it('without a command prints its help on standard error and ends with 2', async () => {
    const { code, stdout, stderr } = await runSouk([]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Usage: souk');
    expect(stderr).not.toContain('error:');
  });

  it('refuses what it does not know with 2, and suggests what may have been meant', async () => {
    const command = await runSouk(['statsu', 'x']);
    expect(command.code).toBe(2);
    expect(command.stderr).toContain("unknown command 'statsu'");
    expect(command.stderr).toContain('Did you mean status?');
    const option = await runSouk(['ps', '--foo']);
    expect(option.code).toBe(2);
    expect(option.stderr).toContain("unknown option '--foo'");
  });

  it('says where to get a network when there is none: exit code 7', async () => {
    using home = testHome();
    const { code, stderr } = await home.souk('ps');
    expect(code).toBe(7);
    expect(stderr).toBe(
      'error: There is no network to work on.\n' +
        '  reason: no network was named, and there is no local one\n' +
        '  to do:  start one on this machine with `./souk up`, or name one with --network NAME or FILE\n',
    );
  });

  it('names a wrong setting, with exit code 3', async () => {
    using home = testHome();
    await home.souk('key', 'new', '--password-file', home.passwordFile);
    writeFileSync(join(home.folder, 'home/config.yaml'), 'cli:\n  netwrok: local\n');
    const { code, stderr } = await home.souk('ps');
    expect(code).toBe(3);
    expect(stderr).toContain('netwrok');
    expect(stderr).toContain('souk config show');
  });
});

describe('souk key', () => {
  it('makes, lists, exports and imports keys, and asks nothing where nobody can answer', async () => {
    using home = testHome();
    const made = await home.souk('key', 'new', 'ann', '--password-file', home.passwordFile, '--json');
    const { address } = JSON.parse(made.stdout) as { address: string };
    const exported = await home.souk('key', 'export', 'ann', '--password-file', home.passwordFile, '--quiet');
    expect(exported.stdout).toMatch(/^0x[0-9a-f]{64}\n$/);

    const file = home.file('key.txt', exported.stdout);
    const imported = await home.souk(
      'key',
      'import',
      'copy',
      '--file',
      file,
      '--password-file',
      home.passwordFile,
    );
    expect(imported.code).toBe(0);
    const listed = await home.souk('key', 'list', '--json');
    expect(JSON.parse(listed.stdout)).toEqual([
      { name: 'ann', address },
      { name: 'copy', address },
    ]);

    const asked = await home.souk('key', 'new', 'bob');
    expect(asked.code).toBe(2);
    expect(asked.stderr).toContain('--password-file');
  });
});

describe('souk sdl check', () => {
  it('prints one JSON object a file and ends with 3 when one is wrong', async () => {
    using home = testHome();
    const right = home.file('right.yaml', workload);
    const wrong = home.file('wrong.yaml', workload.replace('count: 1', 'cuont: 1'));
    const missing = join(home.folder, 'missing.yaml');
    const { code, stdout } = await home.souk('sdl', 'check', '--json', right, wrong, missing);
    const checks = stdout
      .trim()
      .split('\n')
      .map(
        (line) => JSON.parse(line) as { file: string; ok: boolean; errors: { path: string; line: number }[] },
      );
    expect(code).toBe(3);
    expect(checks.map((check) => [check.file, check.ok])).toEqual([
      [right, true],
      [wrong, false],
      [missing, false],
    ]);
    expect(checks[1]?.errors.some((issue) => issue.path.includes('deployment') && issue.line === 11)).toBe(
      true,
    );
  });

  it('says to people where, why and what to do', async () => {
    using home = testHome();
    const wrong = home.file('wrong.yaml', workload.replace('cpu: { units: 1 }, ', ''));
    const { code, stdout } = await home.souk('sdl', 'check', wrong);
    expect(code).toBe(3);
    expect(stdout).toMatch(/wrong .*wrong\.yaml {2}1 error/);
    expect(stdout).toContain(`${wrong}:7:`);
    expect(stdout).toContain('→');
  });
});

describe('souk deploy', () => {
  it('says before anything is ordered that it can’t ask, and what to give', async () => {
    using home = testHome();
    const { code, stderr } = await home.souk('deploy', home.file('app.yaml', workload));
    expect(code).toBe(2);
    expect(stderr).toContain('--yes');
  });

  it('refuses a wrong file with every issue: exit code 3', async () => {
    using home = testHome();
    const file = home.file('app.yaml', workload.replaceAll('count: 1', 'count: 0'));
    const { code, stderr } = await home.souk('deploy', file, '--yes', '--json');
    expect(code).toBe(3);
    const { error } = JSON.parse(stderr) as { error: { code: string; data: { errors: unknown[] } } };
    expect(error.code).toBe('sdl.invalid');
    expect(error.data.errors.length).toBeGreaterThan(0);
  });
});
