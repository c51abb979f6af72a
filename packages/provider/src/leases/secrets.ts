/**
 * A lease's secrets: sealed in the journal, opened with the hot key when the driver is told what to run, held by
 * nobody longer. What they are must never be logged, told to anyone or put into what is.
 */
import { createHmac, hkdfSync } from 'node:crypto';
import {
  type AcceptRequest,
  canonicalJson,
  Fault,
  type GroupSecrets,
  groupSecretsSchema,
  type Hex,
  type Refused,
  type Runtime,
  type Sealed,
  type ServiceSecrets,
  unseal,
} from '@souk/protocol';
import { mountsOf } from '../drivers/wanted.ts';
import { troubleWithSecrets } from '../drivers/secrets.ts';
import { refuse } from './accept.ts';

export interface SecretBox {
  /** Throws `lease.secrets-unreadable`. */
  open(sealed: Sealed): Promise<GroupSecrets>;
  /** Equal for equal secrets, however often they were sealed; says nothing to whoever lacks our key. */
  mark(secrets: ServiceSecrets): string;
}

/** `privateKey`: of the hot key, which bids are signed with. */
export function createSecretBox(privateKey: Hex): SecretBox {
  const markKey = new Uint8Array(
    hkdfSync('sha256', Buffer.from(privateKey.slice(2), 'hex'), '', 'souk secrets mark 1', 32),
  );
  return {
    async open(sealed) {
      try {
        const text = new TextDecoder('utf-8', { fatal: true }).decode(await unseal(sealed, privateKey));
        return groupSecretsSchema.parse(JSON.parse(text));
      } catch {
        // Without its cause: what a parser says may quote what it read.
        throw new Fault(
          'lease.secrets-unreadable',
          'the secrets were not sealed to this provider’s hot key',
          {
            blame: 'peer',
            remedy: 'deploy again, so that they are sealed to the key that signs the bid',
          },
        );
      }
    },
    mark: (secrets) => createHmac('sha256', markKey).update(canonicalJson(secrets)).digest('hex'),
  };
}

/** Undefined where there are none. */
export async function openSecrets(
  box: Pick<SecretBox, 'open'>,
  { secrets }: Runtime,
): Promise<GroupSecrets | undefined> {
  return secrets === null ? undefined : box.open(secrets);
}

/** Whether a workload can be given its secrets, before any money moves. */
export async function checkSecrets(
  box: Pick<SecretBox, 'open'>,
  { runtime, manifest }: Pick<AcceptRequest, 'runtime' | 'manifest'>,
): Promise<Refused | undefined> {
  let opened: GroupSecrets | undefined;
  try {
    opened = await openSecrets(box, runtime);
  } catch (error) {
    if (error instanceof Fault) return refuse('secrets-unreadable', error.message);
    throw error;
  }
  for (const [name, secrets] of Object.entries(opened?.services ?? {})) {
    const service = manifest.services.find((each) => each.name === name);
    if (!service) return refuse('unsupported', `secrets for a service that is not there: ${name}`);
    const trouble = troubleWithSecrets(
      secrets,
      mountsOf(service).map(({ path }) => path),
    );
    if (trouble !== undefined) return refuse('unsupported', `${name}: ${trouble}`);
  }
  return undefined;
}
