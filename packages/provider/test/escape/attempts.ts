/**
 * What a hostile tenant would try, one attempt each, named by what it is after. `run` resolves to what came of it;
 * `escaped` only where something was reached, changed or gained that is not the workload's own.
 */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { programOf, type Syscall } from './elf.ts';
import type { Stage } from './stage.ts';

export interface Outcome {
  readonly escaped: boolean;
  readonly got: string;
}

export interface Attempt {
  readonly after: string;
  readonly name: string;
  run(stage: Stage): Promise<Outcome>;
}

/** Contained where the script's answer does not hold the secret of the canaries. */
function reading(after: string, name: string, script: (stage: Stage) => string): Attempt {
  return {
    after,
    name,
    async run(stage) {
      const got = await stage.attack(script(stage));
      return { escaped: got.includes(stage.host.secret), got };
    },
  };
}

/** Contained where the canaries saw no connection. */
function reaching(after: string, name: string, script: (stage: Stage) => string): Attempt {
  return {
    after,
    name,
    async run(stage) {
      const before = stage.host.connections();
      const got = await stage.attack(script(stage));
      return { escaped: stage.host.connections() > before || got.includes('connected'), got };
    },
  };
}

/** Contained where the host's canaries are as they were. */
function changing(after: string, name: string, script: (stage: Stage) => string): Attempt {
  return {
    after,
    name,
    async run(stage) {
      const got = await stage.attack(script(stage));
      return { escaped: !stage.host.isUntouched() || got.includes('changed'), got };
    },
  };
}

/** An iovec: eight bytes where every program of ours begins. */
const eightBytes = Buffer.from(BigUint64Array.of(0x400000n, 8n).buffer);

const noSuchProcess = 'errno 3';
/** Not permitted, access denied, no such call; and what ends a program that the filter does not suffer. */
const refusals = ['errno 1', 'errno 13', 'errno 38', 'SIGSYS'];

/** Contained only where the kernel says that the last of the calls is not allowed, or what else is `fine`. */
function calling(
  after: string,
  name: string,
  calls: readonly Syscall[] | ((stage: Stage) => readonly Syscall[]),
  { options = '{}', fine = [] }: { readonly options?: string; readonly fine?: readonly string[] } = {},
): Attempt {
  return {
    after,
    name,
    async run(stage) {
      const program = programOf(typeof calls === 'function' ? calls(stage) : calls).toString('base64');
      const got = await stage.attack(`return native('${program}', ${options})`);
      return { escaped: ![...refusals, ...fine].some((refusal) => got === refusal), got };
    },
  };
}

const list = (values: readonly string[]) => JSON.stringify(values);
const tryEach = (paths: readonly string[], use: string) => `
  const got = [];
  for (const path of ${list(paths)}) {
    try { got.push(path + ': ' + (${use})); } catch (error) { got.push(path + ': ' + error.code); }
  }
  return got.join(', ');`;

const files: readonly Attempt[] = [
  reading('host files', 'read a file of the host by its path', ({ host }) =>
    tryEach(
      [host.file, `/proc/1/root${host.file}`, `/proc/1/cwd/../../..${host.file}`],
      `fs.readFileSync(path, 'utf8')`,
    ),
  ),
  changing('host files', 'write a file of the host by its path', ({ host }) =>
    tryEach(
      [`/proc/1/root${host.file}`, host.file],
      `fs.existsSync(path) && fs.writeFileSync(path, 'owned')`,
    ),
  ),
  reading(
    'host files',
    'follow a link in a volume',
    ({ host }) => `
    fs.symlinkSync('${host.file}', '/data/link');
    fs.symlinkSync('/proc/1/root', '/data/root');
    ${tryEach(['/data/link', `/data/root${host.file}`], `fs.readFileSync(path, 'utf8')`)}`,
  ),
  // open_by_handle_at(open("/"), 8 bytes of type 1: the root’s inode)
  calling('host files', 'open by handle, past every folder', [
    { number: 2, args: ['/', 0] },
    { number: 304, args: [3, Buffer.from([8, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0]), 0] },
  ]),
  {
    after: 'host files',
    name: 'read the provider’s plans, journals and volumes',
    async run(stage) {
      const paths = [
        stage.dataFolder,
        `/proc/1/root${stage.dataFolder}`,
        '/var/lib/docker',
        join(homedir(), '.souk'),
      ];
      const got = await stage.attack(tryEach(paths, 'fs.readdirSync(path).join()'));
      return { escaped: /replicas|volumes|images|journal/.test(got), got };
    },
  },
  {
    after: 'host files',
    name: 'change what the host’s kernel reads',
    async run(stage) {
      const knobs = [
        '/proc/sys/kernel/core_pattern',
        '/proc/sys/kernel/modprobe',
        '/proc/sysrq-trigger',
        '/sys/kernel/uevent_helper',
        '/sys/fs/cgroup/release_agent',
        '/sys/fs/cgroup/memory/release_agent',
      ];
      const got = await stage.attack(tryEach(knobs, `fs.closeSync(fs.openSync(path, 'r+')) ?? 'opened'`));
      return { escaped: got.includes('opened'), got };
    },
  },
];

const processes: readonly Attempt[] = [
  changing(
    'host processes',
    'kill a process of the host',
    ({ host }) => `process.kill(${host.processId}, 'SIGKILL')`,
  ),
  {
    after: 'host processes',
    name: 'see processes that are not its own',
    async run(stage) {
      const script = `return fs.readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name)).map((pid) => {
        try { return fs.readFileSync('/proc/' + pid + '/cmdline', 'utf8'); } catch { return ''; }
      }).join(' ')`;
      const got = await stage.attack(script);
      return { escaped: /vitest|run\.ts|dockerd|containerd|systemd|sleep\0?3600/.test(got), got };
    },
  },
  calling(
    'ptrace',
    'trace a process of the host (ptrace)',
    ({ host }) => [{ number: 101, args: [16, host.processId, 0, 0] }],
    { fine: [noSuchProcess] },
  ),
  calling(
    'ptrace',
    'read the memory of a process of the host (process_vm_readv)',
    ({ host }) => [{ number: 310, args: [host.processId, eightBytes, 1, eightBytes, 1, 0] }],
    { fine: [noSuchProcess] },
  ),
];

const network: readonly Attempt[] = [
  reaching(
    'host network',
    'connect to the host’s loopback and other addresses',
    ({ host }) => `
    const got = await Promise.all(${list(host.addresses)}.map(async (at) =>
      at + ' ' + await connect({ host: at, port: ${host.port} })));
    return got.join(', ');`,
  ),
  reaching(
    'host network',
    'connect to its gateway',
    ({ host }) => `
    const routes = fs.readFileSync('/proc/net/route', 'utf8').split('\\n').slice(1).map((line) => line.split('\\t')[2]);
    const gateways = routes.filter((hex) => hex && hex !== '00000000').map((hex) =>
      Buffer.from(hex, 'hex').reverse().join('.'));
    const got = await Promise.all(gateways.map(async (at) => at + ' ' + await connect({ host: at, port: ${host.port} })));
    return got.join(', ') || 'no gateway';`,
  ),
  reaching(
    'metadata',
    'ask the cloud’s metadata address',
    ({ host }) => `
    const got = await Promise.all([80, ${host.port}].map((port) => connect({ host: '169.254.169.254', port })));
    return got.join(', ');`,
  ),
  reaching(
    'host network',
    'connect to an abstract socket of the host',
    ({ host }) => `return connect({ path: '\\0${host.abstractSocket.slice(1)}' })`,
  ),
  reaching(
    'host network',
    'connect to the Docker socket',
    () => `
    const got = await Promise.all(['/var/run/docker.sock', '/run/docker.sock', '/run/containerd/containerd.sock'].map(
      (path) => connect({ path })));
    return got.join(', ');`,
  ),
  calling('raw sockets', 'open a raw socket', [{ number: 41, args: [2, 3, 1] }]),
  calling('raw sockets', 'open a packet socket', [{ number: 41, args: [17, 3, 0x300] }]),
];

const tenants: readonly Attempt[] = [
  reaching(
    'other tenants',
    'connect to another tenant’s workload',
    ({ victimAt }) => `
    const got = await Promise.all(${JSON.stringify(victimAt)}.map(async (at) =>
      JSON.stringify(at) + ' ' + await connect(at)));
    return got.join(', ');`,
  ),
  reading('other tenants', 'read another tenant’s volume and shared memory', ({ dataFolder, victim }) =>
    tryEach(
      [
        '/data/mine',
        '/dev/shm/mine',
        `${dataFolder}/volumes/${victim}/mine`,
        `/proc/1/root${dataFolder}/volumes/${victim}/mine`,
      ],
      `fs.readFileSync(path, 'utf8')`,
    ),
  ),
  reading(
    'other tenants',
    'find another tenant’s files anywhere',
    () => `
    const found = [];
    const walk = (path, depth) => {
      if (depth > 4) return;
      let names = [];
      try { names = fs.readdirSync(path, { withFileTypes: true }); } catch { return; }
      for (const entry of names) {
        const at = path + '/' + entry.name;
        if (entry.isFile() && entry.name === 'mine') { try { found.push(fs.readFileSync(at, 'utf8')); } catch {} }
        if (entry.isDirectory() && !/^\\/(proc|sys)/.test(at)) walk(at, depth + 1);
      }
    };
    walk('', 0);
    return found.length + ' found: ' + found.join();`,
  ),
];

const devices: readonly Attempt[] = [
  {
    after: 'devices',
    name: 'open the host’s disks, memory and kernel log',
    async run(stage) {
      const paths = [
        '/dev/vda',
        '/dev/sda',
        '/dev/nvme0n1',
        '/dev/mem',
        '/dev/kmsg',
        '/dev/kvm',
        '/dev/fuse',
        '/dev/net/tun',
      ];
      const got = await stage.attack(tryEach(paths, `fs.closeSync(fs.openSync(path, 'r')) ?? 'opened'`));
      return { escaped: got.includes('opened'), got };
    },
  },
  calling('devices', 'make a device of its own (mknod)', [
    { number: 133, args: ['/tmp/disk', 0o60666, 0xfe00] },
  ]),
  calling('devices', 'take the machine’s I/O ports (iopl)', [{ number: 172, args: [3] }]),
];

const privilege: readonly Attempt[] = [
  {
    after: 'privilege',
    name: 'have any capability that reaches past the workload',
    async run(stage) {
      // chown, dac_override, fowner, setgid, setuid, net_bind_service: what images need to step down from root.
      const harmless = 0x4cbn;
      const got = await stage.attack(
        `return /CapBnd:\\s(\\w+)/.exec(fs.readFileSync('/proc/self/status', 'utf8'))[1]`,
      );
      return { escaped: (BigInt(`0x${got}`) & ~harmless) !== 0n, got };
    },
  },
  // capset(version 3, all of both words)
  calling('privilege', 'take all capabilities (capset)', [
    {
      number: 126,
      args: [Buffer.from([0x22, 0x05, 0x08, 0x20, 0, 0, 0, 0]), Buffer.alloc(24, 0xff)],
    },
  ]),
  // As nobody, a program of root's with the setuid bit: setuid(0)
  calling('setuid', 'become root by a setuid program', [{ number: 105, args: [0] }], {
    options: '{ mode: 0o4755, uid: 65534 }',
    // The sandbox has one user only.
    fine: ['did not start: EINVAL', 'did not start: EPERM'],
  }),
  {
    after: 'privilege',
    name: 'run without the filter of calls, or with programs that give privileges',
    async run(stage) {
      const got = await stage.attack(
        `return /NoNewPrivs:\\s(\\d)/.exec(fs.readFileSync('/proc/self/status', 'utf8'))[1] +
          /Seccomp:\\s(\\d)/.exec(fs.readFileSync('/proc/self/status', 'utf8'))[1]`,
      );
      return { escaped: got !== '12', got: `no new privileges ${got[0]}, filter ${got[1]}` };
    },
  },
  calling('mount', 'mount a file system', [{ number: 165, args: ['none', '/tmp', 'tmpfs', 0, 0] }]),
  calling('mount', 'mount the proc of the host', [{ number: 165, args: ['proc', '/tmp', 'proc', 0, 0] }]),
  calling('mount', 'take away what hides the kernel’s files (umount)', [
    { number: 166, args: ['/proc/sys', 2] },
  ]),
  calling('mount', 'open a tree to mount elsewhere (open_tree)', [{ number: 428, args: [-100, '/', 1] }]),
  calling('namespaces', 'make a user namespace (unshare)', [{ number: 272, args: [0x10000000] }]),
  calling('namespaces', 'make a mount namespace (unshare)', [{ number: 272, args: [0x20000] }]),
  calling('namespaces', 'make a user namespace (clone)', [
    { number: 56, args: [0x10000000 + 17, 0, 0, 0, 0] },
  ]),
  calling(
    'namespaces',
    'enter namespaces of process 1 (setns)',
    [
      { number: 2, args: ['/proc/1/ns/mnt', 0] },
      { number: 308, args: [3, 0x20000] },
    ],
    { fine: ['errno 9'] },
  ),
  calling('namespaces', 'change root (chroot)', [{ number: 161, args: ['/tmp'] }]),
];

const uringProgram = programOf([{ number: 425, args: [4, Buffer.alloc(120)] }]).toString('base64');

const kernel: readonly Attempt[] = [
  calling('kernel', 'load a module', [{ number: 175, args: [Buffer.alloc(64), 64, ''] }]),
  calling('kernel', 'load a program into the kernel (bpf)', [
    { number: 321, args: [0, Buffer.alloc(128), 72] },
  ]),
  calling('kernel', 'watch the machine (perf_event_open)', [
    // software, cpu clock, of all processes on one processor
    {
      number: 298,
      args: [Buffer.concat([Buffer.from([1, 0, 0, 0, 112, 0, 0, 0]), Buffer.alloc(120)]), -1, 0, -1, 0],
    },
  ]),
  calling('kernel', 'read the keys of others (keyctl)', [{ number: 250, args: [0, -4, 0] }]),
  calling('kernel', 'read the kernel’s log (syslog)', [{ number: 103, args: [3, Buffer.alloc(64), 64] }]),
  {
    after: 'kernel',
    name: 'use io_uring',
    async run(stage) {
      const got = await stage.attack(`return native('${uringProgram}')`);
      // It reaches nothing by itself; a driver that can't shut it must say so to whoever rents.
      const isKnown = stage.driver.warnings.some((warning) => warning.includes('io_uring'));
      return {
        escaped: !refusals.includes(got) && !isKnown,
        got: got === 'worked' ? 'worked, and is warned of' : got,
      };
    },
  },
  calling('kernel', 'restart the machine (reboot)', [{ number: 169, args: [0, 0, 0, 0] }]),
  calling('kernel', 'load another kernel (kexec)', [{ number: 246, args: [0, 99, 0, 0xffff] }]),
  calling('kernel', 'rename the machine (sethostname)', [{ number: 170, args: ['owned', 5] }]),
  calling('kernel', 'swap to a file (swapon)', [{ number: 167, args: ['/tmp/none', 0] }]),
];

const cgroups: readonly Attempt[] = [
  {
    after: 'limits',
    name: 'leave its control group, or widen it',
    async run(stage) {
      const paths = [
        '/sys/fs/cgroup/cgroup.procs',
        '/sys/fs/cgroup/memory.max',
        '/sys/fs/cgroup/pids.max',
        '/sys/fs/cgroup/memory/memory.limit_in_bytes',
        '/sys/fs/cgroup/memory/cgroup.procs',
        '/sys/fs/cgroup/pids/pids.max',
      ];
      const got = await stage.attack(tryEach(paths, `fs.closeSync(fs.openSync(path, 'r+')) ?? 'opened'`));
      return { escaped: got.includes('opened'), got };
    },
  },
];

export const attempts: readonly Attempt[] = [
  ...files,
  ...processes,
  ...network,
  ...tenants,
  ...devices,
  ...privilege,
  ...kernel,
  ...cgroups,
];
