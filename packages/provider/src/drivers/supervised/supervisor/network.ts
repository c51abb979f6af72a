/** Inside a sandbox's network: what is reached by which address, and what must not be reached at all. */
import { execFileSync } from 'node:child_process';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import type { Isolation, PlannedLink, ReplicaPlan } from './plan.ts';

/** A pipe that is open for writing as long as the supervisor lives: helpers end when it closes. */
export const alivePipe = 'alive';

export function holdAlivePipe({ folder }: ReplicaPlan): void {
  const path = join(folder, alivePipe);
  execFileSync('sh', ['-c', 'test -p "$1" || mkfifo "$1"', 'sh', path]);
  // Both ways, or opening would wait for a reader. Never closed.
  openSync(path, 'r+');
}

/** Routes that refuse; more exact ones, like the internet device's own network, still work. */
export function blockNetworks({ hasInternet, blockedNetworks }: Isolation): void {
  if (!hasInternet) return;
  const lines = blockedNetworks.map((network) => `route add prohibit ${network}\n`);
  execFileSync('ip', ['-batch', '-'], { input: lines.join('') });
}

/**
 * Leads connections to a link's `port` to `inside`, so that the workload may listen on a port of the same number
 * itself. Without nft and iptables, links are listened for where they are connected to.
 */
export function redirectLinks(links: readonly PlannedLink[]): readonly PlannedLink[] {
  if (links.length === 0) return links;
  try {
    execFileSync('nft', ['-f', '-'], { input: nftRules(links), stdio: ['pipe', 'ignore', 'ignore'] });
    return links;
  } catch {
    // The older tool, then.
  }
  try {
    for (const link of links) execFileSync('iptables', iptablesRule(link), { stdio: 'ignore' });
    return links;
  } catch {
    return links.map((link) => ({ ...link, inside: link.port }));
  }
}

function nftRules(links: readonly PlannedLink[]): string {
  const rules = links.map(
    ({ address, port, inside }) =>
      `add rule ip souk out ip daddr ${address} tcp dport ${port} dnat to ${address}:${inside}\n`,
  );
  const chain = 'add chain ip souk out { type nat hook output priority -100; }';
  return `add table ip souk\n${chain}\n${rules.join('')}`;
}

function iptablesRule({ address, port, inside }: PlannedLink): readonly string[] {
  const from = ['-p', 'tcp', '-d', address, '--dport', String(port)];
  return ['-t', 'nat', '-A', 'OUTPUT', ...from, '-j', 'DNAT', '--to-destination', `${address}:${inside}`];
}
