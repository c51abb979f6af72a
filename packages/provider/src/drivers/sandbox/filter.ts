/**
 * The filter of system calls that sandboxes run under, as the kernel's BPF. It refuses what containers have no use
 * for and kernels have had holes in: new namespaces, mounts, keyrings, BPF, io_uring, tracing the kernel.
 */
import { endianness } from 'node:os';
import { writeFile, rename } from 'node:fs/promises';
import { join } from 'node:path';

interface Numbers {
  readonly audit: number;
  readonly clone: number;
  readonly unshare: number;
  readonly setns: number;
  readonly denied: readonly number[];
}

/** Since 5.1 new calls have the same number everywhere: io_uring_*, open_tree … fsmount, clone3, mount_setattr. */
const newMounts = [428, 429, 430, 431, 432, 433, 442];
const ioUring = [425, 426, 427];
const clone3 = 435;

const architectures: Partial<Record<typeof process.arch, Numbers>> = {
  x64: {
    audit: 0xc000003e,
    clone: 56,
    unshare: 272,
    setns: 308,
    // mount, umount2, pivot_root, swapon, swapoff, reboot, init_module, finit_module, delete_module, kexec_load,
    // kexec_file_load, add_key, request_key, keyctl, bpf, perf_event_open, userfaultfd, open_by_handle_at, acct,
    // settimeofday, clock_settime, adjtimex, quotactl, lookup_dcookie, syslog, chroot
    denied: [
      165, 166, 155, 167, 168, 169, 175, 313, 176, 246, 320, 248, 249, 250, 321, 298, 323, 304, 163, 164, 227,
      159, 179, 212, 103, 161,
    ],
  },
  arm64: {
    audit: 0xc00000b7,
    clone: 220,
    unshare: 97,
    setns: 268,
    denied: [
      40, 39, 41, 224, 225, 142, 105, 273, 106, 104, 294, 217, 218, 219, 280, 241, 282, 265, 89, 170, 112,
      171, 60, 18, 116, 51,
    ],
  },
};

const load = 0x20;
const jumpIfEqual = 0x15;
const jumpIfSet = 0x45;
const jumpIfAtLeast = 0x35;
const answer = 0x06;
const allow = 0x7fff0000;
const refuse = 0x00050001; // EPERM
const notThere = 0x00050026; // ENOSYS: the C library then falls back from clone3 to clone
const kill = 0x80000000;
const newNamespaces = 0x7e020000; // CLONE_NEW*, but time

type Instruction = readonly [code: number, ifTrue: number, ifFalse: number, value: number];

/** Undefined on a processor whose call numbers we don't know. */
export function filterProgram(arch: typeof process.arch = process.arch): Buffer | undefined {
  const numbers = architectures[arch];
  if (numbers === undefined || endianness() !== 'LE') return undefined;
  const answerIf = (number: number, value: number): readonly Instruction[] => [
    [jumpIfEqual, 0, 1, number],
    [answer, 0, 0, value],
  ];
  const program: readonly Instruction[] = [
    [load, 0, 0, 4],
    [jumpIfEqual, 1, 0, numbers.audit],
    [answer, 0, 0, kill],
    [load, 0, 0, 0],
    // The x32 numbers of x86-64.
    [jumpIfAtLeast, 0, 1, 0x40000000],
    [answer, 0, 0, refuse],
    ...answerIf(clone3, notThere),
    ...ioUring.flatMap((number) => answerIf(number, notThere)),
    ...[...numbers.denied, ...newMounts, numbers.unshare, numbers.setns].flatMap((number) =>
      answerIf(number, refuse),
    ),
    [jumpIfEqual, 0, 3, numbers.clone],
    [load, 0, 0, 16],
    [jumpIfSet, 0, 1, newNamespaces],
    [answer, 0, 0, refuse],
    [answer, 0, 0, allow],
  ];
  const bytes = Buffer.alloc(program.length * 8);
  for (const [index, [code, ifTrue, ifFalse, value]] of program.entries()) {
    bytes.writeUInt16LE(code, index * 8);
    bytes.writeUInt8(ifTrue, index * 8 + 2);
    bytes.writeUInt8(ifFalse, index * 8 + 3);
    bytes.writeUInt32LE(value, index * 8 + 4);
  }
  return bytes;
}

/** Null where there is none for this processor. */
export async function writeFilter(folder: string): Promise<string | null> {
  const program = filterProgram();
  if (program === undefined) return null;
  const path = join(folder, 'filter.bpf');
  await writeFile(`${path}.${process.pid}`, program);
  await rename(`${path}.${process.pid}`, path);
  return path;
}
