/**
 * Bounds of what a market takes: each breach is an obstacle, SDL all right but nothing an order can be made of. The
 * numbers are the reference chain's, all of them tested at the limit and one past it.
 */
import type { z } from 'zod';
import type { SdlCompute } from './compute.ts';
import type { SdlDocument } from './document.ts';
import type { Path, Report } from './issue.ts';
import type { SdlService } from './services.ts';
import { atScale18 } from './units.ts';

const mebi = 1024n ** 2n;
const tebi = 1024n ** 4n;
const unitLimits = {
  cpuMilli: { min: 10n, max: 384_000n, text: '10m to 384 cores' },
  memoryBytes: { min: mebi, max: 2n * tebi, text: '1Mi to 2Ti' },
  volumeBytes: { min: 5n * mebi, max: 32n * tebi, text: '5Mi to 32Ti' },
  gpuUnits: { min: 0n, max: 24n, text: 'up to 24' },
} as const;
/** A group holds at most so many times the largest unit. */
const groupFactor = 50n;
const maxCount = 1000;
const maxVolumes = 20;
/** Per block and replica, in the denomination's unit. */
const maxPrice = 10_000_000n * 10n ** 18n;

export function checkLimits(document: SdlDocument, report: Report): void {
  document.services.forEach((service) => checkService(service, report));
  checkHosts(document, report);
  for (const compute of document.computes.values()) checkCompute(compute, report);
  checkPrices(document, report);
  checkGroups(document, report);
  const isPublic = document.services.some(({ exposes }) =>
    exposes.some(({ to }) => to.some(({ isGlobal }) => isGlobal)),
  );
  if (!isPublic) {
    const remedy = 'add "to: [{global: true}]" to a port that people should reach';
    report.add(
      'warning',
      ['services'],
      'no port is public: reachable through the peer network only',
      remedy,
      'key',
    );
  }
}

function checkService(service: SdlService, report: Report): void {
  const { path, name } = service;
  if (!/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)) {
    const remedy = 'start with a small letter; use small letters, digits and "-", 63 characters at most';
    report.add('obstacle', path, `"${name.slice(0, 60)}" can't be the host name of a service`, remedy, 'key');
  }
  if (/\s/.test(service.image)) {
    report.add('obstacle', [...path, 'image'], 'there is white space in the image name', 'remove it');
  }
  service.env.forEach((variable, index) => {
    const variableName = variable.split('=', 1)[0] ?? '';
    if (/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(variableName)) return;
    const reason = `"${variableName.slice(0, 60)}" can't be the name of a variable`;
    report.add('obstacle', [...path, 'env', index], reason, 'write NAME=VALUE');
  });
}

const hostName = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

function checkHosts(document: SdlDocument, report: Report): void {
  const seen = new Set<string>();
  for (const { exposes } of document.services) {
    for (const { path, accept, to } of exposes) {
      accept.forEach((host, index) => {
        const at: Path = [...path, 'accept', index];
        if (host.length > 255 || !hostName.test(host)) {
          const reason = `"${host.slice(0, 60)}" is no host name that can be served`;
          report.add(
            'obstacle',
            at,
            reason,
            'write small letters, digits, "-" and "."; no wildcard; other scripts as xn--…',
          );
        } else if (seen.has(host) || to.length > 1) {
          report.add(
            'obstacle',
            at,
            `host name "${host}" is given twice`,
            'give each host name to one port and one "to"',
          );
        }
        seen.add(host);
      });
    }
  }
}

function checkCompute(compute: SdlCompute, report: Report): void {
  const at: Path = [...compute.path, 'resources'];
  const check = (what: keyof typeof unitLimits, amount: bigint, path: Path): void => {
    const { min, max, text } = unitLimits[what];
    if (amount >= min && amount <= max) return;
    report.add('obstacle', path, `outside what one replica can have: ${text}`, `choose ${text}`);
  };
  check('cpuMilli', compute.cpuMilli, [...at, 'cpu', 'units']);
  check('memoryBytes', compute.memoryBytes, [...at, 'memory', 'size']);
  check('gpuUnits', compute.gpuUnits, [...at, 'gpu', 'units']);
  const names = new Set<string>();
  for (const volume of compute.volumes) {
    check('volumeBytes', volume.bytes, [...volume.path, 'size']);
    if (names.has(volume.name)) {
      report.add(
        'obstacle',
        volume.path,
        `volume "${volume.name}" is there twice`,
        'give each its own "name"',
      );
    }
    names.add(volume.name);
    if (!['default', 'beta1', 'beta2', 'beta3', 'ram'].includes(volume.class)) {
      const reason = `there is no storage class "${volume.class.slice(0, 60)}"`;
      report.add('obstacle', volume.path, reason, 'use default, beta1, beta2, beta3 or ram');
    }
  }
  if (compute.volumes.length > maxVolumes) {
    const reason = `more than ${maxVolumes} volumes`;
    report.add('obstacle', [...at, 'storage'], reason, 'use fewer and larger volumes', 'key');
  }
  if (compute.volumes.length === 0) {
    const remedy = 'add "storage: {size: 1Gi}"';
    report.add(
      'warning',
      [...at, 'storage'],
      'no storage is asked for: providers may give little',
      remedy,
      'key',
    );
  }
}

function checkPrices(document: SdlDocument, report: Report): void {
  let denom: string | undefined;
  for (const placement of document.placements.values()) {
    for (const price of placement.prices.values()) {
      if (atScale18(price.amount) > maxPrice) {
        const reason = 'a price of more than 10,000,000 a block';
        report.add(
          'obstacle',
          [...price.path, 'amount'],
          reason,
          'write the price of one block of 6 seconds',
        );
      }
      denom ??= price.denom;
      if (price.denom === denom) continue;
      const reason = `prices in both ${denom} and ${price.denom}`;
      report.add('obstacle', [...price.path, 'denom'], reason, 'use one denomination in a file');
    }
  }
}

function checkGroups(document: SdlDocument, report: Report): void {
  if (document.deployments.length === 0) {
    report.add('obstacle', ['deployment'], 'nothing is deployed', 'add a service with its placement', 'key');
  }
  for (const name of new Set(document.deployments.map(({ placement }) => placement))) {
    const members = document.deployments.filter(({ placement }) => placement === name);
    for (const { path, count } of members) {
      if (count <= maxCount) continue;
      report.add(
        'obstacle',
        [...path, 'count'],
        `more than ${maxCount} replicas`,
        'split the service over placements',
      );
    }
    const total = (pick: (compute: SdlCompute) => bigint) =>
      members.reduce((sum, { profile, count }) => {
        const compute = document.computes.get(profile);
        return compute === undefined ? sum : sum + pick(compute) * BigInt(count);
      }, 0n);
    const sums = [
      ['cpuMilli', 'cpu', total(({ cpuMilli }) => cpuMilli)],
      ['memoryBytes', 'memory', total(({ memoryBytes }) => memoryBytes)],
      ['gpuUnits', 'GPUs', total(({ gpuUnits }) => gpuUnits)],
      ['volumeBytes', 'storage', total(({ volumes }) => volumes.reduce((sum, { bytes }) => sum + bytes, 0n))],
    ] as const;
    for (const [what, word, sum] of sums) {
      if (sum <= unitLimits[what].max * groupFactor) continue;
      const reason = `the group asks for more ${word} than ${groupFactor} of the largest replicas have`;
      report.add(
        'obstacle',
        ['profiles', 'placement', name],
        reason,
        'split it over several placements',
        'key',
      );
    }
  }
}

/** The last word, where nothing more telling was said: what the wire's own schema would refuse of a group. */
export function checkWire(schema: z.ZodType, value: unknown, name: string, report: Report): void {
  const parsed = schema.safeParse(value);
  if (parsed.success) return;
  const first = parsed.error.issues[0];
  const reason = `the group can't be sent: ${first?.path.map(String).join('/')}: ${first?.message}`;
  report.add('obstacle', ['profiles', 'placement', name], reason, 'make the group smaller', 'key');
}
