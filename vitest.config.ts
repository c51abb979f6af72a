import { defineConfig } from 'vitest/config';

const subnetScenario = 'e2e/scenarios/subnet.test.ts';

/**
 * Four projects: `unit` (beside the code: no network, disk or real clock), `rooms` (packages' own test/ folders:
 * a real SQLite, libp2p, anvil, driver), `e2e` (the real CLI against a real network) and
 * `subnets` (the same for a subnet, by itself).
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts', 'bench/**/*.test.ts', 'e2e/rooms.test.ts'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'rooms',
          include: ['packages/*/test/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/scenarios/**/*.test.ts'],
          exclude: [subnetScenario],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // Each file has a network of its own and mostly waits; more than two at once would wait for the cores.
          maxWorkers: 2,
        },
      },
      {
        test: {
          // Its miners do real work on every core: beside it, whatever has to be in time would be late.
          name: 'subnets',
          include: [subnetScenario],
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
