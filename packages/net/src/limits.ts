/** What one peer may cost us: how often it may ask, and how often it may misbehave before it is refused for a while. */
import type { Clock } from '@souk/protocol';

/** A map that forgets what was touched longest ago once it is full. */
export class BoundedMap<V> {
  readonly #entries = new Map<string, V>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): V | undefined {
    return this.#entries.get(key);
  }

  set(key: string, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size <= this.#limit) return;
    for (const oldest of this.#entries.keys()) {
      this.#entries.delete(oldest);
      return;
    }
  }
}

/** Token buckets: a key may take `perMinute` at once, and that many a minute from then on. */
export class RateLimits {
  readonly #buckets: BoundedMap<{ readonly tokens: number; readonly at: number }>;
  readonly #clock: Clock;

  constructor(clock: Clock, maxKeys: number) {
    this.#clock = clock;
    this.#buckets = new BoundedMap(maxKeys);
  }

  take(key: string, perMinute: number): boolean {
    const now = this.#clock.now();
    const bucket = this.#buckets.get(key) ?? { tokens: perMinute, at: now };
    const refilled = Math.min(perMinute, bucket.tokens + ((now - bucket.at) / 60_000) * perMinute);
    const allowed = refilled >= 1;
    this.#buckets.set(key, { tokens: allowed ? refilled - 1 : refilled, at: now });
    return allowed;
  }
}

/** What a peer can do wrong, and the points it costs. */
export const penalties = {
  malformed: 20,
  'too-large': 20,
  rejected: 10,
  timeout: 10,
  busy: 2,
  'rate-limited': 2,
} as const;
export type Offence = keyof typeof penalties;

export interface StandingRules {
  readonly refuseAtPenalty: number;
  readonly refuseMs: number;
  readonly penaltyHalfLifeMs: number;
  readonly maxPeersRemembered: number;
}

interface Standing {
  readonly penalty: number;
  readonly at: number;
  readonly refusedUntil: number;
}

/** Penalty points by peer id. They fade; at a threshold the peer is refused for a while and `onRefuse` is called. */
export class Standings {
  readonly #clock: Clock;
  readonly #rules: StandingRules;
  readonly #standings: BoundedMap<Standing>;
  readonly #onRefuse: (peerId: string, offence: Offence) => void;

  constructor(clock: Clock, rules: StandingRules, onRefuse: (peerId: string, offence: Offence) => void) {
    this.#clock = clock;
    this.#rules = rules;
    this.#standings = new BoundedMap(rules.maxPeersRemembered);
    this.#onRefuse = onRefuse;
  }

  isRefused(peerId: string): boolean {
    return (this.#standings.get(peerId)?.refusedUntil ?? 0) > this.#clock.now();
  }

  penalise(peerId: string, offence: Offence): void {
    if (this.isRefused(peerId)) return;
    const now = this.#clock.now();
    const penalty = this.#faded(peerId, now) + penalties[offence];
    if (penalty < this.#rules.refuseAtPenalty) {
      this.#standings.set(peerId, { penalty, at: now, refusedUntil: 0 });
      return;
    }
    this.#standings.set(peerId, { penalty: 0, at: now, refusedUntil: now + this.#rules.refuseMs });
    this.#onRefuse(peerId, offence);
  }

  #faded(peerId: string, now: number): number {
    const standing = this.#standings.get(peerId);
    if (standing === undefined) return 0;
    return standing.penalty * 0.5 ** ((now - standing.at) / this.#rules.penaltyHalfLifeMs);
  }
}
