/**
 * The reader of workload files, Akash SDL 2.0 and 2.1 as their reference reads them: text in, placement groups with
 * their manifests, requirements and price ceilings out. Pure, and it never throws: everything wrong is an issue with
 * line, column, path, reason and remedy. CLI, console and provider call it.
 */
import type { Hex } from '../hex.ts';
import { hashManifest, type Manifest, type ManifestGroup, manifestGroupSchema } from '../manifest.ts';
import { type Requirements, requirementsOfManifest, requirementsSchema } from '../requirements.ts';
import type { SdlAttribute } from './compute.ts';
import { readDocument, type SdlDocument } from './document.ts';
import { buildGroupSpec, type GroupSpec } from './group-spec.ts';
import type { Report, SdlIssue } from './issue.ts';
import { checkLimits, checkWire } from './limits.ts';
import { buildManifest } from './manifest.ts';
import type { SdlPlacement } from './placement.ts';
import type { ServiceCeiling } from './pricing.ts';
import { checkReferences } from './references.ts';
import { readSource } from './source.ts';
import { formatDecimal } from './units.ts';
import type { XSouk } from './x-souk.ts';

/** One placement: one order, one lease. */
export interface WorkloadGroup {
  readonly name: string;
  readonly requirements: Requirements;
  readonly manifest: ManifestGroup;
  /** `hashManifest([manifest])`. */
  readonly manifestHash: Hex;
  readonly ceilings: readonly ServiceCeiling[];
  readonly groupSpec: GroupSpec;
}

export interface Workload {
  readonly version: '2.0' | '2.1';
  readonly groups: readonly WorkloadGroup[];
  readonly manifest: Manifest;
  /** Of all groups together, as other SDL tools compute it. */
  readonly manifestHash: Hex;
  readonly services: readonly string[];
  /** Names of leased IPs. */
  readonly endpoints: readonly string[];
  readonly xSouk?: XSouk;
  readonly warnings: readonly SdlIssue[];
}

export type SdlResult =
  | {
      readonly ok: true;
      readonly workload: Workload;
      readonly warnings: readonly SdlIssue[];
      readonly errors: readonly [];
    }
  | {
      readonly ok: false;
      readonly workload?: undefined;
      readonly warnings: readonly SdlIssue[];
      readonly errors: readonly SdlIssue[];
    };

export interface ReadSdlOptions {
  /**
   * `order` (default): what no order can be made of, as 999 cores in one replica, is an error. `check`: the verdict of
   * the SDL reference, which such files pass; it is a warning then.
   */
  readonly purpose?: 'order' | 'check';
}

export function readSdl(text: string, options: ReadSdlOptions = {}): SdlResult {
  const { value, report } = readSource(text);
  if (report.hasErrors()) return refused(report, []);
  const document = readDocument({ path: [], value, report });
  if (!report.hasErrors()) checkReferences(document, report);
  if (report.hasErrors()) return refused(report, []);
  checkLimits(document, report);
  const groups = buildGroups(document, report);
  const obstacles = report.list('obstacle');
  if (obstacles.length > 0 && options.purpose !== 'check') return refused(report, obstacles);
  const warnings = inOrder([...report.list('warning'), ...obstacles.map(asWarning)]);
  return { ok: true, workload: buildWorkload(document, groups, warnings), warnings, errors: [] };
}

function refused(report: Report, obstacles: readonly SdlIssue[]): SdlResult {
  return {
    ok: false,
    warnings: report.list('warning'),
    errors: inOrder([...report.list('error'), ...obstacles]),
  };
}

function asWarning(issue: SdlIssue): SdlIssue {
  return { ...issue, reason: `no order can be made of this: ${issue.reason}` };
}

function inOrder(issues: readonly SdlIssue[]): readonly SdlIssue[] {
  return [...issues].sort((a, b) => a.line - b.line || a.column - b.column);
}

function buildWorkload(
  document: SdlDocument,
  groups: readonly WorkloadGroup[],
  warnings: readonly SdlIssue[],
): Workload {
  const manifest = groups.map((group) => group.manifest);
  return {
    version: document.version,
    groups,
    manifest,
    manifestHash: hashManifest(manifest),
    services: document.services.map(({ name }) => name).sort(),
    endpoints: document.endpoints.map(({ name }) => name).sort(),
    ...(document.xSouk === undefined ? {} : { xSouk: document.xSouk }),
    warnings,
  };
}

function buildGroups(document: SdlDocument, report: Report): readonly WorkloadGroup[] {
  return buildManifest(document).flatMap((manifest) => {
    const placement = document.placements.get(manifest.name);
    return placement === undefined ? [] : [buildGroup(document, manifest, placement, report)];
  });
}

function buildGroup(
  document: SdlDocument,
  manifest: ManifestGroup,
  placement: SdlPlacement,
  report: Report,
): WorkloadGroup {
  const deployments = document.deployments.filter((each) => each.placement === manifest.name);
  const { xSouk } = document;
  const attributes = withTee(placement.attributes, manifest);
  const requirements = requirementsOfManifest(manifest, {
    attributes: Object.fromEntries(attributes.map(({ key, value }) => [key, value])),
    signedBy: { allOf: [...placement.allOf], anyOf: [...placement.anyOf] },
    reclamationSeconds: xSouk?.interruptible?.noticeSeconds ?? document.reclamationSeconds,
    ...(xSouk?.interruptible === undefined ? {} : { interruptible: true as const }),
    ...(xSouk?.regions === undefined ? {} : { regions: [...xSouk.regions] }),
    ...(xSouk?.anyGpu === undefined ? {} : { anyGpu: xSouk.anyGpu }),
  });
  if (report.list('obstacle').length === 0) {
    checkWire(manifestGroupSchema, manifest, manifest.name, report);
    checkWire(requirementsSchema, requirements, manifest.name, report);
  }
  return {
    name: manifest.name,
    requirements,
    manifest,
    manifestHash: hashManifest([manifest]),
    ceilings: deployments.flatMap(({ service, profile, count }) => {
      const price = placement.prices.get(profile);
      return price === undefined
        ? []
        : [{ service, count, denom: price.denom, amount: formatDecimal(price.amount) }];
    }),
    groupSpec: buildGroupSpec(manifest, placement, deployments, attributes),
  };
}

/** A service that wants a trusted environment makes it an attribute the provider must have. */
function withTee(attributes: readonly SdlAttribute[], manifest: ManifestGroup): readonly SdlAttribute[] {
  const tee = manifest.services.find(({ params }) => params?.tee !== undefined)?.params?.tee;
  if (tee === undefined) return attributes;
  return [...attributes.filter(({ key }) => key !== 'tee/type'), { key: 'tee/type', value: tee.type }].sort(
    (a, b) => (a.key < b.key ? -1 : 1),
  );
}

export interface SdlCheck {
  readonly file: string;
  readonly ok: boolean;
  readonly services: number;
  readonly groups: number;
  /** 64 hex digits without 0x, as SDL tools write it; null for a refused file. */
  readonly manifestHash: string | null;
  readonly warnings: readonly SdlIssue[];
  readonly errors: readonly SdlIssue[];
}

/** What `souk sdl check --json` prints for a file read with purpose `check`. */
export function sdlCheckJson(file: string, result: SdlResult): SdlCheck {
  return {
    file,
    ok: result.ok,
    services: result.workload?.services.length ?? 0,
    groups: result.workload?.groups.length ?? 0,
    manifestHash: result.workload?.manifestHash.slice(2) ?? null,
    warnings: result.warnings,
    errors: result.errors,
  };
}
