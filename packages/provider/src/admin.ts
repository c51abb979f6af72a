/** The operator's own HTTP: /metrics for Prometheus, /healthz that is red when the business stands still, /leases. */
import type { Metrics } from '@souk/daemon';
import { Hono } from 'hono';
import type { Health } from './health.ts';
import type { Book } from './leases/book.ts';

export function createAdmin(deps: {
  readonly metrics: Metrics;
  readonly health: Health;
  readonly book: Book;
}): Hono {
  const app = new Hono();
  app.get('/metrics', async (c) =>
    c.body(await deps.metrics.render(), 200, { 'content-type': deps.metrics.contentType }),
  );
  app.get('/healthz', (c) => {
    const troubles = deps.health.troubles();
    const isHealthy = Object.keys(troubles).length === 0;
    return c.json({ ok: isHealthy, troubles }, isHealthy ? 200 : 503);
  });
  app.get('/leases', (c) =>
    c.json(
      deps.book.all().map((lease) => ({
        lease: lease.id,
        phase: lease.phase,
        detail: lease.detail,
        since: lease.since,
        acceptedAt: lease.record.acceptedAt,
        tenant: lease.record.parties.tenant,
        isInterruptible: lease.record.request?.requirements.interruptible === true,
        reclaimAt: lease.record.reclaimAt,
      })),
    ),
  );
  return app;
}
