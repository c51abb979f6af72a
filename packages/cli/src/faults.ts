/**
 * The one table at this edge: what went wrong (a Fault's code) → exit code and sentence. Looked up by the whole code,
 * then by its room. Reason and remedy come with the fault.
 */
import { encodeJson, Fault, type FaultCode } from '@souk/protocol';
import { CommanderError } from 'commander';
import { type ExitName, exitCodes } from './exit-codes.ts';
import { type Output, printable } from './output.ts';

interface Meaning {
  readonly exit: ExitName;
  readonly sentence: string;
}

const byCode: Readonly<Record<FaultCode, Meaning>> = {
  'cli.usage': { exit: 'usage', sentence: 'The command line is wrong.' },
  'cli.needs-answer': {
    exit: 'usage',
    sentence: 'This needs an answer from you, and there is no terminal to ask on.',
  },
  'cli.declined': { exit: 'failed', sentence: 'Nothing was done.' },
  'cli.interrupted': { exit: 'interrupted', sentence: 'Stopped.' },
  'cli.file-unreadable': { exit: 'badInput', sentence: 'A file could not be read.' },
  'cli.no-bids': { exit: 'noBids', sentence: 'No provider made an offer.' },
  'cli.low-balance': { exit: 'lowBalance', sentence: 'There is not enough balance.' },
  'cli.compose-invalid': { exit: 'badInput', sentence: 'The compose file can’t be used as it is.' },
  'cli.file-exists': { exit: 'usage', sentence: 'A file would be overwritten.' },
  'cli.no-ceiling': { exit: 'usage', sentence: 'There is no price to stay under.' },
  'cli.deploy-failed': { exit: 'failed', sentence: 'The deployment did not come up.' },
  'cli.update-failed': { exit: 'failed', sentence: 'The update was not made.' },
  'cli.no-deployment': { exit: 'notFound', sentence: 'There is no such deployment.' },
  'cli.no-lease': { exit: 'notFound', sentence: 'There is no such lease.' },
  'cli.no-network': { exit: 'notFound', sentence: 'There is no network to work on.' },
  'cli.not-local': { exit: 'failed', sentence: 'This works on a local network only.' },
  'cli.secret-missing': { exit: 'usage', sentence: 'Secrets have no value yet.' },
  'cli.secret-unfit': { exit: 'badInput', sentence: 'A secret can’t be used as it is.' },
  'cli.secret-unreadable': { exit: 'locked', sentence: 'A kept secret can’t be read.' },
  'cli.no-secret': { exit: 'notFound', sentence: 'There is no such secret.' },
  'cli.no-key': { exit: 'notFound', sentence: 'There is no key to sign with.' },
  'cli.wish-unreadable': { exit: 'failed', sentence: 'What was deployed can’t be read any more.' },
  'subnet.not-found': { exit: 'notFound', sentence: 'There is no such subnet.' },
  'subnet.not-registered': { exit: 'notFound', sentence: 'There is no such place.' },
  'subnet.no-operator': { exit: 'notFound', sentence: 'This key is no operator’s.' },
  'subnet.no-param': { exit: 'notFound', sentence: 'There is no such parameter.' },
  'subnet.bad-param': { exit: 'usage', sentence: 'The parameter can’t have this value.' },
  'subnet.bad-share': { exit: 'usage', sentence: 'The share is wrong.' },
  'subnet.bad-identity': { exit: 'usage', sentence: 'A subnet can’t say this of itself.' },
  'subnet.too-dear': { exit: 'failed', sentence: 'It costs more than you would pay.' },
  'subnet.full': { exit: 'failed', sentence: 'There is no place free.' },
  'subnet.closed': { exit: 'failed', sentence: 'There is no place to be had.' },
  'subnet.stake-too-small': { exit: 'lowBalance', sentence: 'There is not that much stake.' },
  'subnet.nothing-unbonding': { exit: 'failed', sentence: 'There is nothing to pay out.' },
  'subnet.still-unbonding': { exit: 'failed', sentence: 'It is too early.' },
  'subnet.epoch-not-over': { exit: 'failed', sentence: 'The epoch is not known yet.' },
  'subnet.root-differs': { exit: 'failed', sentence: 'What was posted is not what was earned.' },
  'subnet.no-mechanism': { exit: 'failed', sentence: 'It can’t be known what miners do here.' },
  'subnets.unknown-mechanism': { exit: 'notFound', sentence: 'There is no such mechanism here.' },
  'subnets.bad-mechanism': { exit: 'badInput', sentence: 'The mechanism is wrong.' },
  'subnets.unknown-subnet': { exit: 'notFound', sentence: 'There is no such subnet.' },
  'delegate.unreadable': { exit: 'locked', sentence: 'The bundle could not be opened.' },
  'delegate.not-a-bundle': { exit: 'badInput', sentence: 'This is no bundle for a delegate.' },
  'delegate.empty-password': { exit: 'usage', sentence: 'A bundle needs a password.' },
  'delegate.file-exists': { exit: 'usage', sentence: 'The file is there already.' },
  'delegate.other-network': { exit: 'badInput', sentence: 'The bundle is for another network.' },
  'tenant.wrong-rights': { exit: 'badInput', sentence: 'The key may not watch over this deployment.' },
  'tenant.cannot-delegate': { exit: 'failed', sentence: 'The deployment can’t be delegated now.' },
  'cli.record-busy': { exit: 'failed', sentence: 'A stored record is in use.' },
  'cli.record-damaged': { exit: 'failed', sentence: 'A stored record can’t be read.' },
  'cli.port-taken': { exit: 'failed', sentence: 'The local port can’t be used.' },
  'image.not-found': { exit: 'notFound', sentence: 'There is no such image.' },
  'image.wrong-digest': { exit: 'badInput', sentence: 'The image is not what it says it is.' },
  'snapshot.folder-in-use': { exit: 'usage', sentence: 'There is something in that folder already.' },
  'snapshot.blob-missing': { exit: 'unreachable', sentence: 'The snapshot can’t be had as a whole.' },
  'snapshot.blob-damaged': { exit: 'failed', sentence: 'The snapshot can’t be read.' },
  'snapshot.tree-damaged': { exit: 'failed', sentence: 'The snapshot can’t be read.' },
  'tenant.no-snapshots': { exit: 'notFound', sentence: 'There is no such snapshot.' },
  'tenant.not-restored': { exit: 'failed', sentence: 'Nothing was restored.' },
  'sdl.invalid': { exit: 'badInput', sentence: 'The workload file is wrong.' },
  'money.bad-amount': { exit: 'usage', sentence: 'The amount is wrong.' },
  'key.not-found': { exit: 'notFound', sentence: 'There is no such key.' },
  'key.wrong-password': { exit: 'locked', sentence: 'The key could not be unlocked.' },
  'key.invalid': { exit: 'badInput', sentence: 'This is no key.' },
  'key.bad-name': { exit: 'usage', sentence: 'The name is wrong.' },
  'chain.unreachable': { exit: 'unreachable', sentence: 'The chain did not answer.' },
  'chain.wrong-network': { exit: 'unreachable', sentence: 'The chain is not the one this network names.' },
  'chain.no-network': { exit: 'notFound', sentence: 'There is no such network.' },
  'chain.no-subnets': { exit: 'notFound', sentence: 'This network has no subnets.' },
  'chain.bad-network': { exit: 'badInput', sentence: 'The network’s address book is wrong.' },
  'chain.reverted': { exit: 'failed', sentence: 'The chain refused the transaction.' },
  'chain.balance-too-small': { exit: 'lowBalance', sentence: 'There is not enough balance.' },
  'chain.no-gas': {
    exit: 'lowBalance',
    sentence: 'There is not enough native coin to pay for the transaction.',
  },
  'tenant.balance-too-small': { exit: 'lowBalance', sentence: 'There is not enough balance.' },
  'tenant.bad-name': { exit: 'usage', sentence: 'The name is wrong.' },
  'tenant.closed-meanwhile': { exit: 'failed', sentence: 'The deployment was closed meanwhile.' },
  'tenant.name-taken': { exit: 'failed', sentence: 'The name is taken.' },
  'tenant.unknown-deployment': { exit: 'notFound', sentence: 'There is no such deployment.' },
  'tenant.unknown-group': { exit: 'notFound', sentence: 'There is no such group.' },
  'tenant.group-needed': { exit: 'usage', sentence: 'The deployment has several groups.' },
  'tenant.other-groups': { exit: 'badInput', sentence: 'The workload file is not one of this deployment.' },
  'tenant.pause-refused': { exit: 'failed', sentence: 'The provider does not pause it.' },
  'tenant.pause-failed': { exit: 'failed', sentence: 'It was not paused.' },
  'tenant.resume-refused': { exit: 'failed', sentence: 'The provider does not go on with it.' },
  'tenant.resume-failed': { exit: 'failed', sentence: 'It does not run again.' },
  'tenant.update-refused': { exit: 'failed', sentence: 'The provider does not make this update.' },
  'tenant.update-too-dear': { exit: 'failed', sentence: 'The update costs more than it may.' },
  'tenant.no-peers': { exit: 'unreachable', sentence: 'No peer of the network was found.' },
  'tenant.no-answer': { exit: 'unreachable', sentence: 'The provider did not answer.' },
  'tenant.manifest-mismatch': { exit: 'badInput', sentence: 'The workload file does not fit together.' },
  'net.no-peers': { exit: 'unreachable', sentence: 'No peer of the network was found.' },
  'net.unreachable': { exit: 'unreachable', sentence: 'The peer did not answer.' },
};

const byRoom: Readonly<Record<string, Meaning>> = {
  cli: { exit: 'failed', sentence: 'The command failed.' },
  config: { exit: 'badInput', sentence: 'The settings are wrong.' },
  image: { exit: 'badInput', sentence: 'The image can’t be used.' },
  sdl: { exit: 'badInput', sentence: 'The workload file is wrong.' },
  subnet: { exit: 'failed', sentence: 'The subnet can’t do this.' },
  subnets: { exit: 'failed', sentence: 'The subnet can’t do this.' },
  key: { exit: 'failed', sentence: 'The key can’t be used.' },
  chain: { exit: 'failed', sentence: 'The chain did not do it.' },
  net: { exit: 'unreachable', sentence: 'The peers can’t be reached.' },
  tenant: { exit: 'failed', sentence: 'It could not be done.' },
  provider: { exit: 'failed', sentence: 'The provider can’t run.' },
  pricing: { exit: 'badInput', sentence: 'The prices are wrong.' },
  ingress: { exit: 'failed', sentence: 'The ingress can’t serve.' },
  https: { exit: 'badInput', sentence: 'HTTPS can’t be offered.' },
  driver: { exit: 'failed', sentence: 'The driver can’t run workloads here.' },
  local: { exit: 'failed', sentence: 'The network on this machine is in trouble.' },
  lease: { exit: 'failed', sentence: 'The lease could not be served.' },
  daemon: { exit: 'failed', sentence: 'The process can’t run.' },
};

const unforeseen: Meaning = { exit: 'failed', sentence: 'Something went wrong that should not have.' };

export interface Failure {
  readonly code: string;
  readonly exitCode: number;
  readonly sentence: string;
  readonly reason: string;
  readonly remedy: string | undefined;
  readonly data: Readonly<Record<string, unknown>>;
}

export function failureOf(error: unknown): Failure {
  if (error instanceof CommanderError) return usageFailure(error);
  if (!(error instanceof Fault)) {
    return {
      code: 'cli.unforeseen',
      exitCode: exitCodes.failed,
      sentence: unforeseen.sentence,
      reason: error instanceof Error ? error.message : String(error),
      remedy: 'run it again with --debug and report what it prints',
      data: {},
    };
  }
  const meaning = byCode[error.code] ?? byRoom[error.code.split('.')[0] ?? ''] ?? unforeseen;
  return {
    code: error.code,
    exitCode: exitCodes[meaning.exit],
    sentence: meaning.sentence,
    reason: error.message,
    remedy: error.remedy,
    data: error.data,
  };
}

/** Sentence, reason, what to do. With `debug` also the stack and its causes. */
export function renderFailure(output: Output, failure: Failure): string {
  if (output.isJson) return encodeJson({ error: failure });
  const lines = [`${output.paint(['bold', 'red'], 'error:')} ${failure.sentence}`];
  const reason = failure.reason.split('\n').map(printable);
  lines.push(...reason.map((line, index) => (index === 0 ? `  reason: ${line}` : `          ${line}`)));
  if (failure.remedy !== undefined) lines.push(`  to do:  ${failure.remedy}`);
  return lines.join('\n');
}

function usageFailure(error: CommanderError): Failure {
  return {
    code: 'cli.usage',
    exitCode: exitCodes.usage,
    sentence: 'The command line is wrong.',
    reason: error.message.replace(/^error: /, ''),
    remedy: 'see `souk help`, or `souk help COMMAND` for one command',
    data: {},
  };
}
