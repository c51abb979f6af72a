/** Settings of the selling side, with units in their names. Durations in ms are ours; seconds are what is signed. */
import { addressSchema } from '@souk/protocol';
import { z } from 'zod';

const milliseconds = z.number().int().min(1);
const seconds = z.number().int().min(1).max(0xffff_ffff);
const port = z.number().int().min(0).max(65_535);
const count = z.number().int().min(1);
/** Sizes are written in GiB and may have a fraction; kept as bytes. */
const gibibytes = z
  .number()
  .min(0)
  .max(2 ** 30)
  .transform((value) => BigInt(Math.round(value * 2 ** 30)));

const gpuSchema = z.strictObject({
  vendor: z.string().max(64),
  model: z.string().max(64),
  ram: z.string().max(16).optional(),
  interface: z.string().max(16).optional(),
});

export const providerConfigSchema = z.strictObject({
  // --- what is sold
  share: z.number().gt(0).max(1).default(0.8).describe('part of cpu, memory and disk that is for rent'),
  cpuCores: z.number().gt(0).max(4096).optional().describe('cores for rent, instead of the share'),
  memoryGib: gibibytes.optional().describe('memory for rent in GiB, instead of the share'),
  storageGib: gibibytes.optional().describe('disk for rent in GiB, instead of the share'),
  gpus: z.array(gpuSchema).max(64).optional().describe('GPUs for rent, instead of those that are found'),
  attributes: z
    .record(z.string().min(1).max(64), z.string().max(64))
    .default({})
    .describe('attributes that orders may ask for, e.g. region'),
  auditors: z
    .array(z.string().max(128))
    .max(32)
    .default([])
    .describe('auditors that signed for this provider'),
  storageClasses: z
    .array(z.string().max(32))
    .max(16)
    .default(['default', 'beta1', 'beta2', 'beta3'])
    .describe('storage classes offered; `ram` always is'),
  reclamationSeconds: z
    .number()
    .int()
    .min(0)
    .max(2_592_000)
    .default(300)
    .describe('notice given before capacity is taken back; longer is promised to nobody'),
  capacityPublishMs: milliseconds.default(60_000).describe('how often the public capacity summary goes out'),

  // --- bidding
  tokens: z.array(addressSchema).max(16).optional().describe('tokens taken; by default the network’s own'),
  bidTtlSeconds: seconds.default(120).describe('how long a bid holds, and capacity with it'),
  maxClawbackWindowSeconds: seconds.default(3600).describe('longest clawback window accepted'),
  maxStartWindowSeconds: seconds.default(3600).describe('longest wait for the meter accepted'),
  minimumFundedSeconds: seconds.default(60).describe('an order must pay for at least this long'),
  maxOpenBidsPerTenant: count.default(64).describe('bids of one tenant that may hold capacity at once'),
  maxOpenBids: count.default(1024).describe('bids that may hold capacity at once'),
  offerTimeoutMs: milliseconds.default(3_000).describe('time for a tenant to take an offer'),
  offerConcurrency: count.default(32).describe('offers sent at once'),
  ordersPerMinutePerTenant: count.default(600).describe('orders of one tenant looked at per minute'),
  priceScript: z.string().max(4096).optional().describe('program that prices orders: JSON in, rate out'),
  priceScriptTimeoutMs: milliseconds.default(2_000).describe('time for the price script'),

  // --- leases
  maxLeases: count.max(1000).default(200).describe('leases at once'),
  reconcileMs: milliseconds.default(15_000).describe('how often what runs is compared with what should'),
  pulseMs: milliseconds.default(1_000).describe('how often running workloads are looked at'),
  moneyTickMs: milliseconds.default(1_000).describe('how often leases’ money and patience are looked at'),
  retryMs: milliseconds.default(1_000).describe('first pause before a failed step is tried again; doubles'),
  retryMaxMs: milliseconds.default(60_000).describe('longest pause before a failed step is tried again'),
  readyPatienceMs: milliseconds
    .default(180_000)
    .describe('how long a healthy workload is served without a signed Ready'),
  closeToleranceSeconds: seconds
    .default(60)
    .describe('how far back a tenant’s signed close may date for us to bring it'),
  exhaustedGraceSeconds: z
    .number()
    .int()
    .min(0)
    .max(3600)
    .default(0)
    .describe('unpaid time served past the money'),
  pauseGraceSeconds: z
    .number()
    .int()
    .min(60)
    .max(2_592_000)
    .default(86_400)
    .describe(
      'how long the data of a workload that ran low on money is kept, as far as a tenth of its money pays',
    ),
  collectEveryMs: milliseconds.default(21_600_000).describe('collect at least this often'),
  collectMinimum: z
    .string()
    .regex(/^[0-9]{1,20}(\.[0-9]+)?$/)
    .default('1')
    .describe('collect sooner once all leases together owe this many tokens'),
  imageWaitMs: milliseconds
    .default(60_000)
    .describe('an image upload that moves no byte for this long has failed'),
  pullStallMs: milliseconds
    .default(180_000)
    .describe('getting images that moves no byte for this long is broken off and begun again'),
  maxImageGib: gibibytes.prefault(20).describe('largest image taken from a tenant, in GiB'),
  diskReserveGib: gibibytes.prefault(1).describe('disk that image uploads leave free, in GiB'),
  keptClosedLeases: count.max(10_000).default(500).describe('closed leases kept for status and receipts'),

  // --- logs
  keptLogMib: count
    .max(65_536)
    .default(16)
    .describe('log kept on disk per lease, in MiB; the oldest goes first'),
  keptLogTotalMib: count.default(4096).describe('log kept on disk for all leases together, in MiB'),
  keptLogDays: z.number().min(0).max(3650).default(7).describe('days that a closed lease’s log can be read'),
  logLinesPerSecond: count
    .default(5000)
    .describe('lines kept per second of one lease that goes on and on; what is more is dropped, counted'),
  callPrivateAddresses: z
    .boolean()
    .default(false)
    .describe('call addresses in private networks where a tenant names them, e.g. to send its log there'),

  // --- volumes
  snapshotMaxGib: gibibytes.prefault(64).describe('largest volume that is saved to other peers, in GiB'),
  snapshotTickMs: milliseconds.default(1_000).describe('how often snapshots that are due are looked for'),
  snapshotBytesPerSecond: count
    .default(64 * 1024 * 1024)
    .describe('bytes a second that one save of volumes sends to a holder'),
  snapshotHoldGib: gibibytes
    .prefault(1)
    .describe('disk for other providers’ snapshots, in GiB; 0 holds none'),
  snapshotHoldPerDeploymentGib: gibibytes
    .prefault(0.25)
    .describe('the most of it for one deployment, in GiB'),
  snapshotHoldDays: count
    .max(3650)
    .default(7)
    .describe('days that snapshots are held after anybody last asked for them'),
  restorePatienceMs: milliseconds
    .default(120_000)
    .describe('how long a start waits for the holder of the snapshot that it needs'),

  // --- ingress
  ingressHost: z.string().max(255).default('127.0.0.1').describe('address the HTTP ingress listens on'),
  ingressPort: port.default(0).describe('port the HTTP ingress listens on; 0 takes any'),
  publicHost: z.string().max(255).default('localhost').describe('host of raw TCP ports as tenants are told'),
  publicPort: port.default(0).describe('port of URLs as tenants are told; 0: the one that is listened on'),
  domain: z
    .string()
    .max(200)
    .regex(/^[a-z0-9.-]+$/)
    .default('localhost')
    .describe('workloads are at <service>-<lease>.<domain>'),
  httpsPort: port
    .optional()
    .describe('port for HTTPS at tenants’ own domains; 0 takes any; left out, there is no HTTPS'),
  publicHttpsPort: port
    .default(0)
    .describe('port of https URLs as tenants are told; 0: the one that is listened on'),
  httpsRedirect: z.boolean().default(false).describe('send HTTP at a domain with a certificate on to HTTPS'),
  acmeDirectory: z
    .url({ protocol: /^https$/ })
    .max(512)
    .default('https://acme-v02.api.letsencrypt.org/directory')
    .describe('directory of the ACME authority that signs certificates'),
  acmeEmail: z.email().max(254).optional().describe('where the authority may write to'),
  acmeAgreeTos: z.boolean().default(false).describe('you have read the authority’s terms and agree to them'),
  acmeCaFile: z
    .string()
    .max(4096)
    .optional()
    .describe('PEM file of who signed the directory’s own TLS, if unusual'),
  acmeChallengePort: port
    .min(1)
    .default(80)
    .describe('port at which the authority, coming by a domain’s name, finds the HTTP ingress'),
  acmeRetryMs: milliseconds.default(300_000).describe('first pause after a refused certificate; doubles'),
  maxDomainsPerLease: count.max(100).default(10).describe('own domains of one lease that get certificates'),
  portFrom: port.default(31_000).describe('first port for raw TCP'),
  portTo: port.default(31_999).describe('last port for raw TCP'),

  // --- admin
  adminHost: z.string().max(255).default('127.0.0.1').describe('address of /metrics and /healthz'),
  adminPort: port.default(0).describe('port of /metrics and /healthz; 0 takes any'),
  healthMs: milliseconds.default(5_000).describe('how often what bidding and settling need is looked at'),
  meteringMs: milliseconds.default(15_000).describe('how often usage is sampled'),
  minimumGasWei: z
    .string()
    .regex(/^[0-9]{1,30}$/)
    .default('1000000000000000')
    .describe('below this much native coin the provider is unhealthy'),
});
export type ProviderConfig = Readonly<z.output<typeof providerConfigSchema>>;
