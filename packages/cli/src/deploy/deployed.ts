/** The end of `souk deploy`: where it is, what it costs, what to type next. Words only. */
import type { ServiceStatus } from '@souk/protocol';
import { durationText, moneyText, monthlyOf, type Token } from '../format.ts';
import { type Output, printable } from '../output.ts';
import type { RawAddress } from '../front/address.ts';
import type { PublicGroup } from '../public-record.ts';

export interface Deployed {
  readonly name: string;
  readonly network: string;
  readonly address: string | null;
  readonly rawAddresses: readonly RawAddress[];
  readonly groups: readonly (PublicGroup & { readonly services: readonly ServiceStatus[] })[];
}

export function renderDeployed(output: Output, deployed: Deployed, token: Token): string {
  const { name, groups } = deployed;
  const rate = groups.reduce((sum, group) => sum + (group.rate ?? 0n), 0n);
  const deposit = groups.reduce((sum, group) => sum + group.deposit, 0n);
  const services = groups.flatMap((group) => group.services);
  const lasts = Math.min(...groups.map((group) => lastsSeconds(group)));
  return [
    '',
    `${output.paint(['bold', 'green'], name)} is running on ${deployed.network}`,
    ...stableLines(output, deployed),
    ...services.flatMap((service) => placesOf(output, service)),
    `  ${moneyText(rate, token)} per hour, ${moneyText(monthlyOf(rate), token)} per month; ` +
      `${moneyText(deposit, token)} locked, enough for ${durationText(lasts)}`,
    '',
    'Next:',
    `  souk status ${name}      how it does, and what it has cost`,
    `  souk logs -f ${name}     what it prints`,
    `  souk shell ${name}       a shell inside`,
    `  souk close ${name}       end it and get the rest of the money back`,
  ].join('\n');
}

/** These stay when it moves; the provider's own do not. */
export function stableLines(
  output: Output,
  { address, rawAddresses }: Pick<Deployed, 'address' | 'rawAddresses'>,
): readonly string[] {
  const raw = rawAddresses.map(
    ({ service, port, at }) => `  ${printable(service)}  ${at} → ${port}/tcp  (stays when it moves)`,
  );
  return address === null
    ? raw
    : [`  ${output.paint(['bold', 'cyan'], address)}  (stays when it moves)`, ...raw];
}

export function placesOf(output: Output, service: ServiceStatus): readonly string[] {
  const urls = service.urls.map(
    (url) => `  ${printable(service.name)}  ${output.paint('cyan', printable(url))}`,
  );
  const ports = service.ports.map(
    (port) =>
      `  ${printable(service.name)}  ${printable(port.host)}:${port.externalPort} → ${port.port}/${port.proto.toLowerCase()}`,
  );
  return [...urls, ...ports];
}

function lastsSeconds(group: PublicGroup): number {
  return group.rate === null || group.rate === 0n ? Infinity : Number((group.deposit * 3600n) / group.rate);
}
