/** keccak256 of bytes and of text. */
import * as Hash from 'ox/Hash';
import * as OxHex from 'ox/Hex';
import type { Hex } from './hex.ts';

/** Of the parts, one behind the other. */
export function keccak(...parts: readonly Hex[]): Hex {
  return Hash.keccak256(OxHex.concat(...parts));
}

/** Of the text's UTF-8. */
export function hashText(text: string): Hex {
  return Hash.keccak256(OxHex.fromString(text));
}
