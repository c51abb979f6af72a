import { expect, test } from 'vitest';
import { filterProgram } from './filter.ts';

const x64 = 0xc000003e;
const allow = 0x7fff0000;
const eperm = 0x00050001;
const enosys = 0x00050026;

/** What the kernel would answer: runs the program as its BPF does. */
function judge(call: number, firstArgument = 0, audit = x64): number {
  const program = filterProgram('x64') ?? Buffer.alloc(0);
  const fields = new Map([
    [0, call],
    [4, audit],
    [16, firstArgument],
  ]);
  let value = 0;
  for (let at = 0; at < program.length / 8; at += 1) {
    const code = program.readUInt16LE(at * 8);
    const [ifTrue, ifFalse] = [program.readUInt8(at * 8 + 2), program.readUInt8(at * 8 + 3)];
    const operand = program.readUInt32LE(at * 8 + 4);
    if (code === 0x20) value = fields.get(operand) ?? Number.NaN;
    else if (code === 0x15) at += value === operand ? ifTrue : ifFalse;
    else if (code === 0x35) at += value >= operand ? ifTrue : ifFalse;
    else if (code === 0x45) at += (value & operand) !== 0 ? ifTrue : ifFalse;
    else return operand;
  }
  return Number.NaN;
}

test.for([
  ['read', 0],
  ['mmap', 9],
  ['execve', 59],
  ['socket', 41],
  ['openat', 257],
  ['futex_waitv', 449],
] as const)('lets %s through', ([, call]) => {
  expect(judge(call)).toBe(allow);
});

test.for([
  ['mount', 165],
  ['pivot_root', 155],
  ['unshare', 272],
  ['setns', 308],
  ['keyctl', 250],
  ['bpf', 321],
  ['perf_event_open', 298],
  ['fsmount', 432],
  ['a call by its x32 number', 0x40000000 + 165],
] as const)('refuses %s', ([, call]) => {
  expect(judge(call)).toBe(eperm);
});

test('says that clone3 and io_uring are not there, so that libraries fall back', () => {
  expect(judge(435)).toBe(enosys);
  expect(judge(425)).toBe(enosys);
});

test('lets threads and processes be made, but none in new namespaces', () => {
  const [thread, newUser, newNet] = [0x3d0f00, 0x10000000, 0x40000000];
  expect(judge(56, thread)).toBe(allow);
  expect(judge(56, 17)).toBe(allow);
  expect(judge(56, newUser | 17)).toBe(eperm);
  expect(judge(56, newNet | 17)).toBe(eperm);
});

test('kills a process that calls as another machine would', () => {
  expect(judge(0, 0, 0x40000003)).toBe(0x80000000);
});

test('has none for a machine whose calls it does not know', () => {
  expect(filterProgram('riscv64')).toBeUndefined();
  // Whole instructions of eight bytes.
  expect((filterProgram('arm64')?.length ?? 1) % 8).toBe(0);
});
