/** What a tenant does about updates, in the world of these tests. */
import type { Terms } from '@souk/chain';
import {
  type Amendment,
  hashManifest,
  hashRequirements,
  type LeaseId,
  type LeaseStatus,
  type LocalKey,
  plainRuntime,
  readSdl,
  type Runtime,
  updateProtocol,
  type UpdateStrategy,
} from '@souk/protocol';
import type { z } from 'zod';
import { image, sdl, type World } from './world.ts';

type Answer = z.output<(typeof updateProtocol)['answer']>;
type Apply = Extract<z.output<(typeof updateProtocol)['request']>, { readonly kind: 'apply' }>;

export const oneOf = (wanted: string) => sdl.replace(image, wanted);
export const twoOf = (wanted: string) => oneOf(wanted).replace('count: 1', 'count: 2');

/** Its probe asks a port that nothing listens on. */
export const unhealthy: Runtime = {
  ...plainRuntime,
  health: { web: { kind: 'tcp', port: 9, intervalSeconds: 1, timeoutSeconds: 1, failures: 1 } },
};

export interface ApplyOptions {
  readonly by?: LocalKey;
  readonly strategy?: UpdateStrategy;
  readonly healthySeconds?: number;
  readonly canary?: Apply['canary'];
  readonly runtime?: Runtime;
  readonly images?: Apply['images'];
  readonly amendment?: Partial<Amendment>;
}

export function groupOf(text: string) {
  const group = readSdl(text).workload?.groups[0];
  if (!group) throw new Error('not a workload');
  return group;
}

export function createUpdates(world: World) {
  const ask = (request: z.output<(typeof updateProtocol)['request']>): Promise<Answer> =>
    world.peer.ask(world.providerPeer.addresses(), updateProtocol, request);

  const terms = async (lease: LeaseId): Promise<Terms> => {
    const events = await world.chain.reads.eventsSince(0, { lease });
    const all = events.flatMap((event) => ('terms' in event ? event.terms : []));
    const last = all.at(-1);
    if (!last) throw new Error('not open');
    return last;
  };

  const quote = async (lease: LeaseId, text: string) => {
    const answer = await ask({ kind: 'quote', lease, requirements: groupOf(text).requirements });
    if (!answer.ok || answer.kind !== 'quote') throw new Error(`no quote: ${JSON.stringify(answer)}`);
    return answer;
  };

  /** The request as the tenant would send it. */
  const request = async (lease: LeaseId, text: string, options: ApplyOptions = {}): Promise<Apply> => {
    const { requirements, manifest } = groupOf(text);
    const { rate, minimumCharge, terms: current } = await quote(lease, text);
    const message: Amendment = {
      lease,
      terms: current,
      manifest: hashManifest([manifest]),
      requirements: hashRequirements(requirements),
      rate,
      minimumCharge,
      deposit: 0n,
      expiresAt: world.chain.now() + 600,
      ...options.amendment,
    };
    const signer = options.by ?? world.agent;
    return {
      kind: 'apply',
      lease,
      amendment: { ...(await signer.sign(world.chain.reads.domain, 'Amendment', message)) },
      requirements,
      manifest,
      runtime: options.runtime ?? plainRuntime,
      images: options.images ?? [],
      strategy: options.strategy ?? 'rolling',
      healthySeconds: options.healthySeconds ?? 20,
      canary: options.canary ?? { replicas: 1, bakeSeconds: 5 },
    };
  };

  return {
    ask,
    terms,
    quote,
    request,
    apply: async (lease: LeaseId, text: string, options?: ApplyOptions) =>
      ask(await request(lease, text, options)),
    abort: (lease: LeaseId) => ask({ kind: 'abort', lease }),
    readyOnChain: (lease: LeaseId) =>
      world.until('ready on chain', async () => (await world.onChain(lease)).readyAt > 0),
    /** Waits for its end, and until what is to run then does. */
    ended: (lease: LeaseId): Promise<LeaseStatus> =>
      world.until('the update to end', async () => {
        const status = await world.status(lease);
        const isUp = status.phase === 'running' || status.phase === 'ready';
        return status.update && status.update.state !== 'applying' && isUp ? status : undefined;
      }),
    /** Thousandths of a core that nobody holds. */
    async freeMilli(): Promise<number> {
      const tooMuch = sdl.replace('units: 0.5', 'units: 100');
      const offer = await world.offerOn(
        await world.draft({ maxRate: 10n ** 9n, deposit: 10n ** 7n }, tooMuch),
      );
      const declines = offer.kind === 'decline' ? offer.declines : [];
      const short = declines.find((one) => one.reason === 'no-capacity' && one.resource === 'cpuMilli');
      if (short?.reason !== 'no-capacity') throw new Error('it was not declined for want of cores');
      return Number(short.available);
    },
    /** As the driver has it. */
    running(lease: LeaseId): readonly string[] {
      const { services = [] } = world.driver.control.appliedTo(lease) ?? {};
      return services
        .flatMap(({ service, image: { reference }, replicas }) =>
          (replicas ?? Array.from({ length: service.count }, (_, index) => index)).map(
            (replica) => `${service.name}/${replica} ${reference}`,
          ),
        )
        .toSorted();
    },
  };
}
