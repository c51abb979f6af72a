import { describe, expect, it } from 'vitest';
import { createGate, createTurnstile } from './queue.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a turnstile', () => {
  it('runs one task at a time, in order, and goes on after a failure', async () => {
    const inTurn = createTurnstile();
    const log: string[] = [];
    const task = (name: string, fails = false) =>
      inTurn(async () => {
        log.push(`${name} starts`);
        await turn();
        log.push(`${name} ends`);
        if (fails) throw new Error(name);
      });
    const results = await Promise.allSettled([task('a'), task('b', true), task('c')]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(log).toEqual(['a starts', 'a ends', 'b starts', 'b ends', 'c starts', 'c ends']);
  });
});

describe('a gate', () => {
  it('lets so many through at once and the others after them', async () => {
    const gate = createGate(3);
    let running = 0;
    let most = 0;
    const task = () =>
      gate(async () => {
        running += 1;
        most = Math.max(most, running);
        await turn();
        running -= 1;
      });
    await Promise.all(Array.from({ length: 20 }, task));
    expect(most).toBe(3);
    expect(running).toBe(0);
  });
});
