/** Where and for how much a file wants to run: placements with their prices, deployment counts, reclamation. */
import { readAttributes, type SdlAttribute } from './compute.ts';
import {
  type Field,
  note,
  readChoice,
  readEntries,
  readRecord,
  readText,
  readTexts,
  readWhole,
  refuse,
} from './field.ts';
import type { Path } from './issue.ts';
import { atScale18, type Decimal, decimalOf, parseDecimal, parseWindow } from './units.ts';

export interface SdlPrice {
  readonly path: Path;
  readonly denom: 'uakt' | 'uact';
  /** Per block and replica, in the denomination's unit. */
  readonly amount: Decimal;
}

export interface SdlPlacement {
  readonly path: Path;
  readonly name: string;
  readonly attributes: readonly SdlAttribute[];
  readonly allOf: readonly string[];
  readonly anyOf: readonly string[];
  /** By compute profile. */
  readonly prices: ReadonlyMap<string, SdlPrice>;
}

/** `count` replicas of a service with a compute profile at a placement. */
export interface SdlDeployment {
  readonly path: Path;
  readonly service: string;
  readonly placement: string;
  readonly profile: string;
  readonly count: number;
}

export function readPlacements(field: Field | undefined): readonly SdlPlacement[] {
  return readEntries(field).map(([name, placement]) => {
    const fields = readRecord(placement, { required: ['pricing'], optional: ['attributes', 'signedBy'] });
    const signedBy = readRecord(fields.signedBy, { optional: ['allOf', 'anyOf'] });
    return {
      path: placement.path,
      name,
      attributes: readAttributes(fields.attributes),
      allOf: readTexts(signedBy.allOf),
      anyOf: readTexts(signedBy.anyOf),
      prices: new Map(readEntries(fields.pricing).map(([profile, price]) => [profile, readPrice(price)])),
    };
  });
}

function readPrice(field: Field): SdlPrice {
  const fields = readRecord(field, { required: ['denom', 'amount'] });
  const denom = readChoice(fields.denom, ['uact', 'uakt']);
  if (fields.denom?.value === 'uakt') {
    note(
      fields.denom,
      'warning',
      'a price in AKT has no fixed value in money',
      'write it in uact (1,000,000 uact = 1 USD), or give --max-price when deploying',
    );
  }
  return { path: field.path, denom, amount: readPriceAmount(fields.amount) };
}

function readPriceAmount(field: Field | undefined): Decimal {
  const zero: Decimal = { digits: 0n, scale: 0 };
  if (field === undefined) return zero;
  const { value } = field;
  if (typeof value !== 'number' && typeof value !== 'string') {
    refuse(field, 'a price per block', 'write a number, 0 or more');
    return zero;
  }
  const isWritten = typeof value === 'number' || /^[0-9]+(\.[0-9]+)?$/.test(value);
  const amount = typeof value === 'number' ? decimalOf(value) : parseDecimal(value);
  if (amount === undefined || !isWritten) {
    note(field, 'error', `"${String(value).slice(0, 60)}" is no price`, 'write a number, 0 or more');
    return zero;
  }
  if (atScale18(amount) === 0n) {
    note(
      field,
      'warning',
      'a ceiling of 0: nobody will offer',
      'raise it, or give --max-price when deploying',
    );
  }
  return amount;
}

export function readDeployments(field: Field | undefined): readonly SdlDeployment[] {
  return readEntries(field).flatMap(([service, placements]) =>
    readEntries(placements).map(([placement, deployment]) => {
      const fields = readRecord(deployment, { required: ['profile', 'count'] });
      return {
        path: deployment.path,
        service,
        placement,
        profile: readText(fields.profile),
        count: readWhole(fields.count, 1),
      };
    }),
  );
}

/** Seconds of notice before capacity is taken back; 0 where the file asks for none. */
export function readReclamation(field: Field | undefined): number {
  if (field === undefined) return 0;
  const window = readRecord(field, { required: ['min_window'] }).min_window;
  const text = readText(window);
  if (window === undefined || typeof window.value !== 'string') return 0;
  const seconds = parseWindow(text);
  if (seconds === undefined) {
    note(
      window,
      'error',
      `"${text.slice(0, 60)}" is no window`,
      'write a whole number and s, m or h, as 24h',
    );
    return 0;
  }
  if (seconds < 3600 || seconds > 720 * 3600) {
    note(window, 'obstacle', `a window of ${text} is outside 1h to 720h`, 'write 1h to 720h');
  }
  return seconds;
}
