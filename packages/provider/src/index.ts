/**
 * @souk/provider: the selling side of a lease: hears orders, prices and bids, runs what it has agreed to, serves its
 * tenants and collects what is owed. It must never serve what nobody pays for, end a lease because something did not
 * answer, or let a tenant reach the host or another tenant. `souk provide` starts it.
 */
export { createCapacityValidator } from './bidding/capacity-validator.ts';
export { createOrderValidator, type OrderFault } from './bidding/order-validator.ts';
export { type ProviderConfig, providerConfigSchema } from './config.ts';
export { controlFileOf, controlFileSchema } from './control.ts';
export type { Reclaimed } from './leases/reclaim.ts';
export { type BuiltImage, buildNodeImage, type NodeImageSpec } from './images/build.ts';
export type { HealthPart } from './health.ts';
export { forwardedHeaders, pathOf, responseHeaders } from './ingress/headers.ts';
export type { Machine } from './inventory/machine.ts';
export { defaultPrices, loadPriceList, parsePriceList } from './pricing/price-list.ts';
export { type Provider, type ProviderDeps, startProvider } from './provider.ts';
export type { Driver, DriverName } from './drivers/driver.ts';
export { type DetectedDriver, detectDrivers } from './drivers/detect.ts';
export { makeDriver, type MakeDriverOptions } from './drivers/make.ts';
export { createSecretBox, type SecretBox } from './leases/secrets.ts';
export { blobKeys } from './volumes/blob.ts';
export { type BlobSink, makeSnapshot } from './volumes/make.ts';
export { type HolderDeps, serveHolder } from './volumes/holder/serve.ts';
export { type HolderLimits, type HolderStore, openHolderStore } from './volumes/holder/store.ts';
export { readSnapshots, type WrittenVolume } from './volumes/read.ts';
