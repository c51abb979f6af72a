/**
 * Holds containers to the disk that they rented, where Docker itself does not: on most file systems its engine has no
 * limit to set. Looks every few seconds; what has taken more is ended and its layer freed, and a lease with an overfull
 * volume is not started again. Between two looks a workload can take what the disk can write in that time.
 */
import { Fault, type LeaseId, type Log, toFault } from '@souk/protocol';
import type Docker from 'dockerode';
import { ask, type Engine, labels, unlessGone } from './engine.ts';

export interface DiskGuard extends AsyncDisposable {
  /** Throws `driver.volume-full` while one of the lease's volumes holds more than it may. */
  mustFit(lease: LeaseId): void;
}

interface DiskUsage {
  readonly Containers:
    | readonly { readonly Id: string; readonly SizeRw?: number; readonly Labels: Labels }[]
    | null;
  readonly Volumes:
    | readonly {
        readonly Name: string;
        readonly Labels: Labels | null;
        readonly UsageData: { readonly Size: number } | null;
      }[]
    | null;
}
type Labels = Readonly<Record<string, string>>;

const everyMs = 5000;
/** The engine walks every file for an answer: it rests this many times as long as that took. */
const restFactor = 10;

export function guardDisk(engine: Engine, { log }: { readonly log: Log }): DiskGuard {
  const { docker } = engine;
  const overfull = new Map<LeaseId, string>();
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> = Promise.resolve();
  let isOver = false;

  const end = async (container: Docker.Container): Promise<void> => {
    await unlessGone(() => container.remove({ force: true, v: true }));
  };

  const look = async (): Promise<void> => {
    const { Containers, Volumes } = (await ask(() => docker.df())) as DiskUsage;
    const isOurs = (all: Labels | null) => all?.[labels.instance] === engine.instance;
    const containers = (Containers ?? []).filter((each) => isOurs(each.Labels));
    overfull.clear();
    for (const { Name, Labels: all, UsageData: usage } of Volumes ?? []) {
      const limit = Number(all?.[labels.bytes] ?? Infinity);
      if (!all || !isOurs(all) || !usage || usage.Size <= limit) continue;
      const what = `the volume ${all[labels.volume] ?? Name} holds ${usage.Size} bytes of ${limit}`;
      overfull.set(all[labels.lease] as LeaseId, what);
    }
    for (const { Id, SizeRw = 0, Labels: all } of containers) {
      const lease = all[labels.lease] as LeaseId;
      const limit = Number(all[labels.disk] ?? Infinity);
      if (SizeRw <= limit && !overfull.has(lease)) continue;
      const trouble = overfull.get(lease) ?? `its own files hold ${SizeRw} bytes of ${limit}`;
      log.warn('workload ended: it took more disk than it rented', { lease, trouble });
      await end(docker.getContainer(Id));
    }
  };

  const plan = (ms: number): void => {
    if (isOver) return;
    timer = setTimeout(() => {
      const startedAt = performance.now();
      round = look()
        .catch((error: unknown) =>
          log.debug('disk use not looked at', { code: toFault(error, 'driver.failed', 'self').code }),
        )
        .then(() => plan(Math.max(everyMs, restFactor * (performance.now() - startedAt))));
    }, ms);
    timer.unref();
  };
  plan(everyMs);

  return {
    mustFit(lease) {
      const trouble = overfull.get(lease);
      if (trouble !== undefined)
        throw new Fault('driver.volume-full', trouble, {
          blame: 'user',
          retry: true,
          remedy: 'update the deployment with a larger volume, or close it',
        });
    },
    async [Symbol.asyncDispose]() {
      isOver = true;
      clearTimeout(timer);
      await round;
    },
  };
}

/** Before version 25 Docker's own filter of calls leaves io_uring open, where kernels have had many holes. */
export async function warnOfOldEngine(docker: Docker): Promise<readonly string[]> {
  const version = await docker.version().then(
    ({ Version }) => Version,
    () => undefined,
  );
  if (version === undefined || Number.parseInt(version, 10) >= 25) return [];
  return [
    `Docker ${version} lets workloads use io_uring: take version 25 or later, or set kernel.io_uring_disabled=2`.slice(
      0,
      300,
    ),
  ];
}
