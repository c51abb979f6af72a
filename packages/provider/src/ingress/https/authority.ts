/**
 * Certificates from an authority that speaks ACME (RFC 8555), by HTTP-01: it asks for a token at the domain, and the
 * ingress answers. The port is what the rest knows; the client behind it is npm's acme-client.
 */
import { readFile } from 'node:fs/promises';
import { Agent } from 'node:https';
import { Fault } from '@souk/protocol';
import type * as acme from 'acme-client';
import type { Issued, Vault } from './vault.ts';

export interface Authority {
  /**
   * `publish` puts an answer up for the authority's question, and returns how to take it down. Throws `https.refused`,
   * in whose message is what the authority said.
   */
  issue(domain: string, publish: (token: string, answer: string) => () => void): Promise<Issued>;
}

export interface AuthorityConfig {
  readonly acmeDirectory: string;
  readonly acmeEmail?: string | undefined;
  /** Of the directory's own TLS, where the system does not know who signed it. */
  readonly acmeCaFile?: string | undefined;
}

const poll = { backoffAttempts: 12, backoffMin: 500, backoffMax: 10_000 } as const;

export function createAuthority(vault: Vault, config: AuthorityConfig): Authority {
  let ready: Promise<{ library: typeof acme; client: acme.Client }> | undefined;

  /** Loaded, and an account made, when the first domain needs it. */
  const connect = async () => {
    const library = await import('acme-client');
    if (config.acmeCaFile !== undefined)
      library.axios.defaults.httpsAgent = new Agent({ ca: await readFile(config.acmeCaFile) });
    library.axios.defaults.timeout = 30_000;
    const accountKey = await vault.accountKey(async () =>
      (await library.crypto.createPrivateEcdsaKey()).toString(),
    );
    const client = new library.Client({ directoryUrl: config.acmeDirectory, accountKey, ...poll });
    const contact = config.acmeEmail === undefined ? [] : [`mailto:${config.acmeEmail}`];
    await client.createAccount({ termsOfServiceAgreed: true, contact });
    return { library, client };
  };

  const prove = async (
    client: acme.Client,
    authorization: acme.Authorization,
    publish: (token: string, answer: string) => () => void,
  ): Promise<void> => {
    if (authorization.status === 'valid') return;
    const challenge = authorization.challenges.find(({ type }) => type === 'http-01');
    if (!challenge) throw new Error('it offers no HTTP-01 challenge');
    const takeDown = publish(challenge.token, await client.getChallengeKeyAuthorization(challenge));
    try {
      await client.completeChallenge(challenge);
      await client.waitForValidStatus(challenge);
    } finally {
      takeDown();
    }
  };

  return {
    async issue(domain, publish) {
      try {
        const { library, client } = await (ready ??= connect());
        const order = await client.createOrder({ identifiers: [{ type: 'dns', value: domain }] });
        for (const authorization of await client.getAuthorizations(order))
          await prove(client, authorization, publish);
        const [key, csr] = await library.crypto.createCsr(
          { commonName: domain, altNames: [domain] },
          await library.crypto.createPrivateEcdsaKey(),
        );
        const finalized = await client.finalizeOrder(order, csr);
        return { key: key.toString(), chain: await client.getCertificate(finalized) };
      } catch (error) {
        // An account that could not be made may be made the next time.
        ready = undefined;
        throw new Fault('https.refused', (error as Error).message.replace(/\s+/g, ' ').slice(0, 300), {
          blame: 'user',
          retry: true,
          cause: error,
        });
      }
    },
  };
}
