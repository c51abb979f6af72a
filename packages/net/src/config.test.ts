import { expect, it } from 'vitest';
import { netConfigSchema } from './index.ts';

it('has a default and a description for every setting, and refuses unknown ones', () => {
  const defaults = netConfigSchema.parse({});
  for (const [key, schema] of Object.entries(netConfigSchema.shape)) {
    expect(defaults).toHaveProperty(key);
    expect(schema.description, key).toMatch(/\w/);
  }
  expect(netConfigSchema.safeParse({ listn: [] }).success).toBe(false);
});
