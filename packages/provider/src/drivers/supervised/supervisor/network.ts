/** Inside a sandbox's network: what its internet device must not reach. */
import { execFileSync } from 'node:child_process';
import type { Isolation } from './plan.ts';

/** Routes that refuse; more exact ones, like the device's own network, still work. */
export function blockNetworks({ hasInternet, blockedNetworks }: Isolation): void {
  if (!hasInternet) return;
  const lines = blockedNetworks.map((network) => `route add prohibit ${network}\n`);
  execFileSync('ip', ['-batch', '-'], { input: lines.join('') });
}
