/** @souk/net/testing: a network of peers in memory that behaves as the real one, for tests of other rooms. */
export { createFakeNetwork, type FakeNetwork, type FakePeerOptions, type Stranger } from './fake-network.ts';
