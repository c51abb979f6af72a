/**
 * What only this validator knows of an epoch: the salt of its commit and the seeds of its tasks. All come from a
 * signature that its hot key makes the same way each time and shows to nobody, so a crash loses none of them.
 */
import {
  type Address,
  hashText,
  type Hex,
  keccak,
  type MarketDomain,
  type Signer,
  zeroHash,
} from '@souk/protocol';

export interface EpochSecret {
  readonly salt: Hex;
  seedOf(mechanism: number, registration: number, sequence: number): Hex;
}

export interface SecretDeps {
  readonly signer: Signer;
  readonly domain: MarketDomain;
  readonly subnet: number;
  readonly operator: Address;
}

export function createSecrets({ signer, domain, subnet, operator }: SecretDeps) {
  const known = new Map<number, EpochSecret>();

  return async (epoch: number): Promise<EpochSecret> => {
    const found = known.get(epoch);
    if (found) return found;
    // A task that no miner would take: its deadline passed in 1970.
    const { signature } = await signer.sign(domain, 'SubnetTask', {
      subnet,
      epoch,
      mechanism: 0,
      registration: 1,
      validator: operator,
      sequence: 0xffff_ffff,
      seed: hashText('souk: secret of an epoch'),
      request: zeroHash,
      deadline: 0,
    });
    const secret: EpochSecret = {
      salt: keccak(signature, hashText('salt')),
      seedOf: (...place) => keccak(signature, ...place.map(word)),
    };
    for (const old of known.keys()) if (known.size > 4) known.delete(old);
    known.set(epoch, secret);
    return secret;
  };
}

function word(value: number): Hex {
  return `0x${value.toString(16).padStart(8, '0')}`;
}
