import { Fault } from '@souk/protocol';
import type { Reclaimed } from '@souk/provider';
import type { Context } from '../context.ts';
import { durationText, shortHex } from '../format.ts';
import { selectNetwork } from '../networks.ts';
import type { Output } from '../output.ts';
import { type ProviderLease, type RunningControl, runningProviders } from '../provide/control.ts';
import { renderTable } from '../table.ts';
import type { DefineCommand } from './entry.ts';

export const defineReclaim: DefineCommand = (command, act) => {
  command
    .description(
      'take back the capacity of interruptible leases of a provider on this machine: after their notice they are saved, stopped and closed; without arguments, list them',
    )
    .argument('[lease]', 'lease, or how its id begins')
    .option('--all', 'every interruptible lease')
    .action(act(reclaim));
};

interface Held extends ProviderLease {
  readonly provider: string;
}

async function reclaim(
  context: Context,
  lease: string | undefined,
  flags: { readonly all?: true },
): Promise<void> {
  const { output, clock } = context;
  if (lease !== undefined && flags.all) throw usage('name a lease or say --all, not both');
  const providers = providersOf(context);
  const held = await heldBy(providers);
  if (lease === undefined && !flags.all) {
    const listed = held.filter(({ isInterruptible }) => isInterruptible);
    return output.document(listed, () => renderHeld(output, listed, clock.now()));
  }
  const chosen = lease === undefined ? undefined : chooseLease(held, lease);
  const given = (
    await Promise.all(
      providers
        .filter(({ name }) => chosen === undefined || name === chosen.provider)
        .map((provider) => provider.reclaim(chosen?.lease ?? null)),
    )
  ).flat();
  const refused = given.find((one) => !one.ok);
  if (refused && !refused.ok) throw refusalOf(refused);
  output.document(
    given,
    () => given.map((one) => reclaimedText(one, clock.now())).join('\n') || 'nothing to reclaim',
  );
}

function providersOf(context: Context): readonly RunningControl[] {
  const { home } = selectNetwork(context);
  const wanted = context.flags.key;
  const found = runningProviders(home).filter(({ name }) => wanted === undefined || name === wanted);
  if (found.length > 0) return found;
  const whose = wanted === undefined ? '' : ` under the key "${wanted}"`;
  throw new Fault('provider.not-running', `no provider runs here${whose}`, {
    blame: 'user',
    remedy: 'start it with `souk provide`, or name its home with --home',
  });
}

async function heldBy(providers: readonly RunningControl[]): Promise<readonly Held[]> {
  const lists = await Promise.all(
    providers.map(async (provider) =>
      (await provider.leases()).map((lease) => ({ ...lease, provider: provider.name })),
    ),
  );
  return lists.flat().filter(({ phase }) => phase !== 'closed' && phase !== 'failed');
}

function chooseLease(held: readonly Held[], wanted: string): Held {
  const found = held.filter(({ lease }) => lease.startsWith(wanted.toLowerCase()));
  const [only] = found;
  if (only && found.length === 1) return only;
  const reason = only ? `${found.length} leases begin with ${wanted}` : `no lease here begins with ${wanted}`;
  throw new Fault('cli.no-lease', reason, { blame: 'user', remedy: 'list them with `souk reclaim`' });
}

function refusalOf(refused: Reclaimed & { readonly ok: false }): Fault {
  const why: Readonly<Record<typeof refused.reason, string>> = {
    'not-interruptible': 'pays the full price: it ends when its tenant or its money says so',
    'lease-unknown': 'is not known',
    'lease-ended': 'has ended already',
  };
  return new Fault(`lease.${refused.reason}`, `lease ${shortHex(refused.lease)} ${why[refused.reason]}`, {
    blame: 'user',
    data: { lease: refused.lease },
    remedy: 'list those that may be reclaimed with `souk reclaim`',
  });
}

function usage(message: string): Fault {
  return new Fault('cli.usage', message, { blame: 'user', remedy: 'see `souk help reclaim`' });
}

function reclaimedText(one: Reclaimed, nowMs: number): string {
  if (!one.ok) return '';
  return `${one.lease.slice(0, 12)}: notice given; it is stopped in ${leftText(one.reclaimAt, nowMs)}`;
}

function leftText(at: number, nowMs: number): string {
  return durationText(at - nowMs / 1000);
}

function renderHeld(output: Output, held: readonly Held[], nowMs: number): string {
  if (held.length === 0) return 'no lease here is interruptible';
  return renderTable(
    output,
    [
      { title: 'LEASE', cell: (one) => one.lease.slice(0, 12) },
      { title: 'PROVIDER', cell: (one) => one.provider },
      { title: 'PHASE', cell: (one) => one.phase },
      {
        title: 'STOPPED IN',
        cell: (one) => (one.reclaimAt === null ? '–' : leftText(one.reclaimAt, nowMs)),
      },
    ],
    held,
  );
}
