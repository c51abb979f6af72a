/** Small valid files for tests, with single parts replaced. Each part is YAML text, indented as if it stood alone. */

export interface SampleParts {
  readonly version?: string;
  /** Below the service `web`. */
  readonly service?: string;
  /** Below `resources` of the compute profile `small`. */
  readonly cpu?: string;
  readonly memory?: string;
  readonly storage?: string;
  readonly gpu?: string;
  /** Below the placement `here`. */
  readonly placement?: string;
  readonly price?: string;
  readonly count?: string;
  /** Further sections at the top of the file. */
  readonly top?: string;
}

export const publicPort = 'expose:\n  - port: 80\n    to:\n      - global: true';

export function sampleSdl(parts: SampleParts = {}): string {
  return [
    `version: ${parts.version ?? '"2.0"'}`,
    parts.top ?? '',
    'services:',
    '  web:',
    indent(4, parts.service ?? `image: nginx:1.27\n${publicPort}`),
    'profiles:',
    '  compute:',
    '    small:',
    '      resources:',
    `        cpu: ${parts.cpu ?? '{units: 0.5}'}`,
    `        memory: ${parts.memory ?? '{size: 512Mi}'}`,
    `        storage: ${parts.storage ?? '{size: 1Gi}'}`,
    parts.gpu === undefined ? '' : `        gpu: ${parts.gpu}`,
    '  placement:',
    '    here:',
    indent(6, parts.placement ?? ''),
    '      pricing:',
    `        small: ${parts.price ?? '{denom: uact, amount: 1000}'}`,
    'deployment:',
    '  web:',
    '    here:',
    '      profile: small',
    `      count: ${parts.count ?? '1'}`,
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function indent(width: number, text: string): string {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ' '.repeat(width) + line)
    .join('\n');
}

/** Three services, two placements, every field of SDL at least once. */
export const fullSdl = `---
version: "2.1"
include: [other.yaml]
endpoints:
  shop-ip:
    kind: ip
reclamation:
  min_window: 24h
services:
  web:
    image: registry.example/shop/web:1.4
    command: [sh, -c]
    args: ["exec web --title '<A&B>'"]
    env:
      - API=http://api:9000
      - EMPTY=
    credentials: {host: registry.example, username: puller, password: secret-1, email: a@b.example}
    dependencies:
      - service: api
    expose:
      - port: 8080
        as: 80
        accept: [shop.example, www.shop.example]
        http_options:
          max_body_size: 2097152
          read_timeout: 1000
          send_timeout: 2000
          next_tries: 0
          next_timeout: 5
          next_cases: ["off"]
          proxy_buffer_size: 16384
        to: [{global: true, ip: shop-ip}]
      - port: 8443
        proto: udp
        to:
          - service: api
          - global: true
    params:
      permissions: {read: [logs, events]}
      storage:
        cache: {mount: /cache}
        assets: {mount: /assets, readOnly: true}
  api:
    image: registry.example/shop/api
    expose:
      - port: 9000
        to: [{service: web}]
    params: {storage: {assets: {mount: /srv}}}
  trainer:
    image: registry.example/shop/trainer
    params:
      tee: cpu-gpu
      storage: {shm: {mount: /dev/shm}}
profiles:
  compute:
    small:
      resources:
        cpu: {units: 250m, attributes: {arch: amd64}}
        memory: {size: 1.5Gi}
        storage:
          - size: 512Mi
          - {name: assets, size: 10G, attributes: {persistent: true, class: beta3}}
          - {name: cache, size: 1Gi}
    large:
      resources:
        cpu: {units: "4"}
        memory: {size: 64Gi}
        storage:
          - size: 20Gi
          - {name: shm, size: 8Gi, attributes: {class: ram, persistent: false}}
        gpu:
          units: 2
          attributes:
            vendor:
              nvidia:
                - {model: a100, ram: 80Gi, interface: sxm}
                - model: h100
  placement:
    front:
      attributes: {region: eu-west, tier: 2}
      signedBy: {anyOf: [auditor-a], allOf: [auditor-b, auditor-c]}
      pricing:
        small: {denom: uact, amount: 12.5}
    back:
      pricing:
        large: {denom: uact, amount: "900"}
deployment:
  web:
    front: {profile: small, count: 2}
  api:
    front: {profile: small, count: 1}
  trainer:
    back: {profile: large, count: 1}
`;
