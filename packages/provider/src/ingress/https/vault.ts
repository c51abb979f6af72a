/** The account's key and the certificates of custom domains, as files that only this daemon's user can read. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LeaseId } from '@souk/protocol';

/** In PEM; the chain begins with the domain's own certificate. */
export interface Issued {
  readonly key: string;
  readonly chain: string;
}

interface Kept extends Issued {
  readonly lease: LeaseId;
}

export interface Certificate extends Kept {
  readonly domain: string;
  /** Unix milliseconds. */
  readonly from: number;
  readonly until: number;
}

export interface Vault {
  accountKey(make: () => Promise<string>): Promise<string>;
  /** Undefined where there is none, or what there is does not fit the domain. */
  load(domain: string): Promise<Certificate | undefined>;
  /** `lease`: for whom it was found out that the domain leads here. */
  save(domain: string, issued: Issued, lease: LeaseId): Promise<Certificate>;
  /** Forget what ended before `now`, unless it is of a domain that is wanted. */
  prune(now: number, isWanted: (domain: string) => boolean): Promise<void>;
}

export function openVault(folder: string): Vault {
  const fileOf = (domain: string) => join(folder, `${domain}.json`);
  const write = async (file: string, text: string) => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(`${file}.tmp`, text, { mode: 0o600, flush: true });
    await rename(`${file}.tmp`, file);
  };
  const load = async (domain: string) => {
    const text = await readFile(fileOf(domain), 'utf8').catch(() => undefined);
    return text === undefined ? undefined : certificateOf(domain, text);
  };
  return {
    async accountKey(make) {
      const file = join(folder, 'account.pem');
      const known = await readFile(file, 'utf8').catch(() => undefined);
      if (known !== undefined) return known;
      const made = await make();
      await write(file, made);
      return made;
    },
    load,
    async save(domain, { key, chain }, lease) {
      const text = JSON.stringify({ key, chain, lease } satisfies Kept);
      const certificate = certificateOf(domain, text);
      if (!certificate) throw new Error('the certificate does not fit its key or domain');
      await write(fileOf(domain), text);
      return certificate;
    },
    async prune(now, isWanted) {
      for (const name of await readdir(folder).catch(() => [] as string[])) {
        const domain = /^(.+)\.json$/.exec(name)?.[1];
        if (domain === undefined || isWanted(domain)) continue;
        const certificate = await load(domain);
        if (!certificate || certificate.until < now) await rm(fileOf(domain), { force: true });
      }
    },
  };
}

function certificateOf(domain: string, text: string): Certificate | undefined {
  try {
    const { key, chain, lease } = JSON.parse(text) as Kept;
    const leaf = new X509Certificate(chain);
    if (leaf.checkHost(domain) === undefined || !leaf.checkPrivateKey(createPrivateKey(key)))
      return undefined;
    return {
      domain,
      lease,
      key,
      chain,
      from: leaf.validFromDate.getTime(),
      until: leaf.validToDate.getTime(),
    };
  } catch {
    return undefined;
  }
}
