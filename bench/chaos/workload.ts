/** What chaos runs: a small server that tells which lease it is, and, with a volume, writes a line a second into it. */

const program = `
const fs = require('node:fs');
const file = '/data/log';
let lines = null;
if (fs.existsSync('/data')) {
  lines = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\\n').length - 1 : 0;
  setInterval(() => {
    try { fs.appendFileSync(file, (lines + 1) + ' ' + Date.now() + '\\n'); lines += 1; } catch {}
  }, 1000);
}
require('node:http').createServer((request, response) => {
  if (request.url === '/log') return fs.createReadStream(file).on('error', () => response.destroy()).pipe(response);
  response.end(JSON.stringify({ lease: process.env.SOUK_LEASE, lines }));
}).listen(3000);
`
  .trim()
  .replaceAll('\n', ' ');

export interface WorkloadWish {
  readonly image: string;
  readonly hasVolume: boolean;
  readonly clawbackSeconds: number;
  readonly snapshotSeconds: number;
}

export function workloadFile({ image, hasVolume, clawbackSeconds, snapshotSeconds }: WorkloadWish): string {
  const mounts = hasVolume ? '\n    params: { storage: { data: { mount: /data } } }' : '';
  const volume = hasVolume
    ? '\n          - { name: data, size: 16Mi, attributes: { persistent: true, class: beta2 } }'
    : '';
  const snapshots = hasVolume
    ? `\n  snapshots: { everySeconds: ${snapshotSeconds}, keep: 2, holders: 1 }`
    : '';
  return `version: "2.0"
services:
  web:
    image: ${image}
    command: [node, -e, ${JSON.stringify(program)}]
    expose: [{ port: 3000, as: 80, to: [{ global: true }] }]${mounts}
profiles:
  compute:
    web:
      resources:
        cpu: { units: 0.1 }
        memory: { size: 128Mi }
        storage:
          - { size: 64Mi }${volume}
  placement:
    anywhere: { pricing: { web: { denom: uact, amount: 1000 } } }
deployment:
  web: { anywhere: { profile: web, count: 1 } }
x-souk:
  clawbackSeconds: ${clawbackSeconds}
  stopGraceSeconds: 2
  health: { web: { http: { port: 3000, path: / } } }${snapshots}
`;
}
