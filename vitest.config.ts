import { defineConfig } from 'vitest/config';

/**
 * Three projects: `unit` (beside the code: no network, disk or real clock), `rooms` (packages' own test/ folders:
 * a real SQLite, libp2p, anvil, driver) and `e2e` (the real CLI against a real network).
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
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // Each file has a network of its own and mostly waits; more than two at once would wait for the cores.
          maxWorkers: 2,
        },
      },
    ],
  },
});
