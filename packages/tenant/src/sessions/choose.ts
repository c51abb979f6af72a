/** Which group of a deployment is meant. */
import { Fault } from '@souk/protocol';
import type { Deployment, DeploymentGroup } from '../deployment.ts';

/** The named group, or the only one. Faults with `tenant.unknown-group` or `tenant.group-needed`. */
export function chooseGroup(record: Deployment, name: string | undefined): DeploymentGroup {
  const names = record.groups.map((group) => group.name);
  const chosen =
    name === undefined && record.groups.length === 1
      ? record.groups[0]
      : record.groups.find((group) => group.name === name);
  if (chosen) return chosen;
  const data = { name: record.name, groups: names };
  const remedy = `choose one of: ${names.join(', ')}`;
  if (name === undefined) {
    throw new Fault('tenant.group-needed', `"${record.name}" has several groups`, {
      blame: 'user',
      data,
      remedy,
    });
  }
  throw new Fault('tenant.unknown-group', `"${record.name}" has no group "${name}"`, {
    blame: 'user',
    data,
    remedy,
  });
}
