/** How much an image may cost this machine before it is refused. */
export interface ImageLimits {
  /** Of all layers together, unpacked. */
  readonly maxUnpackedBytes: number;
  readonly maxFiles: number;
  readonly maxLayers: number;
}

export const defaultImageLimits: ImageLimits = {
  maxUnpackedBytes: 40 * 2 ** 30,
  maxFiles: 2_000_000,
  maxLayers: 256,
};
