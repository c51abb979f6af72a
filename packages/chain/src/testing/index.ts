/**
 * @souk/chain/testing: a chain in memory and a clock that a test moves. For the tests of every room that reads or
 * writes the chain; never for anything that runs.
 */
export { createFakeChain, type FakeChain, type FakeChainOptions, type WriteName } from './fake-chain.ts';
export { createTestClock, type TestClock } from './test-clock.ts';
