import { describe, expect, it } from 'vitest';
import { printable } from './output.ts';
import { captured } from './testing/captured.ts';

describe('output', () => {
  it('prints text for people and one compact JSON document for machines, bigint as decimal text', () => {
    const people = captured();
    people.output.document({ amount: 5n }, () => 'five');
    expect(people.stdout).toEqual(['five\n']);
    const machine = captured({ isJson: true });
    machine.output.document({ amount: 5n }, () => 'five');
    expect(machine.stdout).toEqual(['{"amount":"5"}\n']);
  });

  it('keeps notes off standard output, and silent with --quiet and --json', () => {
    const people = captured();
    people.output.note('working');
    expect([people.stdout, people.stderr]).toEqual([[], ['working\n']]);
    for (const options of [{ isQuiet: true }, { isJson: true }] as const) {
      const other = captured(options);
      other.output.note('working');
      expect([other.stdout, other.stderr]).toEqual([[], []]);
    }
  });

  it('warns even when quiet, as JSON for machines', () => {
    const quiet = captured({ isQuiet: true });
    quiet.output.warn('careful');
    expect(quiet.stderr).toEqual(['warning: careful\n']);
    const machine = captured({ isJson: true });
    machine.output.warn('careful');
    expect(machine.stderr).toEqual(['{"warning":"careful"}\n']);
  });

  it('paints only where colour is wanted', () => {
    expect(captured().output.paint('red', 'x')).toBe('x');
    expect(captured({ hasColour: true }).output.paint('red', 'x')).toBe('\u001b[31mx\u001b[39m');
  });

  it('takes escape sequences and control characters out of what peers say', () => {
    expect(printable('a\u001b[2Jb\u001b]0;title\u0007c\rd\u0000\te')).toBe('abcd\te');
  });
});
