/**
 * The smallest programs there are: a few system calls of Linux on x86-64, then exit with 0 where the last one worked,
 * else with its errno. So that an attempt needs no compiler, no library, and nothing in the image.
 */
export interface Syscall {
  readonly number: number;
  /** Numbers as they are; text and bytes as a pointer to them. */
  readonly args: readonly (number | string | Uint8Array)[];
}

const base = 0x400000;
const headerBytes = 64 + 56;
/** `mov` of 64 bits into rdi, rsi, rdx, r10, r8, r9. */
const registers = [
  [0x48, 0xbf],
  [0x48, 0xbe],
  [0x48, 0xba],
  [0x49, 0xba],
  [0x49, 0xb8],
  [0x49, 0xb9],
] as const;
const callBytes = 7 + registers.length * 10 + 2;
/** exit(rax < 0 ? -rax : 0) */
const ending = [
  0x48, 0x89, 0xc7, 0x48, 0xf7, 0xdf, 0x48, 0x85, 0xc0, 0x78, 0x03, 0x48, 0x31, 0xff, 0xb8, 60, 0, 0, 0, 0x0f,
  0x05,
];

export function programOf(calls: readonly Syscall[]): Buffer {
  const codeBytes = calls.length * callBytes + ending.length;
  const data: Buffer[] = [];
  const place = (bytes: Uint8Array): number => {
    const at = base + headerBytes + codeBytes + data.reduce((sum, each) => sum + each.length, 0);
    data.push(Buffer.from(bytes));
    return at;
  };
  const valueOf = (arg: Syscall['args'][number]) =>
    typeof arg === 'number' ? arg : place(typeof arg === 'string' ? Buffer.from(`${arg}\0`) : arg);
  const code = Buffer.concat([
    ...calls.map((call) => codeOf(call.number, call.args.map(valueOf))),
    Buffer.from(ending),
  ]);
  const body = Buffer.concat([code, ...data]);
  return Buffer.concat([headerOf(headerBytes + body.length), body]);
}

function codeOf(number: number, args: readonly number[]): Buffer {
  const code = Buffer.alloc(callBytes);
  code.set([0x48, 0xc7, 0xc0]);
  code.writeInt32LE(number, 3);
  for (const [index, opcode] of registers.entries()) {
    code.set(opcode, 7 + index * 10);
    code.writeBigInt64LE(BigInt(args[index] ?? 0), 9 + index * 10);
  }
  code.set([0x0f, 0x05], callBytes - 2);
  return code;
}

/** One segment, the whole file: readable, writable, executable. */
function headerOf(fileBytes: number): Buffer {
  const header = Buffer.alloc(headerBytes);
  header.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  header.writeUInt16LE(2, 16);
  header.writeUInt16LE(62, 18);
  header.writeUInt32LE(1, 20);
  header.writeBigUInt64LE(BigInt(base + headerBytes), 24);
  header.writeBigUInt64LE(64n, 32);
  header.writeUInt16LE(64, 52);
  header.writeUInt16LE(56, 54);
  header.writeUInt16LE(1, 56);
  header.writeUInt32LE(1, 64);
  header.writeUInt32LE(7, 68);
  header.writeBigUInt64LE(BigInt(base), 80);
  header.writeBigUInt64LE(BigInt(base), 88);
  header.writeBigUInt64LE(BigInt(fileBytes), 96);
  header.writeBigUInt64LE(BigInt(fileBytes), 104);
  header.writeBigUInt64LE(0x1000n, 112);
  return header;
}
