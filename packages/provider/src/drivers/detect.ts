/** Which drivers work on this machine, and how to get those that don't. */
import type { DriverName } from './driver.ts';
import { codeOf } from './faults.ts';
import { probeSandbox } from './sandbox/probe.ts';

export interface DetectedDriver {
  readonly name: Exclude<DriverName, 'mock'>;
  readonly works: boolean;
  /** Why not. */
  readonly reason: string | null;
  /** One line to make it work. */
  readonly remedy: string | null;
}

const answerMs = 3_000;

/** Best first: the first that works is the one to take. `process` works on any Linux and isolates nothing. */
export async function detectDrivers(): Promise<readonly DetectedDriver[]> {
  const [docker, sandbox] = await Promise.all([probeDocker(), probeSandbox()]);
  const isLinux = process.platform === 'linux';
  return [
    detected('docker', docker),
    detected('sandbox', sandbox),
    {
      name: 'process',
      works: isLinux,
      reason: isLinux ? null : `it runs on Linux, not on ${process.platform}`,
      remedy: isLinux ? null : 'run Souk in a Linux virtual machine',
    },
  ];
}

type Probe = { readonly ok: true } | { readonly ok: false; readonly reason: string; readonly remedy: string };

async function probeDocker(): Promise<Probe> {
  try {
    const { default: Docker } = await import('dockerode');
    await new Docker({ timeout: answerMs }).ping();
    return { ok: true };
  } catch (error) {
    if (codeOf(error) === 'EACCES')
      return {
        ok: false,
        reason: 'this user may not use the Docker engine',
        remedy: 'sudo usermod -aG docker "$USER", then log in again',
      };
    return {
      ok: false,
      reason: 'no Docker engine answers',
      remedy: 'apt-get install docker.io, then start it: systemctl start docker, or dockerd',
    };
  }
}

function detected(name: 'docker' | 'sandbox', probe: Probe): DetectedDriver {
  return probe.ok
    ? { name, works: true, reason: null, remedy: null }
    : { name, works: false, reason: probe.reason, remedy: probe.remedy };
}
