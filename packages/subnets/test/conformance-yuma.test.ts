import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkDirectory } from './conformance/check-directory.ts';

const vectors = join(import.meta.dirname, 'vectors');

function inCopy<T>(work: (directory: string) => T): T {
  const directory = mkdtempSync(join(tmpdir(), 'souk-vectors-'));
  try {
    cpSync(vectors, directory, { recursive: true });
    return work(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

describe('published vectors', () => {
  it('all come out bit for bit', () => {
    const report = checkDirectory(vectors, () => undefined);
    expect(report.failures).toEqual([]);
    expect(report.passed).toBeGreaterThan(120);
  });

  it('show where one number differs', () => {
    inCopy((directory) => {
      const path = join(directory, 'epochs.json');
      const file = JSON.parse(readFileSync(path, 'utf8'));
      file.scenarios[1].steps[0].out.dividends[2] += 1;
      writeFileSync(path, JSON.stringify(file));
      const { failures } = checkDirectory(directory, () => undefined);
      expect(failures).toHaveLength(1);
      expect(failures[0]).toMatch(/^edge-045-n4 step 0: dividends\[2\] expected \d+, got \d+$/);
    });
  });

  it('name a format that nobody knows', () => {
    inCopy((directory) => {
      writeFileSync(join(directory, 'later.json'), JSON.stringify({ format: 'epoch-v9' }));
      const lines: string[] = [];
      checkDirectory(directory, (line) => lines.push(line));
      expect(lines).toContain('later.json: format "epoch-v9" is not known, not compared');
    });
  });
});
