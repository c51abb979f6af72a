import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { describeConfig, readConfig } from '../src/index.ts';

const schemas = {
  net: z.object({
    dialTimeoutMs: z.number().int().default(5000).describe('how long a dial may take'),
    listen: z.array(z.string()).default([]).describe('where to listen'),
  }),
};
let file: string;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'souk-config-'));
  file = join(folder, 'config.yaml');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('settings', () => {
  it('come from defaults, then the file, then the environment, then flags', () => {
    writeFileSync(file, 'net:\n  dialTimeoutMs: 1\n  listen: [a]\n');
    const environment = {
      home: '',
      noColor: false,
      variables: {},
      settings: { SOUK_NET_DIAL_TIMEOUT_MS: '2' },
    };
    expect(readConfig(schemas).net).toEqual({ dialTimeoutMs: 5000, listen: [] });
    expect(readConfig(schemas, { file }).net).toEqual({ dialTimeoutMs: 1, listen: ['a'] });
    expect(readConfig(schemas, { file, environment }).net.dialTimeoutMs).toBe(2);
    expect(
      readConfig(schemas, { file, environment, flags: { net: { dialTimeoutMs: 3 } } }).net.dialTimeoutMs,
    ).toBe(3);
  });

  it('refuse what they do not know, naming it', () => {
    writeFileSync(file, 'nett: {}\n');
    expect(() => readConfig(schemas, { file })).toThrow(
      expect.objectContaining({ code: 'config.unknown-key' }),
    );
    writeFileSync(file, 'net:\n  dialTimeout: 1\n');
    expect(() => readConfig(schemas, { file })).toThrow(/dialTimeout/);
    writeFileSync(file, 'net: [');
    expect(() => readConfig(schemas, { file })).toThrow(
      expect.objectContaining({ code: 'config.unreadable' }),
    );
  });

  it('describe themselves', () => {
    expect(describeConfig(schemas)).toContainEqual({
      room: 'net',
      key: 'dialTimeoutMs',
      description: 'how long a dial may take',
      defaultValue: 5000,
    });
  });
});
