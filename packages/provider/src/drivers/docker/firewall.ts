/**
 * Keeps containers off the host and off private networks. Docker routes a container to whatever the host can reach;
 * these rules, on the bridges whose names begin with `souk`, leave it the internet and its own lease's network.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const bridges = 'souk+';
const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16', '100.64.0.0/10'];

type Rule = readonly [chain: string, ...match: string[]];

/** First match wins; each is put before what stands there, so the last of the list comes first. */
const rules: readonly Rule[] = [
  ...privateRanges.map((range): Rule => [
    'DOCKER-USER',
    '-i',
    bridges,
    '!',
    '-o',
    bridges,
    '-d',
    range,
    '-j',
    'DROP',
  ]),
  ['DOCKER-USER', '-i', bridges, '-m', 'conntrack', '--ctstate', 'ESTABLISHED,RELATED', '-j', 'RETURN'],
  ['INPUT', '-i', bridges, '-j', 'DROP'],
  ['INPUT', '-i', bridges, '-m', 'conntrack', '--ctstate', 'ESTABLISHED,RELATED', '-j', 'ACCEPT'],
];

export const openEgressWarning =
  'containers on this machine can reach its private networks: run the provider as root with iptables to shut that';

/** Returns what to warn of; empty when the rules stand. */
export async function raiseFirewall(): Promise<readonly string[]> {
  try {
    for (const [chain, ...match] of rules) {
      if (await stands(chain, match)) continue;
      await run('iptables', ['-w', '5', '-I', chain, ...match]);
    }
    return [];
  } catch {
    return [openEgressWarning];
  }
}

async function stands(chain: string, match: readonly string[]): Promise<boolean> {
  return run('iptables', ['-w', '5', '-C', chain, ...match]).then(
    () => true,
    () => false,
  );
}
