import { describe, expect, it } from 'vitest';
import { readSdl } from './read.ts';
import { type SampleParts, sampleSdl } from './sample.ts';

function resourcesOf(parts: SampleParts) {
  return readSdl(sampleSdl(parts), { purpose: 'check' }).workload?.manifest[0]?.services[0]?.resources;
}

function isReadable(parts: SampleParts): boolean {
  return readSdl(sampleSdl(parts), { purpose: 'check' }).ok;
}

describe('cpu', () => {
  it.each([
    ['1', '1000'],
    ['0.5', '500'],
    ['"0.25"', '250'],
    ['100m', '100'],
    ['"1500M"', '1500'],
    ['0.57', '570'],
    ['1.1', '1100'],
    ['0.0001', '1'],
    ['"250.5m"', '251'],
    ['1e2', '100000'],
    ['4.0', '4000'],
  ])('of %s is %s thousandths', (units, milli) => {
    expect(resourcesOf({ cpu: `{units: ${units}}` })?.cpu.units.val).toBe(milli);
  });

  it.each([
    ['0'],
    ['0.0'],
    ['-1'],
    ['-0.5'],
    ['"-100m"'],
    ['0m'],
    ['"0.0m"'],
    ['"000"'],
    ['""'],
    ['one'],
    ['".5"'],
    ['.inf'],
    ['.nan'],
    ['true'],
    ['[1]'],
  ])('of %s is refused', (units) => {
    expect(isReadable({ cpu: `{units: ${units}}` })).toBe(false);
  });

  it('has attributes sorted by key, as text', () => {
    expect(resourcesOf({ cpu: '{units: 1, attributes: {zone: 1, arch: arm64}}' })?.cpu.attributes).toEqual([
      { key: 'arch', value: 'arm64' },
      { key: 'zone', value: '1' },
    ]);
    expect(isReadable({ cpu: '{units: 1, attributes: {arch: [a]}}' })).toBe(false);
    expect(isReadable({ cpu: '{units: 1, cores: 2}' })).toBe(false);
  });
});

describe('sizes', () => {
  it.each([
    ['1k', '1000'],
    ['1Ki', '1024'],
    ['1.5Gi', '1610612736'],
    ['2gi', '2147483648'],
    ['16GB', '16000000000'],
    ['"1024"', '1024'],
    ['1Ei', '1152921504606846976'],
    ['1.1Gi', '1181116007'],
    ['1M', '1000000'],
    ['1Ti', '1099511627776'],
    ['1P', '1000000000000000'],
  ])('of %s are %s bytes', (size, bytes) => {
    expect(resourcesOf({ memory: `{size: ${size}}` })?.memory.size.val).toBe(bytes);
    expect(resourcesOf({ storage: `{size: ${size}}` })?.storage[0]?.size.val).toBe(bytes);
  });

  it.each([['1024'], ['""'], ['Gi'], ['-1Gi'], ['1 Gi'], ['1..5Gi'], ['1.2.3Gi'], ['null'], ['[]']])(
    'of %s are refused',
    (size) => {
      expect(isReadable({ memory: `{size: ${size}}` })).toBe(false);
    },
  );

  it.each([['1ZB'], ['1KiB'], ['1Gix']])('of unit %s are read, and nothing is ordered by them', (size) => {
    expect(isReadable({ memory: `{size: ${size}}` })).toBe(true);
    expect(readSdl(sampleSdl({ memory: `{size: ${size}}` })).ok).toBe(false);
  });
});

describe('volumes', () => {
  it.each([
    ['{size: 1Gi}', [{ name: 'default', size: { val: '1073741824' } }]],
    ['[{size: 1Gi, name: ""}]', [{ name: 'default', size: { val: '1073741824' } }]],
    ['[]', []],
    [
      '{size: 1Gi, name: fast, attributes: {persistent: false, class: ram}}',
      [
        {
          name: 'fast',
          size: { val: '1073741824' },
          attributes: [
            { key: 'class', value: 'ram' },
            { key: 'persistent', value: 'false' },
          ],
        },
      ],
    ],
  ])('read %s', (storage, expected) => {
    expect(resourcesOf({ storage })?.storage).toEqual(expected);
  });

  it.each([
    ['{}'],
    ['{size: 1Gi, class: beta2}'],
    ['{size: 1Gi, attributes: {class: ram}}'],
    ['{size: 1Gi, attributes: {persistent: true}}'],
    ['{size: 1Gi, attributes: {class: ram, persistent: true}}'],
    ['{size: 1Gi, attributes: {class: ram, persistent: "true"}}'],
    ['{size: 1Gi, attributes: {class: beta1, persistent: false}}'],
    ['{size: 1Gi, attributes: {class: default, persistent: "1"}}'],
    ['{size: 1Gi, attributes: {class: x, persistent: false, iops: 5}}'],
    ['{size: 1Gi, attributes: {class: 1, persistent: true}}'],
    ['{size: 1Gi, attributes: {class: x, persistent: 1}}'],
    ['text'],
  ])('refuse %s', (storage) => {
    expect(isReadable({ storage })).toBe(false);
  });

  it('of an unknown class are read, and nothing is ordered by them', () => {
    const storage = '{size: 1Gi, attributes: {class: tape, persistent: false}}';
    expect(isReadable({ storage })).toBe(true);
    expect(readSdl(sampleSdl({ storage })).ok).toBe(false);
  });
});

describe('GPUs', () => {
  const of = (units: string, nvidia: string) =>
    `{units: ${units}, attributes: {vendor: {nvidia: ${nvidia}}}}`;

  it.each([
    ['{}', '0', undefined],
    ['{units: 0}', '0', undefined],
    ['{units: "00"}', '0', undefined],
    ['{units: 0.0}', '0', undefined],
    [of('1', 'null'), '1', ['vendor/nvidia/model/*']],
    [of('1', '[]'), '1', undefined],
    [of('"2"', '[{model: a100}]'), '2', ['vendor/nvidia/model/a100']],
    [of('1.0', '[{}]'), '1', ['vendor/nvidia/model/*']],
    [
      of(
        '1',
        '[{model: a100, ram: 80GB}, {model: h100, interface: pcie}, {model: b200, ram: 180Gi, interface: sxm}]',
      ),
      '1',
      [
        'vendor/nvidia/model/a100/ram/80GB',
        'vendor/nvidia/model/h100/interface/pcie',
        'vendor/nvidia/model/b200/ram/180Gi/interface/sxm',
      ],
    ],
  ])('of %s are %s', (gpu, units, keys) => {
    const read = resourcesOf({ gpu })?.gpu;
    expect(read?.units.val).toBe(units);
    expect(read?.attributes?.map(({ key }) => key)).toEqual(keys);
  });

  it.each([
    ['{units: 1}'],
    ['{units: "1"}'],
    ['{units: 0.5}'],
    [of('0', 'null')],
    [of('"0"', '[{model: a100}]')],
    ['{attributes: {vendor: {nvidia: null}}}'],
    ['{units: 1, attributes: {}}'],
    ['{units: 1, attributes: {vendor: {}}}'],
    ['{units: 1, attributes: null}'],
    ['{units: 1, attributes: {vendor: {amd: null}}}'],
    ['{units: 1, attributes: {vendor: {nvidia: null, amd: null}}}'],
    ['{units: 1, attributes: {model: a100}}'],
    [of('1.5', 'null')],
    [of('-1', 'null')],
    [of('many', 'null')],
    [of('true', 'null')],
    [of('1', '[{model: 4090}]')],
    [of('1', '[{model: a100, interface: PCIe}]')],
    [of('1', '[{model: a100, memory: 80Gi}]')],
    [of('1', '{model: a100}')],
    ['{units: 0, count: 1}'],
  ])('of %s are refused', (gpu) => {
    expect(isReadable({ gpu })).toBe(false);
  });

  it('with a slash in a name can not be ordered', () => {
    const gpu = of('1', '[{model: "a100/ram/1Gi"}]');
    expect(isReadable({ gpu })).toBe(true);
    expect(readSdl(sampleSdl({ gpu })).ok).toBe(false);
  });
});
