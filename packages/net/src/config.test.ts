import { expect, it } from 'vitest';
import { netConfigSchema } from './index.ts';

it('has a default and a description for every setting, and refuses unknown ones', () => {
  const defaults = netConfigSchema.parse({});
  const settings = Object.entries(netConfigSchema.shape);
  expect(Object.keys(defaults)).toEqual(settings.map(([key]) => key));
  expect(settings.filter(([, schema]) => schema.description === undefined)).toEqual([]);
  expect(netConfigSchema.safeParse({ listn: [] }).success).toBe(false);
});
