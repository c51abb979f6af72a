import { Fault } from '@souk/protocol';
import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { describeExitCodes, exitCodes } from './exit-codes.ts';
import { failureOf, renderFailure } from './faults.ts';
import { captured } from './testing/captured.ts';

describe('faults at the edge', () => {
  it.each([
    ['chain.unreachable', 4],
    ['chain.wrong-network', 4],
    ['chain.reverted', 1],
    ['chain.something-new', 1],
    ['net.no-peers', 4],
    ['sdl.invalid', 3],
    ['config.unknown-key', 3],
    ['tenant.balance-too-small', 6],
    ['tenant.unknown-deployment', 7],
    ['key.not-found', 7],
    ['key.wrong-password', 8],
    ['cli.no-bids', 5],
    ['cli.needs-answer', 2],
    ['cli.interrupted', 130],
    ['nowhere.known', 1],
  ] as const)('%s ends with %i', (code, exitCode) => {
    expect(failureOf(new Fault(code, 'because', { blame: 'user' })).exitCode).toBe(exitCode);
  });

  it('are a sentence, the reason, and what to do', () => {
    const fault = new Fault('chain.unreachable', 'no answer from http://x', {
      blame: 'chain',
      remedy: 'start it',
    });
    expect(renderFailure(captured().output, failureOf(fault))).toBe(
      'error: The chain did not answer.\n  reason: no answer from http://x\n  to do:  start it',
    );
  });

  it('keep long reasons in line and never print what a peer put in to draw', () => {
    const fault = new Fault('cli.no-bids', 'two\nlines \u001b[31mred', { blame: 'peer' });
    expect(renderFailure(captured().output, failureOf(fault))).toBe(
      'error: No provider made an offer.\n  reason: two\n          lines red',
    );
  });

  it('are one JSON object for machines, with code, exit code and data', () => {
    const fault = new Fault('cli.low-balance', 'poor', { blame: 'user', data: { has: 1n }, remedy: 'earn' });
    expect(JSON.parse(renderFailure(captured({ isJson: true }).output, failureOf(fault)))).toEqual({
      error: {
        code: 'cli.low-balance',
        exitCode: 6,
        sentence: 'There is not enough balance.',
        reason: 'poor',
        remedy: 'earn',
        data: { has: '1' },
      },
    });
  });

  it('of other kinds say their message and no stack', () => {
    const failure = failureOf(new TypeError('oops'));
    expect(failure).toMatchObject({ exitCode: 1, reason: 'oops' });
    expect(renderFailure(captured().output, failure)).not.toContain('TypeError');
  });

  it('of the command line end with 2', () => {
    const error = new CommanderError(1, 'commander.unknownOption', "error: unknown option '--foo'");
    expect(failureOf(error)).toMatchObject({ exitCode: 2, reason: "unknown option '--foo'" });
  });
});

describe('exit codes', () => {
  it('are what they were: scripts rely on them', () => {
    expect(exitCodes).toEqual({
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
    });
    expect(describeExitCodes().split('\n')).toHaveLength(10);
  });
});
