/** From a workload file and flags to what is ordered: groups, ceilings, deposits, images. Nothing here spends money. */
import { readFileSync } from 'node:fs';
import { basename, dirname, extname, resolve } from 'node:path';
import type { Network } from '@souk/chain';
import {
  ceilingPerHour,
  Fault,
  formatSdlIssue,
  type ImageBlob,
  isComposeFile,
  parseAmount,
  plainRuntime,
  readSdl,
  runtimeOf,
  type SdlIssue,
  type Workload,
} from '@souk/protocol';
import type { OrderWish } from '@souk/tenant';
import { blobOf, type ImageStore } from '../images.ts';
import { importComposeFile } from './compose.ts';

export interface WishInput {
  readonly name: string;
  readonly workload: Workload;
  readonly network: Network;
  readonly images: ImageStore;
  /** In whole tokens, as typed. */
  readonly deposit: string;
  readonly maxPrice?: string | undefined;
  /** Instead of the file's. */
  readonly topUp?: string | undefined;
  readonly maxTotal?: string | undefined;
}

/** Compose files too. Throws `cli.file-unreadable`, or `sdl.invalid` or `cli.compose-invalid` with every issue. */
export function readWorkload(file: string, onWarning: (text: string) => void): Workload {
  const text = readWorkloadText(file);
  const imported = isComposeFile(text) ? importComposeFile(file, text) : undefined;
  for (const note of imported?.notes ?? []) onWarning(formatSdlIssue(note, file));
  const result = readSdl(imported?.sdl ?? text);
  for (const warning of result.warnings) onWarning(formatSdlIssue(warning, file));
  if (result.ok) return result.workload;
  throw invalidFile(file, result.errors);
}

export function readWorkloadText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (cause) {
    throw new Fault('cli.file-unreadable', `${file} can't be read: ${(cause as Error).message}`, {
      blame: 'user',
      data: { file },
      remedy: 'check its name and that this user may read it',
      cause,
    });
  }
}

/** A name for a deployment that was given none: the file's, or its folder's where the file is called deploy. */
export function nameFor(file: string): string {
  const own = basename(file, extname(file));
  const base = /^(deploy|deployment|sdl|akash|docker-compose|compose|-)$/.test(own)
    ? basename(dirname(resolve(file)))
    : own;
  const name = base
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replace(/^-+|-+$/g, '');
  return name === '' ? 'app' : name;
}

export function wishFor(input: WishInput): OrderWish {
  const { name, workload } = input;
  const { xSouk } = workload;
  const ceilings = new Map(workload.groups.map((group) => [group.name, ceilingOf(group, input)]));
  const deposit = depositFor(input);
  const runtimes = new Map(workload.groups.map((group) => [group.name, runtimeOf(xSouk, group.manifest)]));
  return {
    name,
    groups: workload.groups,
    maxRate: (group) => ceilings.get(group) ?? 0n,
    deposit: () => deposit,
    images: imagesFor(workload, input.images),
    runtime: (name) => runtimes.get(name) ?? plainRuntime,
    ...(xSouk?.update === undefined ? {} : { update: xSouk.update }),
    ...moneyOf(input),
    ...(xSouk?.clawbackSeconds === undefined ? {} : { clawbackWindowSeconds: xSouk.clawbackSeconds }),
    ...(xSouk?.startSeconds === undefined ? {} : { startWindowSeconds: xSouk.startSeconds }),
  };
}

/** For top-ups that were asked for without saying when. */
const defaultTopUpSeconds = 3600;

/** What it may cost in all, and what is added when its money is low: as typed, else as the file says. */
function moneyOf({ workload, network, ...typed }: WishInput): Pick<OrderWish, 'maxTotal' | 'topUp'> {
  const { decimals } = network.token;
  const maxTotal = typed.maxTotal ?? workload.xSouk?.maxTotal;
  const amount = typed.topUp ?? workload.xSouk?.topUp?.amount;
  const whenLeftSeconds = workload.xSouk?.topUp?.whenLeftSeconds ?? defaultTopUpSeconds;
  return {
    ...(maxTotal === undefined ? {} : { maxTotal: parseAmount(maxTotal, decimals) }),
    ...(amount === undefined ? {} : { topUp: { whenLeftSeconds, amount: parseAmount(amount, decimals) } }),
  };
}

function ceilingOf(group: Workload['groups'][number], input: WishInput): bigint {
  const { decimals } = input.network.token;
  if (input.maxPrice !== undefined) return parseAmount(input.maxPrice, decimals);
  const ceiling = ceilingPerHour(group, { decimals });
  if (ceiling.kind === 'usd' && ceiling.ratePerHour > 0n) return ceiling.ratePerHour;
  const reason =
    ceiling.kind === 'usd'
      ? `the file's price for "${group.name}" is less than the token can say`
      : `the file's price for "${group.name}" is in ${ceiling.denom}, whose worth changes`;
  throw new Fault('cli.no-ceiling', reason, {
    blame: 'user',
    data: { group: group.name },
    remedy: 'say what you would pay at most per hour: --max-price 0.30',
  });
}

// What the whole deployment may cost bounds what is locked for it.
function depositFor(input: WishInput): bigint {
  const { decimals } = input.network.token;
  const wanted = parseAmount(input.deposit, decimals);
  const { maxTotal } = moneyOf(input);
  if (maxTotal === undefined) return wanted;
  const share = maxTotal / BigInt(input.workload.groups.length);
  return share < wanted ? share : wanted;
}

/** The kept images that the workload names: those are handed over, all others come from registries. */
function imagesFor(workload: Workload, store: ImageStore): readonly ImageBlob[] {
  const references = new Set(
    workload.groups.flatMap((group) => group.manifest.services.map((service) => service.image)),
  );
  const kept = store.list().filter((image) => references.has(image.reference));
  for (const image of kept) store.check(image);
  return kept.map(blobOf);
}

function invalidFile(file: string, errors: readonly SdlIssue[]): Fault {
  const text = errors.map((issue) => formatSdlIssue(issue, file)).join('\n');
  return new Fault('sdl.invalid', text, {
    blame: 'user',
    data: { file, errors },
    remedy: `mend the file, then check it with \`souk sdl check ${file}\``,
  });
}
