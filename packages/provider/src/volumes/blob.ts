/**
 * Blobs as holders have them: compressed, sealed with AES-256-GCM, named by the SHA-256 of the sealed bytes. The key of
 * each comes from the deployment's key and what is in it, so the same data is the same blob within a deployment and
 * nothing to anybody else. On the wire: 32 bytes that tell the key's holder which key, ciphertext, 16 bytes of tag.
 */
import { createCipheriv, createDecipheriv, createHmac, hash, hkdfSync } from 'node:crypto';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { Fault, type Hex } from '@souk/protocol';
import { type Gear, maxChunkBytes } from './chunker.ts';

/** What one deployment's snapshots are sealed with. */
export interface BlobKeys {
  readonly mark: Buffer;
  readonly seal: Buffer;
  readonly gear: Gear;
}

export interface Blob {
  /** SHA-256 of `bytes`. */
  readonly id: Hex;
  readonly bytes: Buffer;
}

const markBytes = 32;
const tagBytes = 16;
const format = { plain: 0, zstd: 1 } as const;
// Each key seals one plaintext only, so one nonce does for all.
const nonce = Buffer.alloc(12);
const compression = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** `key`: the deployment's snapshot key. */
export function blobKeys(key: Hex): BlobKeys {
  const secret = Buffer.from(key.slice(2), 'hex');
  const derive = (what: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', secret, '', `souk snapshot 1 ${what}`, bytes));
  const gear = derive('gear', 1024);
  return {
    mark: derive('mark', 32),
    seal: derive('seal', 32),
    gear: Int32Array.from({ length: 256 }, (_, at) => gear.readInt32LE(at * 4)),
  };
}

export function sealBlob(keys: BlobKeys, plain: Buffer): Blob {
  const mark = createHmac('sha256', keys.mark).update(plain).digest();
  const cipher = createCipheriv('aes-256-gcm', keyFor(keys, mark), nonce);
  const packed = zstdCompressSync(plain, compression);
  const isSmaller = packed.length < plain.length;
  const parts = [
    mark,
    cipher.update(Buffer.of(isSmaller ? format.zstd : format.plain)),
    cipher.update(isSmaller ? packed : plain),
    cipher.final(),
    cipher.getAuthTag(),
  ];
  const bytes = Buffer.concat(parts);
  return { id: idOf(bytes), bytes };
}

/** Faults with `snapshot.blob-damaged` where it was not sealed with this key, or was changed. */
export function openBlob(keys: BlobKeys, bytes: Buffer): Buffer {
  try {
    const mark = bytes.subarray(0, markBytes);
    const decipher = createDecipheriv('aes-256-gcm', keyFor(keys, mark), nonce, { authTagLength: tagBytes });
    decipher.setAuthTag(bytes.subarray(-tagBytes));
    const sealed = bytes.subarray(markBytes, -tagBytes);
    const body = Buffer.concat([decipher.update(sealed), decipher.final()]);
    const data = body.subarray(1);
    return body[0] === format.zstd ? zstdDecompressSync(data, { maxOutputLength: maxChunkBytes }) : data;
  } catch (cause) {
    throw new Fault(
      'snapshot.blob-damaged',
      'a part of the snapshot was not sealed with this key, or was changed',
      {
        blame: 'peer',
        cause,
      },
    );
  }
}

export function idOf(bytes: Uint8Array): Hex {
  return `0x${hash('sha256', bytes, 'hex')}`;
}

function keyFor(keys: BlobKeys, mark: Buffer): Buffer {
  return createHmac('sha256', keys.seal).update(mark).digest();
}
