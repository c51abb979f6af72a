/** @souk/subnets/testing: subnets on a chain in memory, for tests of whoever mines, validates or computes epochs. */
export { createFakeSubnets, type FakeSubnets, type FakeSubnetsOptions } from './testing/fake-subnets.ts';
export { account, madeUpFacts, type MadeUpSubnet, makeUpSubnet } from './testing/made-up-subnet.ts';
