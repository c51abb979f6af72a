/** What an update would change, as lines for a person: images, counts, resources, names of env and secrets, price. */
import { canonicalJson, type ManifestService, type Requirements, type ResourceUnit } from '@souk/protocol';
import type { KeptGroup, PlannedGroup } from '@souk/tenant';
import { bytesText, coresText, moneyText, monthlyOf, type Token } from '../format.ts';
import { type Output, printable } from '../output.ts';

export function renderChanges(output: Output, groups: readonly PlannedGroup[], token: Token): string {
  return groups.map((group) => renderGroup(output, group, token)).join('\n\n');
}

function renderGroup(output: Output, planned: PlannedGroup, token: Token): string {
  const { group, rate, strategies, strategy } = planned;
  const others = strategies.filter((one) => one !== strategy);
  const price =
    rate.before === rate.after
      ? `${moneyText(rate.after, token)} per hour, as before`
      : `${moneyText(rate.before, token)} → ${moneyText(rate.after, token)} per hour, ${moneyText(monthlyOf(rate.after), token)} per month`;
  const how = others.length === 0 ? strategy : `${strategy} (or: ${others.join(', ')})`;
  return [
    output.paint('bold', group),
    ...changesOf(planned).map((line) => `  ${line}`),
    `  price: ${price}`,
    `  how: ${how}`,
  ].join('\n');
}

/** One line a change; never a value of env or a secret. */
export function changesOf({ before, after }: Pick<PlannedGroup, 'before' | 'after'>): readonly string[] {
  if (!before) return ['what runs now is not kept here, so it can’t be compared'];
  const names = [...new Set([...servicesOf(before), ...servicesOf(after)].map(({ name }) => name))];
  const lines = names.flatMap((name) =>
    serviceChanges(name, sideOf(before, name), sideOf(after, name)).map((line) => `${name}: ${line}`),
  );
  const { health: _h, restart: _r, restore: _o, secrets: _s, ...was } = before.runtime;
  const { health: _h2, restart: _r2, restore: _o2, secrets: _s2, ...is } = after.runtime;
  const isKeptOtherwise = canonicalJson(was) !== canonicalJson(is);
  return [...lines, ...(isKeptOtherwise ? ['how it is kept running: logs, snapshots, time to stop'] : [])];
}

interface Side {
  readonly service: ManifestService;
  readonly unit: ResourceUnit | undefined;
  readonly group: KeptGroup;
}

const servicesOf = ({ manifest }: KeptGroup) => manifest.services;

function sideOf(group: KeptGroup, name: string): Side | undefined {
  const service = servicesOf(group).find((one) => one.name === name);
  return service && { service, group, unit: unitOf(group.requirements, name) };
}

function unitOf({ units }: Requirements, name: string): ResourceUnit | undefined {
  return units.find(({ service }) => service === name)?.resources;
}

function serviceChanges(name: string, before: Side | undefined, after: Side | undefined): readonly string[] {
  if (!before && after) return [`new: ${after.service.count} × ${printable(after.service.image)}`];
  if (!before || !after) return ['removed'];
  const [was, is] = [before.service, after.service];
  const isOther = (pick: (service: ManifestService) => unknown) =>
    canonicalJson(pick(was) ?? null) !== canonicalJson(pick(is) ?? null);
  const isOtherRuntime = (pick: (group: KeptGroup) => unknown) =>
    canonicalJson(pick(before.group) ?? null) !== canonicalJson(pick(after.group) ?? null);
  return [
    ...(was.image === is.image ? [] : [`image ${printable(was.image)} → ${printable(is.image)}`]),
    ...(was.count === is.count ? [] : [`count ${was.count} → ${is.count}`]),
    ...resourceChanges(before.unit, after.unit),
    ...envChanges(was, is),
    ...(isOther(({ command, args }) => [command, args]) ? ['another command'] : []),
    ...(isOther(({ expose }) => expose) ? ['other ports or hosts'] : []),
    ...(isOther(({ params }) => params) ? ['other mounts'] : []),
    ...(isOther(({ credentials }) => credentials) ? ['other registry credentials'] : []),
    ...(isOtherRuntime(({ runtime }) => runtime.health[name]) ? ['another health probe'] : []),
    ...(isOtherRuntime(({ runtime }) => runtime.restart[name]) ? ['another restart policy'] : []),
    ...(isOtherRuntime(({ secrets }) => secrets?.services[name]) ? ['other secrets'] : []),
  ];
}

function resourceChanges(was: ResourceUnit | undefined, is: ResourceUnit | undefined): readonly string[] {
  if (!was || !is) return [];
  const storage = (unit: ResourceUnit) => unit.storage.reduce((sum, { bytes }) => sum + bytes, 0n);
  const parts: readonly (readonly [string, string, string])[] = [
    ['cpu', coresText(was.cpuMilli), coresText(is.cpuMilli)],
    ['memory', bytesText(was.memoryBytes), bytesText(is.memoryBytes)],
    ['storage', bytesText(storage(was)), bytesText(storage(is))],
    ['GPUs', String(was.gpu.units), String(is.gpu.units)],
  ];
  return parts.filter(([, a, b]) => a !== b).map(([name, a, b]) => `${name} ${a} → ${b}`);
}

/** Names only: values may be secret. */
function envChanges(was: ManifestService, is: ManifestService): readonly string[] {
  const read = ({ env }: ManifestService) =>
    new Map((env ?? []).map((line) => [line.split('=', 1)[0] ?? '', line]));
  const [old, next] = [read(was), read(is)];
  const added = [...next.keys()].filter((name) => !old.has(name)).map((name) => `+${name}`);
  const gone = [...old.keys()].filter((name) => !next.has(name)).map((name) => `-${name}`);
  const changed = [...next].flatMap(([name, line]) =>
    old.has(name) && old.get(name) !== line ? [`~${name}`] : [],
  );
  const all = [...added, ...gone, ...changed];
  return all.length === 0 ? [] : [`env ${printable(all.join(' '))}`];
}
