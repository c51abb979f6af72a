/** What goes wrong around a provider that lives: its driver is away, the chain's events come as they please. */
import type { ChainEvent, ChainReads, FollowOptions } from '@souk/chain';
import { type Clock, Fault } from '@souk/protocol';
import type { Driver } from '../../src/drivers/driver.ts';

export const eventTroubles = ['none', 'dropped', 'doubled', 'delayed', 'swapped'] as const;
export type EventTrouble = (typeof eventTroubles)[number];

export interface Trouble {
  events: EventTrouble;
  isDriverAway: boolean;
  driver(driver: Driver): Driver;
  /** `isOver`: the process that follows is gone; nothing reaches it any more. */
  chain(reads: ChainReads, isOver: () => boolean): ChainReads;
}

const delayMs = 20_000;
const asked: readonly (keyof Driver)[] = [
  'ping',
  'ensureImage',
  'hasImage',
  'apply',
  'stop',
  'prepareVolumes',
  'volumes',
  'remove',
  'list',
  'usage',
  'dial',
];

export function createTrouble(clock: Pick<Clock, 'sleep'>): Trouble {
  const trouble: Trouble = {
    events: 'none',
    isDriverAway: false,

    driver: (driver) =>
      new Proxy(driver, {
        get(target, name) {
          const value = Reflect.get(target, name) as unknown;
          if (typeof value !== 'function') return value;
          const call = value.bind(target) as (...args: unknown[]) => unknown;
          if (!asked.includes(name as keyof Driver)) return call;
          return async (...args: unknown[]) => {
            if (trouble.isDriverAway)
              throw new Fault('driver.unavailable', 'the engine is down', { blame: 'self', retry: true });
            return call(...args);
          };
        },
      }),

    chain: (reads, isOver) => ({
      ...reads,
      follow: (options) => reads.follow(tamper(options, isOver)),
    }),
  };

  /** What the follower tells, as a bad messenger brings it: of reorganisations too. */
  const tamper = (options: FollowOptions, isOver: () => boolean): FollowOptions => {
    let kept: ChainEvent | undefined;
    const later = (work: () => unknown) =>
      void clock.sleep(delayMs).then(() => (isOver() ? undefined : work()));
    return {
      ...options,
      onEvent: async (event) => {
        switch (trouble.events) {
          case 'none':
            return options.onEvent(event);
          case 'dropped':
            return;
          case 'doubled':
            await options.onEvent(event);
            return options.onEvent(event);
          case 'delayed':
            return later(() => options.onEvent(event));
          case 'swapped': {
            const before = kept;
            kept = before ? undefined : event;
            if (!before) return;
            await options.onEvent(event);
            return options.onEvent(before);
          }
        }
      },
      onReorg: async (fromBlock) => {
        if (trouble.events === 'dropped') return;
        if (trouble.events === 'delayed') return later(() => options.onReorg?.(fromBlock));
        if (trouble.events === 'doubled') await options.onReorg?.(fromBlock);
        await options.onReorg?.(fromBlock);
      },
    };
  };
  return trouble;
}
