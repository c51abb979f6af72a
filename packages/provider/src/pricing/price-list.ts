/**
 * An operator's prices, from a YAML file. Amounts are decimals of the market's token per hour; they are kept as
 * integers with six more digits than the token has, so that cheap resources don't round to nothing.
 */
import { readFileSync } from 'node:fs';
import { Fault, parseAmount, type PriceList } from '@souk/protocol';
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';

const scaleDigits = 6;
/** What a public summary and the Market can hold. */
const highest = 1n << 96n;

/** What is used where the operator has no file. */
export const defaultPrices = `# Prices per hour, in the market's token.
core: 0.010            # one core
memoryGib: 0.003       # one GiB of memory
storageGib:            # one GiB of disk, by class
  default: 0.0001
endpoint:              # each public endpoint
  http: 0
  port: 0.0005
  ip: 0.005
gpu:                   # each GPU, by model
  default: 0.50
minimumRate: 0.001     # no lease for less per hour
minimumCharge: 0       # owed once ready, even if closed right away
interruptible: 0.5     # part of the price that an order pays which you may interrupt
`;

const amount = z.string();
const fileSchema = z.strictObject({
  core: amount,
  memoryGib: amount,
  storageGib: z
    .record(z.string(), amount)
    .refine((prices) => 'default' in prices, 'needs a price for "default"'),
  endpoint: z.strictObject({ http: amount, port: amount, ip: amount }).partial().default({}),
  gpu: z
    .record(z.string(), amount)
    .refine((prices) => 'default' in prices, 'needs a price for "default"')
    .default({ default: '0' }),
  minimumRate: amount.default('0'),
  minimumCharge: amount.default('0'),
  interruptible: amount.default('0.5'),
});

/** Throws `pricing.unreadable` and `pricing.invalid`, naming file, line and key. `decimals` are the token's. */
export function loadPriceList(file: string, decimals: number): PriceList {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Fault(
      'pricing.unreadable',
      `the price list ${file} can't be read: ${(cause as Error).message}`,
      {
        blame: 'user',
        data: { file },
        remedy: 'name an existing file with --price-file',
        cause,
      },
    );
  }
  return parsePriceList(text, decimals, file);
}

export function parsePriceList(text: string, decimals: number, file = 'prices.yaml'): PriceList {
  const lines = new LineCounter();
  // The failsafe schema leaves every scalar the text it is: no float ever touches a price.
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines, uniqueKeys: true });
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const [error] = document.errors;
  if (error) throw invalid(file, lineAt(error.pos[0]), error.message.split('\n')[0] ?? 'not YAML');
  const lineOf = (path: readonly PropertyKey[]) => lineAt(offsetOf(document.contents, path));

  const parsed = fileSchema.safeParse(document.toJS());
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const path = issue?.path ?? [];
    throw invalid(file, lineOf(path), `${path.join('.') || 'the file'}: ${issue?.message ?? 'is wrong'}`);
  }
  const read = (path: readonly string[], value: string, digits: number) => {
    try {
      const price = parseAmount(value, digits);
      if (price < highest) return price;
      throw new Error(`"${value.slice(0, 60)}" is too high`);
    } catch (cause) {
      throw invalid(file, lineOf(path), `${path.join('.')}: ${(cause as Error).message}`);
    }
  };
  const scaled = (path: readonly string[], value: string) => read(path, value, decimals + scaleDigits);
  const table = (key: string, prices: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(prices).map(([name, value]) => [name.toLowerCase(), scaled([key, name], value)]),
    );
  const prices = parsed.data;
  const minimumRate = read(['minimumRate'], prices.minimumRate, decimals);
  const interruptiblePermille = Number(read(['interruptible'], prices.interruptible, 3));
  if (interruptiblePermille > 1000)
    throw invalid(file, lineOf(['interruptible']), 'interruptible: must be at most 1');
  return {
    core: scaled(['core'], prices.core),
    memoryGib: scaled(['memoryGib'], prices.memoryGib),
    storageGib: table('storageGib', prices.storageGib),
    endpoint: {
      http: scaled(['endpoint', 'http'], prices.endpoint.http ?? '0'),
      port: scaled(['endpoint', 'port'], prices.endpoint.port ?? '0'),
      ip: scaled(['endpoint', 'ip'], prices.endpoint.ip ?? '0'),
    },
    gpu: table('gpu', prices.gpu),
    minimumCharge: read(['minimumCharge'], prices.minimumCharge, decimals),
    // The Market refuses a rate of zero.
    minimumRate: minimumRate > 0n ? minimumRate : 1n,
    interruptiblePermille,
  };
}

/** Where in the text a path begins, or the deepest part of it that is there. */
function offsetOf(node: unknown, path: readonly PropertyKey[]): number {
  const [head, ...rest] = path;
  if (head === undefined || !isMap(node)) return startOf(node);
  const pair = node.items.find((item) => isScalar(item.key) && item.key.value === head);
  if (!pair) return startOf(node);
  return rest.length === 0 ? startOf(pair.key) : offsetOf(pair.value, rest);
}

function startOf(node: unknown): number {
  return (node as { range?: readonly number[] } | null)?.range?.[0] ?? 0;
}

function invalid(file: string, line: number, reason: string): Fault {
  return new Fault('pricing.invalid', `${file}:${line}: ${reason}`, {
    blame: 'user',
    data: { file, line },
    remedy: 'write prices per hour as plain decimals, e.g. "core: 0.010"',
  });
}
