/** The front of one network's deployments, for as long as its watch works. */
import { toFault } from '@souk/protocol';
import type { Deployment } from '@souk/tenant';
import { cliConfigSchema, readSettings } from '../config.ts';
import type { Context } from '../context.ts';
import { openDeploymentStore } from '../deployments.ts';
import type { SelectedNetwork } from '../networks.ts';
import { keepFront, readFront } from './address.ts';
import { startFront } from './front.ts';

/** A record that old is read again for a request. */
const freshMs = 250;
const rawEveryMs = 1_000;

export async function runFront(
  context: Context,
  stack: AsyncDisposableStack,
  network: SelectedNetwork,
): Promise<void> {
  const { cli } = readSettings(context, { cli: cliConfigSchema });
  const { frontHost: host, frontDomain: domain } = cli;
  const store = openDeploymentStore(network.home.deployments);
  const before = readFront(network.home);
  const front = stack.use(
    await startFront(
      { record: remembering(context, (name) => store.load(name)), log: context.log },
      {
        host,
        port: before?.port ?? cli.frontPort,
        domains: [...new Set([domain, 'localhost'])],
        holdMs: cli.frontHoldMs,
        rawPorts: before?.rawPorts ?? {},
      },
    ),
  );
  const keep = () => keepFront(network.home, { host, domain, port: front.port, rawPorts: front.rawPorts() });
  keep();
  const follow = async () => {
    const ports = Object.keys(front.rawPorts()).length;
    await front.serve(await store.list());
    if (Object.keys(front.rawPorts()).length !== ports) keep();
  };
  const timer = setInterval(() => {
    follow().catch((error: unknown) =>
      context.log.warn('raw ports not served', { code: toFault(error, 'cli.front-failed', 'self').code }),
    );
  }, rawEveryMs);
  stack.defer(() => clearInterval(timer));
}

/** Names come from whoever asks: only those of deployments are remembered. */
function remembering({ clock }: Context, load: (name: string) => Promise<Deployment | undefined>) {
  const known = new Map<string, { readonly at: number; readonly record: Deployment }>();
  return async (name: string): Promise<Deployment | undefined> => {
    const one = known.get(name);
    if (one && clock.now() - one.at < freshMs) return one.record;
    const record = await load(name);
    if (record) known.set(name, { at: clock.now(), record });
    else known.delete(name);
    return record;
  };
}
