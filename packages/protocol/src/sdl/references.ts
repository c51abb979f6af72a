/** How the parts of a file must refer to each other: every rule that the reference refuses a file for. */
import type { SdlCompute } from './compute.ts';
import type { SdlDocument } from './document.ts';
import { nearest, type Report } from './issue.ts';
import type { SdlDeployment } from './placement.ts';
import type { SdlService } from './services.ts';

export function checkReferences(document: SdlDocument, report: Report): void {
  const services = new Map(document.services.map((service) => [service.name, service]));
  for (const service of document.services) {
    if (document.deployed.has(service.name)) continue;
    const remedy = `add "${service.name}" with a placement, profile and count under "deployment"`;
    report.add('error', service.path, `service "${service.name}" is not deployed anywhere`, remedy, 'key');
  }
  for (const name of document.deployed) {
    if (services.has(name)) continue;
    const reason = `there is no service "${name}"`;
    report.add('error', ['deployment', name], reason, suggest(name, [...services.keys()], 'service'), 'key');
  }
  for (const deployment of document.deployments) {
    const compute = checkDeployment(document, deployment, report);
    const service = services.get(deployment.service);
    if (compute === undefined || service === undefined) continue;
    checkVolumes(service, compute, report);
    checkTee(service, compute, report);
  }
  checkTeeOfGroups(document, services, report);
  checkEndpoints(document, report);
}

function checkDeployment(
  document: SdlDocument,
  deployment: SdlDeployment,
  report: Report,
): SdlCompute | undefined {
  const { path, placement: placementName, profile } = deployment;
  const placement = document.placements.get(placementName);
  const compute = document.computes.get(profile);
  if (placement === undefined) {
    const remedy = suggest(placementName, [...document.placements.keys()], 'placement');
    report.add('error', path, `there is no placement "${placementName}"`, remedy, 'key');
  } else if (compute !== undefined && !placement.prices.has(profile)) {
    const remedy = `add "${profile}" with denom and amount under its "pricing"`;
    report.add(
      'error',
      placement.path,
      `placement "${placementName}" has no price for "${profile}"`,
      remedy,
      'key',
    );
  }
  if (compute === undefined) {
    const remedy = suggest(profile, [...document.computes.keys()], 'compute profile');
    report.add('error', [...path, 'profile'], `there is no compute profile "${profile}"`, remedy);
  }
  return compute;
}

function suggest(name: string, known: readonly string[], what: string): string {
  const near = nearest(name, known);
  if (near !== undefined) return `did you mean "${near}"?`;
  return known.length === 0 ? `define a ${what}` : `use one of ${known.slice(0, 10).join(', ')}`;
}

function checkVolumes(service: SdlService, compute: SdlCompute, report: Report): void {
  const mounts = service.params?.mounts ?? [];
  const used = new Map<string, string>();
  for (const mount of mounts) {
    const volume = compute.volumes.find(({ name }) => name === mount.volume);
    if (volume === undefined) {
      const reason = `compute profile "${compute.name}" has no volume "${mount.volume}"`;
      const remedy = suggest(
        mount.volume,
        compute.volumes.map(({ name }) => name),
        'volume',
      );
      report.add('obstacle', mount.path, reason, remedy, 'key');
      continue;
    }
    const other = used.get(mount.mount);
    if (other !== undefined) {
      const reason = `"${mount.mount}" is where volume "${other}" is mounted already`;
      report.add('error', [...mount.path, 'mount'], reason, 'choose another path');
    }
    used.set(mount.mount, mount.volume);
    if (volume.class === 'ram' && mount.isReadOnly) {
      const reason = 'a read-only volume of class "ram" would stay empty for ever';
      report.add('obstacle', [...mount.path, 'readOnly'], reason, 'remove "readOnly"');
    }
  }
  for (const volume of compute.volumes) {
    const isMounted = mounts.some(({ volume: name, mount }) => name === volume.name && mount !== '');
    if (isMounted || (!volume.isPersistent && volume.class !== 'ram')) continue;
    const kind = volume.isPersistent ? 'persistent volume' : 'volume of class "ram"';
    const reason = `${kind} "${volume.name}" is mounted nowhere in service "${service.name}"`;
    const remedy = `add "params: {storage: {${volume.name}: {mount: /path}}}" to the service`;
    report.add(volume.isPersistent ? 'error' : 'obstacle', service.path, reason, remedy, 'key');
  }
}

function checkTee(service: SdlService, compute: SdlCompute, report: Report): void {
  if (service.params?.tee !== 'cpu-gpu' || compute.gpuUnits > 0n) return;
  const reason = `"cpu-gpu" needs a GPU, and compute profile "${compute.name}" has none`;
  report.add('error', [...service.path, 'params', 'tee'], reason, 'write "tee: cpu" or add a GPU');
}

function checkTeeOfGroups(
  document: SdlDocument,
  services: ReadonlyMap<string, SdlService>,
  report: Report,
): void {
  const kinds = new Map<string, string>();
  for (const { placement, service: name } of document.deployments) {
    const service = services.get(name);
    const tee = service?.params?.tee;
    if (service === undefined || tee === undefined) continue;
    const other = kinds.get(placement);
    if (other !== undefined && other !== tee) {
      const reason = `placement "${placement}" holds both "${other}" and "${tee}"`;
      report.add('error', [...service.path, 'params', 'tee'], reason, 'put them in two placements');
    }
    kinds.set(placement, tee);
  }
}

function checkEndpoints(document: SdlDocument, report: Report): void {
  const names = document.endpoints.map(({ name }) => name);
  const used = new Set<string>();
  const ports = new Map<string, string>();
  for (const service of document.services) {
    for (const expose of service.exposes) {
      for (const to of expose.to.filter(({ ip }) => ip !== '')) {
        used.add(to.ip);
        if (!names.includes(to.ip)) {
          const remedy = `add "${to.ip}: {kind: ip}" under "endpoints"`;
          report.add('error', [...to.path, 'ip'], `there is no endpoint "${to.ip}"`, remedy);
        }
        const key = `${to.ip} ${expose.as || expose.port} ${expose.proto}`;
        const other = ports.get(key);
        if (other !== undefined) {
          const reason = `${expose.proto} port ${expose.as || expose.port} of "${to.ip}" is taken by service "${other}"`;
          report.add('error', [...to.path, 'ip'], reason, 'use another port with "as", or another endpoint');
        }
        ports.set(key, service.name);
      }
    }
  }
  for (const endpoint of document.endpoints) {
    if (used.has(endpoint.name)) continue;
    const remedy = `remove it, or name it as "ip" of a public port`;
    report.add('error', endpoint.path, `endpoint "${endpoint.name}" is used nowhere`, remedy, 'key');
  }
}
