/** The provider's numbers for Prometheus. Labels come from closed unions, except the lease's own id, removed at its end. */
import type { Metrics } from '@souk/daemon';

export function createProviderMetrics(metrics: Metrics) {
  const perReplica = ['lease', 'service', 'replica'] as const;
  return {
    orders: metrics.counter('souk_provider_orders_total', 'Orders heard that passed validation'),
    ordersRefused: metrics.counter('souk_provider_orders_refused_total', 'Orders not passed on', ['reason']),
    declines: metrics.counter('souk_provider_declines_total', 'Reasons given for not bidding', ['reason']),
    offers: metrics.counter('souk_provider_offers_total', 'Offers by what became of them', [
      'kind',
      'answer',
    ]),
    bidLatency: metrics.histogram(
      'souk_provider_bid_latency_seconds',
      'From an order heard to its offer signed',
      [0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.25, 1],
    ),
    acceptances: metrics.counter('souk_provider_acceptances_total', 'Acceptances by answer', ['answer']),
    leases: metrics.gauge('souk_provider_leases', 'Leases by phase', ['phase']),
    leaseFaults: metrics.counter('souk_provider_lease_faults_total', 'Steps of leases that failed', ['step']),
    collected: metrics.counter(
      'souk_provider_collected_tokens_total',
      'Collected, in the token’s smallest unit',
    ),
    transactions: metrics.counter('souk_provider_transactions_total', 'Transactions sent', [
      'kind',
      'result',
    ]),
    free: metrics.gauge('souk_provider_free', 'Free to bid with: cores, bytes, GPUs', ['resource']),
    cpu: metrics.gauge('souk_provider_lease_cpu_seconds', 'CPU time used by a replica', perReplica),
    memory: metrics.gauge('souk_provider_lease_memory_bytes', 'Memory in use by a replica', perReplica),
    received: metrics.gauge('souk_provider_lease_received_bytes', 'Bytes received by a replica', perReplica),
    sent: metrics.gauge('souk_provider_lease_sent_bytes', 'Bytes sent by a replica', perReplica),
    disk: metrics.gauge('souk_provider_lease_disk_bytes', 'Disk in use by a replica', perReplica),
    ingressRequests: metrics.counter('souk_provider_ingress_requests_total', 'HTTP requests proxied', [
      'status',
    ]),
    keptLogBytes: metrics.gauge('souk_provider_kept_log_bytes', 'Logs of leases kept on disk'),
    healthy: metrics.gauge('souk_provider_healthy', '1 while a part works', ['part']),
  };
}
export type ProviderMetrics = ReturnType<typeof createProviderMetrics>;
