/**
 * What the operator may tell its running provider: by HTTP on the admin port, with a token that lies in a file which
 * only the daemon's user can read. Nothing here is for peers.
 */
import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hash32Schema } from '@souk/protocol';
import type { Hono } from 'hono';
import { z } from 'zod';
import type { Book } from './leases/book.ts';
import type { Reclaimer } from './leases/reclaim.ts';

/** Where and with what token the daemon that runs on a folder can be told something. */
export const controlFileSchema = z.strictObject({ url: z.string(), token: z.string() });
export type ControlFile = z.output<typeof controlFileSchema>;

export function controlFileOf(folder: string): string {
  return join(folder, 'control.json');
}

/** Written while the daemon runs. */
export function keepControlFile(folder: string, control: ControlFile): Disposable {
  const file = controlFileOf(folder);
  rmSync(file, { force: true });
  writeFileSync(file, `${JSON.stringify(control)}\n`, { mode: 0o600 });
  return { [Symbol.dispose]: () => rmSync(file, { force: true }) };
}

export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

const reclaimSchema = z.strictObject({
  /** Null: all that may be. */
  lease: hash32Schema.nullable(),
});

export function addControl(
  app: Hono,
  deps: { readonly token: string; readonly book: Book; readonly reclaim: Reclaimer['reclaim'] },
): void {
  app.post('/reclaim', async (c) => {
    if (!isSame(c.req.header('authorization') ?? '', `Bearer ${deps.token}`)) return c.body(null, 401);
    const parsed = reclaimSchema.safeParse(await c.req.json().catch(() => undefined));
    if (!parsed.success) return c.body(null, 400);
    const { lease } = parsed.data;
    const wanted = lease === null ? interruptible(deps.book) : [lease];
    return c.json({ leases: wanted.map((id) => deps.reclaim(id)) });
  });
}

function interruptible(book: Book) {
  return book
    .all()
    .filter(({ record }) => record.stage === 'up' && record.request?.requirements.interruptible === true)
    .map(({ id }) => id);
}

function isSame(a: string, b: string): boolean {
  return timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'));
}
