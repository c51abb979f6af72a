/**
 * The form of a workload file as a JSON Schema (draft 2020-12), for editors: completion, and red lines while typing.
 * Form only; what a schema can't say (a name that must exist, sizes that add up) is the reader's, which decides.
 * `docs/workload.schema.json` and `souk sdl schema` are printed from this.
 */
import { restartPolicies } from '../runtime.ts';
import { updateStrategies } from '../wire.ts';

type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: 'string' };
const name: Schema = { type: 'string', minLength: 1 };
const port: Schema = { type: 'integer', minimum: 1, maximum: 65_535 };
const texts: Schema = { type: 'array', items: text };
const textsOrNull: Schema = { type: ['array', 'null'], items: text };
const flag: Schema = { type: 'boolean' };
const whole = (minimum: number, maximum: number, description: string): Schema => ({
  type: 'integer',
  minimum,
  maximum,
  description,
});
const seconds = (minimum: number, maximum: number, description: string) =>
  whole(minimum, maximum, `${description}, in seconds`);

function record(
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[] = [],
  description?: string,
): Schema {
  const about = description === undefined ? {} : { description };
  return { type: 'object', ...about, properties, required, additionalProperties: false };
}

function entries(values: Schema, description?: string): Schema {
  const about = description === undefined ? {} : { description };
  return { type: 'object', ...about, additionalProperties: values };
}

const size: Schema = {
  type: 'string',
  description: 'an amount of bytes, as 512Mi or 1.5Gi',
  pattern: '^[0-9]+(\\.[0-9]+)?\\s*[A-Za-z]*$',
};
const money: Schema = {
  type: ['number', 'string'],
  description: 'whole tokens, as 25 or "12.50"',
  exclusiveMinimum: 0,
  pattern: '^[0-9]+(\\.[0-9]+)?$',
};
const attributes = entries({ type: ['string', 'number', 'boolean'] });

const expose = record(
  {
    port: { ...port, description: 'where the service listens' },
    as: { ...port, description: 'what it is reached at; 80 is HTTP by host name' },
    proto: { enum: ['TCP', 'UDP', 'tcp', 'udp'] },
    accept: { ...texts, description: 'domains of your own that lead here' },
    to: { type: 'array', items: record({ service: text, global: flag, ip: name }) },
    http_options: record({
      max_body_size: { type: 'integer', minimum: 0, maximum: 104_857_600 },
      read_timeout: { type: 'integer', minimum: 0, maximum: 60_000 },
      send_timeout: { type: 'integer', minimum: 0, maximum: 60_000 },
      next_tries: { type: 'integer', minimum: 0 },
      next_timeout: { type: 'integer', minimum: 0 },
      next_cases: {
        type: 'array',
        items: { enum: ['error', 'timeout', '500', '502', '503', '504', '403', '404', '429', 'off'] },
      },
      proxy_buffer_size: { type: 'integer', minimum: 0, maximum: 1_048_576 },
    }),
  },
  ['port'],
);

const service = record(
  {
    image: { ...name, description: 'image to run, as nginx:1.27' },
    command: { ...textsOrNull, description: 'replaces the image’s entrypoint' },
    args: { ...textsOrNull, description: 'replaces the image’s command' },
    env: { ...textsOrNull, description: 'NAME=VALUE; nothing secret: see x-souk.secrets' },
    expose: { type: ['array', 'null'], items: expose },
    params: record({
      storage: entries(
        record({ mount: { type: 'string', pattern: '^/' }, readOnly: flag }),
        'where volumes of the compute profile are mounted, by volume',
      ),
      permissions: record({ read: { type: 'array', items: { enum: ['deployment', 'logs', 'events'] } } }),
      tee: { enum: ['cpu', 'cpu-gpu'] },
    }),
    credentials: record(
      {
        host: name,
        username: name,
        password: { type: 'string', minLength: 6 },
        email: { type: 'string', minLength: 5 },
      },
      ['host', 'username', 'password'],
      'for an image in a private registry',
    ),
    dependencies: { type: 'array', items: record({ service: text }) },
  },
  ['image'],
);

const volume = record(
  {
    name: text,
    size,
    attributes: {
      ...record({ class: text, persistent: { type: ['boolean', 'string'] } }, ['class', 'persistent']),
      type: ['object', 'null'],
    },
  },
  ['size'],
);

const compute = record(
  {
    resources: record(
      {
        cpu: record(
          {
            units: {
              type: ['number', 'string'],
              exclusiveMinimum: 0,
              pattern: '^[^-]*[1-9]',
              description: 'cores as 0.5, or thousandths as 500m',
            },
            attributes: { ...attributes, type: ['object', 'null'] },
          },
          ['units'],
        ),
        memory: record({ size }, ['size']),
        storage: { oneOf: [volume, { type: 'array', items: volume }, { type: 'null' }] },
        gpu: record({
          units: { type: ['integer', 'string'], minimum: 0 },
          attributes: {
            ...record(
              {
                vendor: record(
                  {
                    nvidia: {
                      type: ['array', 'null'],
                      items: record({ model: text, ram: text, interface: { enum: ['pcie', 'sxm'] } }),
                    },
                  },
                  ['nvidia'],
                ),
              },
              ['vendor'],
            ),
            type: ['object', 'null'],
          },
        }),
      },
      ['cpu', 'memory'],
    ),
  },
  ['resources'],
);

const placement = record(
  {
    attributes: {
      ...attributes,
      type: ['object', 'null'],
      description: 'what the provider must have, e.g. region: eu-west',
    },
    signedBy: record({ allOf: texts, anyOf: texts }),
    pricing: entries(
      record(
        {
          denom: { enum: ['uact', 'uakt'], description: '1,000,000 uact are 1 USD' },
          amount: {
            type: ['number', 'string'],
            minimum: 0,
            description: 'ceiling per block of 6 seconds and replica',
          },
        },
        ['denom', 'amount'],
      ),
    ),
  },
  ['pricing'],
);

const timing = {
  intervalSeconds: seconds(1, 3600, 'between two probes'),
  timeoutSeconds: seconds(1, 3600, 'for one probe'),
  failures: whole(1, 100, 'failures in a row that make the service unhealthy'),
};
const probe = (kind: string, how: Schema) => record({ [kind]: how, ...timing }, [kind]);
const health: Schema = {
  oneOf: [
    probe('http', record({ port, path: { type: 'string', pattern: '^/[^\\s]{0,511}$' } }, ['port'])),
    probe('tcp', record({ port }, ['port'])),
    probe('exec', { ...texts, minItems: 1, maxItems: 64 }),
  ],
};

const secret: Schema = {
  ...record({
    services: { ...texts, description: 'services that get it; left out, all' },
    env: { type: 'string', pattern: '^[A-Za-z_][A-Za-z0-9_]{0,127}$', description: 'variable it comes in' },
    file: {
      type: 'string',
      pattern: '^(\\/(?!\\.{1,2}(\\/|$))[^\\/\\s]+){1,32}$',
      description: 'file it comes in',
    },
  }),
  anyOf: [{ required: ['env'] }, { required: ['file'] }],
};

const xSouk = record(
  {
    health: entries(health, 'how to tell that a service works, by service'),
    restart: entries({ enum: [...restartPolicies] }, 'what to do when a service ends, by service'),
    secrets: {
      ...entries(secret, 'values that only the chosen provider sees; set them with souk secret set NAME'),
      propertyNames: { pattern: '^[A-Za-z_][A-Za-z0-9_.-]{0,63}$' },
    },
    logs: record(
      {
        forward: {
          type: 'array',
          maxItems: 4,
          items: record(
            {
              kind: { enum: ['otlp', 'loki'] },
              url: { type: 'string', pattern: '^https?://', maxLength: 512 },
              headers: entries(text),
            },
            ['kind', 'url'],
          ),
        },
      },
      ['forward'],
      'where log lines go besides the provider’s own ring',
    ),
    update: record(
      {
        strategy: { enum: [...updateStrategies] },
        healthySeconds: seconds(1, 3600, 'time for the new workload to work before the old one is put back'),
        canaryReplicas: whole(1, 1000, 'replicas that try the new workload first'),
        bakeSeconds: seconds(0, 86_400, 'how long canaries run before the rest follows'),
      },
      [],
      'how souk update goes about it',
    ),
    snapshots: record(
      {
        everySeconds: seconds(10, 604_800, 'between two snapshots of persistent volumes'),
        keep: whole(1, 100, 'snapshots kept per volume'),
        holders: whole(0, 7, 'other providers that keep a copy, beside your own watch'),
      },
      [],
      'encrypted copies of persistent volumes elsewhere',
    ),
    stopGraceSeconds: seconds(0, 600, 'from SIGTERM to SIGKILL'),
    topUp: record(
      { amount: money, whenLeftSeconds: seconds(10, 604_800, 'top up when the money lasts less') },
      ['amount'],
      'automatic top-up, never beyond maxTotal',
    ),
    interruptible: {
      oneOf: [flag, record({ noticeSeconds: seconds(5, 86_400, 'notice wanted') })],
      description: 'cheaper: the provider may take the capacity back with notice',
    },
    regions: { type: 'array', minItems: 1, items: name, description: 'regions that will do' },
    anyGpu: { ...flag, description: 'any vendor’s GPU will do' },
    maxTotal: { ...money, description: 'most that the deployment may cost in all, in whole tokens' },
    clawbackSeconds: seconds(1, 604_800, 'pay of this age can be taken back'),
    startSeconds: seconds(1, 604_800, 'from opening until the meter starts by itself'),
  },
  [],
  'what Souk adds to SDL',
);

export const workloadJsonSchema: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Souk workload file (Akash SDL 2.0 and 2.1, and x-souk)',
  ...record(
    {
      version: { enum: ['2.0', '2.1'] },
      include: texts,
      endpoints: {
        ...entries(record({ kind: { enum: ['ip'] } }, ['kind'])),
        propertyNames: { pattern: '^[a-z]+[-_0-9a-z]+$' },
      },
      reclamation: record({ min_window: { type: 'string', pattern: '^[0-9]+[smh]$' } }, ['min_window']),
      services: entries(service),
      profiles: record({ compute: entries(compute), placement: entries(placement) }, [
        'compute',
        'placement',
      ]),
      deployment: entries(
        entries(record({ profile: text, count: { type: 'integer', minimum: 1 } }, ['profile', 'count'])),
        'how many replicas of which service run where: service, placement, profile and count',
      ),
      'x-souk': xSouk,
    },
    ['version', 'services', 'profiles', 'deployment'],
  ),
};
