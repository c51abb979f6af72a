/**
 * @souk/protocol/testing: everything that peers say to each other, as a list, and hostile versions of all of it. For
 * tests of whatever takes messages in; never used by a daemon.
 */
export { brimfulOf, type HostileBytes, hostileOf } from './hostile.ts';
export { type WireMessage, type WireRecord, wireMessages, wireRecords } from './records.ts';
export { validOf } from './valid.ts';
