/** `souk up`: a whole network on this machine, with something running on it, until Ctrl-C. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createLog } from '@souk/daemon';
import { Fault } from '@souk/protocol';
import { Option } from 'commander';
import type { DefineCommand } from '../commands/entry.ts';
import type { Context } from '../context.ts';
import { networkHomeAt } from '../home.ts';
import type { Output } from '../output.ts';
import { holderOf, holdPidFile } from '../pid-file.ts';
import { parseCount } from '../subnet/arguments.ts';
import { openDeploymentStore } from '../deployments.ts';
import { commandOfSelf } from '../self.ts';
import { type LocalNetwork, startLocalNetwork } from './network.ts';
import { localFolder } from './state.ts';
import { type LocalSubnet, type LocalSubnetKind, localSubnetKinds } from './subnet.ts';

interface UpFlags {
  readonly driver?: string;
  readonly blockTime: string;
  readonly deploy: boolean;
  readonly restart: boolean;
  readonly subnet?: LocalSubnetKind;
  readonly tempo: number;
}

const exampleFile = join(import.meta.dirname, '../../../../examples/hello/deploy.yaml');
const exampleName = 'hello';

export const defineUp: DefineCommand = (command, act) => {
  command
    .description(
      'start a whole network on this machine: chain, contracts, three providers, a first deployment',
    )
    .option(
      '--driver <name>',
      'how providers run workloads: docker, sandbox or process (default: the best that works)',
    )
    .option('--block-time <seconds>', 'time between blocks of the chain', '1')
    .option('--no-deploy', 'start the network only, without examples/hello')
    .option('--no-restart', 'leave a process that dies dead: to see deployments move')
    .addOption(
      new Option('--subnet <mechanism>', 'also a subnet with three validators and six miners in it').choices(
        localSubnetKinds,
      ),
    )
    .option('--tempo <blocks>', 'length of an epoch of that subnet; at least 12', parseCount, 30)
    .action(act(up));
};

async function up(context: Context, flags: UpFlags): Promise<void> {
  const { output, home, signal } = context;
  const folder = localFolder(home.folder);
  using held = holdPidFile(folder.pidFile);
  if (!held) {
    const running = holderOf(folder.pidFile);
    throw new Fault(
      'local.already-up',
      `the network of ${folder.root} is already up, as process ${running}`,
      {
        blame: 'user',
        remedy: 'use it as it is, stop it with `souk down`, or start another one with --home DIR',
      },
    );
  }
  await using network = await startLocalNetwork({
    home: home.folder,
    log: createLog('up', {
      level: context.flags.debug ? 'debug' : 'info',
      file: join(folder.logs, 'up.log'),
    }),
    blockTimeSeconds: Number(flags.blockTime),
    ...(flags.driver === undefined ? {} : { driver: flags.driver }),
    deadStayDead: !flags.restart,
    ...(flags.subnet === undefined ? {} : { subnet: { kind: flags.subnet, tempo: flags.tempo } }),
    onStep: (step) => output.note(`• ${step} …`),
  });
  warnAboutDriver(context, network);
  if (flags.deploy) await deployExample(context);
  output.document(upEvent(network), () => describeNetwork(context, network));
  await stopped(signal);
  output.note(
    '\nstopping; workloads and leases are kept: `./souk up` recovers them, `./souk down` ends them',
  );
}

function warnAboutDriver(context: Context, network: LocalNetwork): void {
  const warnings = new Set(network.providers.flatMap((provider) => provider.warnings));
  for (const warning of warnings) context.output.warn(warning);
}

/** Through the same command a person would type, unless it still runs from before. */
async function deployExample(context: Context): Promise<void> {
  const { output, home } = context;
  const store = openDeploymentStore(networkHomeAt(home, 'local').deployments);
  const known = await store.load(exampleName);
  if (known && known.closedAt === null) {
    output.note(`• ${exampleName} is deployed already: its lease is recovered`);
    return;
  }
  output.note(`• deploying ${exampleName} …`);
  await runSouk(context, ['image', 'build-hello', '--quiet']);
  await runSouk(context, ['deploy', exampleFile, '--name', exampleName, '--yes']);
}

async function runSouk(context: Context, argv: readonly string[]): Promise<void> {
  const globals = ['--home', context.home.folder, '--network', 'local'];
  const { file, args, env } = commandOfSelf([...argv, ...globals]);
  const child = spawn(file, args, {
    env,
    // With --json standard output is ours alone.
    stdio: ['ignore', context.output.isJson ? 'ignore' : 'inherit', 'inherit'],
  });
  const code = await new Promise((resolve, reject) => child.once('exit', resolve).once('error', reject));
  if (code !== 0) {
    throw new Fault('local.example-failed', `\`souk ${argv.join(' ')}\` ended with ${String(code)}`, {
      blame: 'self',
      remedy: 'start the network alone with --no-deploy and try the command by hand',
    });
  }
}

function upEvent(network: LocalNetwork): unknown {
  return {
    event: 'ready',
    rpcUrl: network.network.rpcUrl,
    networkFile: network.folder.networkFile,
    folder: network.folder.root,
    tenant: network.tenant,
    providers: network.providers.map((provider) => ({ ...provider, pid: provider.pid() })),
    subnet: network.subnet === undefined ? null : subnetEvent(network.subnet),
  };
}

function subnetEvent({ subnet, kind, tempo, actors }: LocalSubnet): unknown {
  return { subnet, kind, tempo, actors: actors.map((actor) => ({ ...actor, pid: actor.pid() })) };
}

function describeSubnet({ paint }: Output, { subnet, kind, tempo, actors }: LocalSubnet): readonly string[] {
  const row = ({ name, role, registration, operator }: LocalSubnet['actors'][number]) =>
    `  ${name.padEnd(14)} ${role === 'mine' ? `UID ${String(registration).padEnd(4)}` : ' '.repeat(8)} ${operator}`;
  return [
    paint('bold', `Subnet ${subnet}: ${kind}, ${tempo} blocks an epoch`),
    ...actors.map(row),
    paint('bold', 'Try next, once an epoch or two are over'),
    `  ./souk subnet metagraph ${subnet}          who earned what`,
    `  ./souk subnet epochs ${subnet}             which are posted, whose evidence is missing`,
    `  ./souk subnet explain ${subnet} UID        why a miner stands where it stands`,
    `  ./souk subnet weights ${subnet}            who gave whom what`,
    `  ./souk subnet claim ${subnet}              the owner’s part, which is yours`,
    '  docs/subnets.md                    make one of your own, mine, validate, stake',
  ];
}

function describeNetwork(context: Context, network: LocalNetwork): string {
  const { output } = context;
  const bold = (text: string) => output.paint('bold', text);
  const rows = network.providers.map(
    (provider) =>
      `  ${provider.name.padEnd(8)} ${provider.driver.padEnd(8)} ${provider.ingress}   health ${provider.admin}/healthz`,
  );
  return [
    '',
    bold('Souk is up on this machine.'),
    `  chain    ${network.network.rpcUrl} (id ${network.network.chainId})`,
    `  market   ${network.network.market}`,
    `  you      ${network.tenant}`,
    `  state    ${network.folder.root}`,
    bold('Providers'),
    ...rows,
    bold('Try next, in another terminal'),
    '  ./souk ps                          what runs, where, for how much',
    '  ./souk logs -f hello               what it prints',
    '  ./souk shell hello                 a shell inside',
    '  ./souk offers                      who sells what',
    '  ./souk image build-example guestbook && ./souk deploy examples/guestbook/deploy.yaml',
    '  ./souk close hello                 stop it and get the rest of the money back',
    ...(network.subnet === undefined ? [] : describeSubnet(output, network.subnet)),
    `Ctrl-C stops the network; ${output.paint('cyan', './souk down --wipe')} removes every trace of it.`,
  ].join('\n');
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
