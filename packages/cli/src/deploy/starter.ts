/** The first workload file of a person who has none: small, right, and explained line by line. Pure. */

export interface StarterAnswers {
  /** Of the file, as its own comments name it. */
  readonly file: string;
  readonly name: string;
  readonly image: string;
  /** Null where nothing listens. */
  readonly port: number | null;
  /** Name of the schema file beside it; null for none. */
  readonly schemaFile: string | null;
}

export function starterFile({ file, name, image, port, schemaFile }: StarterAnswers): string {
  const schema = schemaFile === null ? '' : `# yaml-language-server: $schema=./${schemaFile}\n`;
  return `${schema}# Deploy it:  souk deploy ${file}      Check it:  souk sdl check ${file}
version: "2.0"

services:
  ${name}:
    image: ${quoted(image)}
    # command: [sh, -c]                 # replaces the image's entrypoint
    # args: ["echo hello; sleep 3600"]  # replaces the image's command
    # env:
    #   - MODE=production               # nothing secret here: see x-souk.secrets below
${exposeText(port)}
profiles:
  compute:
    ${name}:
      resources:
        cpu: { units: 0.5 }             # cores
        memory: { size: 512Mi }
        storage:
          - size: 1Gi                   # goes with the container
          # - name: data                # stays over restarts and updates; mount it under
          #   size: 5Gi                 # services.${name}.params.storage: data: { mount: /data }
          #   attributes: { persistent: true, class: default }
        # gpu: { units: 1, attributes: { vendor: { nvidia: [{ model: a100 }] } } }
  placement:
    anywhere:
      # attributes: { region: eu-west }
      pricing:
        # A ceiling, not the price: providers bid below it. 1,000,000 uact = 1 USD; per 6 seconds and replica.
        # 167 is about 0.10 USD an hour.
        ${name}: { denom: uact, amount: 167 }

deployment:
  ${name}:
    anywhere:
      profile: ${name}
      count: 1                          # replicas

x-souk:
  maxTotal: 5                           # never spend more than this, in whole tokens
${healthText(name, port)}  # secrets:
  #   DB_PASSWORD: { env: DB_PASSWORD } # its value: souk secret set DB_PASSWORD
  # topUp: { amount: 1, whenLeftSeconds: 3600 }
  # snapshots: { everySeconds: 300 }    # encrypted copies of persistent volumes elsewhere
  # update: { strategy: rolling }       # or recreate, canary
  # interruptible: true                 # cheaper, may have to move
`;
}

function exposeText(port: number | null): string {
  if (port === null)
    return '    # expose:\n    #   - port: 8080\n    #     as: 80\n    #     to: [{ global: true }]\n';
  return `    expose:
      - port: ${port}
        as: 80                          # HTTP by host name; any other number is a TCP port of its own
        to:
          - global: true
`;
}

function healthText(name: string, port: number | null): string {
  if (port === null) return `  # health:\n  #   ${name}: { exec: [test, -f, /tmp/ok] }\n`;
  return `  health:                               # how to tell that it works; else it is moved elsewhere
    ${name}: { http: { port: ${port}, path: / } }
`;
}

function quoted(text: string): string {
  return /^[A-Za-z0-9][A-Za-z0-9._/:@-]*$/.test(text) ? text : JSON.stringify(text);
}
