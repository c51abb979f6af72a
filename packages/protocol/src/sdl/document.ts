/** A whole file as typed facts, before anything is known about how its parts refer to each other. */
import { readComputes, type SdlCompute } from './compute.ts';
import { type Field, readChoice, readEntries, readRecord, readTexts } from './field.ts';
import {
  readDeployments,
  readPlacements,
  readReclamation,
  type SdlDeployment,
  type SdlPlacement,
} from './placement.ts';
import { readEndpoints, readServices, type SdlEndpoint, type SdlService } from './services.ts';
import { readXSouk, type XSouk } from './x-souk.ts';

export interface SdlDocument {
  readonly version: '2.0' | '2.1';
  readonly services: readonly SdlService[];
  readonly endpoints: readonly SdlEndpoint[];
  readonly computes: ReadonlyMap<string, SdlCompute>;
  readonly placements: ReadonlyMap<string, SdlPlacement>;
  /** Services that the `deployment` section names. */
  readonly deployed: ReadonlySet<string>;
  readonly deployments: readonly SdlDeployment[];
  readonly reclamationSeconds: number;
  readonly xSouk?: XSouk;
}

export function readDocument(root: Field): SdlDocument {
  const fields = readRecord(root, {
    required: ['version', 'services', 'profiles', 'deployment'],
    optional: ['endpoints', 'include', 'reclamation', 'x-souk'],
  });
  const profiles = readRecord(fields.profiles, { required: ['compute', 'placement'] });
  const services = readServices(fields.services);
  const xSouk = fields['x-souk'];
  readTexts(fields.include);
  return {
    version: readChoice(fields.version, ['2.0', '2.1']),
    services,
    endpoints: readEndpoints(fields.endpoints),
    computes: new Map(readComputes(profiles.compute).map((compute) => [compute.name, compute])),
    placements: new Map(readPlacements(profiles.placement).map((placement) => [placement.name, placement])),
    deployed: new Set(readEntries(fields.deployment).map(([service]) => service)),
    deployments: readDeployments(fields.deployment),
    reclamationSeconds: readReclamation(fields.reclamation),
    ...(xSouk === undefined ? {} : { xSouk: readXSouk(xSouk, new Set(services.map(({ name }) => name))) }),
  };
}
