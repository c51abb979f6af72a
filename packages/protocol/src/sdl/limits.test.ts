import { describe, expect, it } from 'vitest';
import { readSdl } from './read.ts';
import { publicPort, type SampleParts, sampleSdl } from './sample.ts';

const gpus = (units: number) => `{units: ${units}, attributes: {vendor: {nvidia: null}}}`;
const volumes = (count: number) =>
  `[${Array.from({ length: count }, (_, index) => `{name: v${index}, size: 5Mi}`).join(', ')}]`;
const longName = (length: number) => 'a'.repeat(length);
const host = (name: string) => `image: x\nexpose: [{port: 80, accept: ["${name}"], to: [{global: true}]}]`;

/** Every obstacle is read by the reference and refused for an order. */
describe('an order', () => {
  it.each<[string, SampleParts]>([
    ['10m of cpu', { cpu: '{units: 10m}' }],
    ['384 cores', { cpu: '{units: 384}' }],
    ['1Mi of memory', { memory: '{size: 1Mi}' }],
    ['2Ti of memory', { memory: '{size: 2Ti}' }],
    ['a volume of 5Mi', { storage: '{size: 5Mi}' }],
    ['a volume of 32Ti', { storage: '{size: 32Ti}' }],
    ['20 volumes', { storage: volumes(20) }],
    ['24 GPUs', { gpu: gpus(24) }],
    ['1000 replicas', { count: '1000', cpu: '{units: 10m}' }],
    ['50 × 384 cores in a group', { count: '50', cpu: '{units: 384}' }],
    ['50 × 2Ti of memory in a group', { count: '50', memory: '{size: 2Ti}' }],
    ['50 × 32Ti of storage in a group', { count: '50', storage: '{size: 32Ti}' }],
    ['50 × 24 GPUs in a group', { count: '50', gpu: gpus(24) }],
    ['a price of 10,000,000', { price: '{denom: uact, amount: 10000000}' }],
    ['the smallest price', { price: '{denom: uact, amount: "0.000000000000000001"}' }],
    ['a host name', { service: host('a.example') }],
    ['a variable of any usual name', { service: `image: x\nenv: [_a.B-1=x, A]\n${publicPort}` }],
  ])('can be for %s', (_what, parts) => {
    expect(readSdl(sampleSdl(parts)).errors).toEqual([]);
  });

  it.each<[string, SampleParts]>([
    ['9m of cpu', { cpu: '{units: 9m}' }],
    ['384.001 cores', { cpu: '{units: 384.001}' }],
    ['more cores than a number can hold', { cpu: '{units: 1e300}' }],
    ['less than 1Mi of memory', { memory: '{size: "1048575"}' }],
    ['more than 2Ti of memory', { memory: '{size: "2199023255553"}' }],
    ['a volume under 5Mi', { storage: '{size: "5242879"}' }],
    ['a volume over 32Ti', { storage: '{size: "35184372088833"}' }],
    ['21 volumes', { storage: volumes(21) }],
    ['25 GPUs', { gpu: gpus(25) }],
    ['1001 replicas', { count: '1001', cpu: '{units: 10m}' }],
    ['51 × 384 cores in a group', { count: '51', cpu: '{units: 384}' }],
    ['51 × 2Ti of memory in a group', { count: '51', memory: '{size: 2Ti}' }],
    ['51 × 32Ti of storage in a group', { count: '51', storage: '{size: 32Ti}' }],
    ['51 × 24 GPUs in a group', { count: '51', gpu: gpus(24) }],
    ['a price over 10,000,000', { price: '{denom: uact, amount: "10000000.000000000000000001"}' }],
    ['two volumes of one name', { storage: '[{size: 1Gi}, {size: 1Gi}]' }],
    ['a blank image', { service: 'image: "  "' }],
    ['an image with spaces', { service: 'image: nginx latest' }],
    ['a variable with no name', { service: 'image: x\nenv: ["=1"]' }],
    ['a variable with a space in its name', { service: 'image: x\nenv: ["A B=1"]' }],
    ['a wildcard host', { service: host('*.a.example') }],
    ['a host in another script', { service: host('こんにちは.example') }],
    ['a host name of 256 letters', { service: host(`${`${longName(49)}.`.repeat(5)}abcdef`) }],
    [
      'one host name on two ports',
      {
        service:
          'image: x\nexpose:\n  - {port: 80, accept: [a.b], to: [{global: true}]}\n  - {port: 81, accept: [a.b], to: [{global: true}]}',
      },
    ],
    [
      'a mount of a volume that is not there',
      { service: 'image: x\nparams: {storage: {data: {mount: /d}}}' },
    ],
    [
      '65 attributes',
      { placement: `attributes: {${Array.from({ length: 65 }, (_, i) => `k${i}: v`).join(', ')}}` },
    ],
    [
      'an env of 1025 variables',
      { service: `image: x\nenv: [${Array.from({ length: 1025 }, (_, i) => `A${i}=`).join(', ')}]` },
    ],
  ])('can not be for %s, which is SDL all the same', (_what, parts) => {
    const text = sampleSdl(parts);
    expect(readSdl(text).ok).toBe(false);
    const check = readSdl(text, { purpose: 'check' });
    expect(check.errors).toEqual([]);
    expect(check.warnings.some(({ reason }) => reason.startsWith('no order can be made of this'))).toBe(true);
  });

  it.each([
    [longName(63), true],
    [longName(64), false],
    ['a-1', true],
    ['1a', false],
    ['a-', false],
    ['Web', false],
    ['a_b', false],
  ])('for a service called %s: %s', (name, isFine) => {
    const text = sampleSdl().replaceAll(/^ {2}web:/gm, `  ${name}:`);
    expect(readSdl(text).ok).toBe(isFine);
    expect(readSdl(text, { purpose: 'check' }).ok).toBe(true);
  });

  it('can not mix denominations', () => {
    const text = sampleSdl({
      placement: '',
      price: '{denom: uact, amount: 1}\n        other: {denom: uakt, amount: 1}',
    });
    expect(readSdl(text).errors.map(({ path }) => path)).toEqual([
      '/profiles/placement/here/pricing/other/denom',
    ]);
  });

  it('can not be for nothing', () => {
    const text = 'version: "2.0"\nservices: {}\nprofiles: {compute: {}, placement: {}}\ndeployment: {}';
    expect(readSdl(text).errors).toMatchObject([{ path: '/deployment', line: 4 }]);
  });
});

describe('a warning', () => {
  it.each<[string, SampleParts]>([
    ['no port is public', { service: 'image: x' }],
    ['the price is in AKT', { price: '{denom: uakt, amount: 1}' }],
    ['the price is 0', { price: '{denom: uact, amount: 0}' }],
    ['a size is decimal', { memory: '{size: 1GB}' }],
    ['no storage is asked for', { storage: '[]' }],
    ['any GPU would do', { gpu: '{units: 1, attributes: {vendor: {nvidia: []}}}' }],
  ])('is given where %s', (_what, parts) => {
    const result = readSdl(sampleSdl(parts));
    expect(result.ok).toBe(true);
    expect(result.warnings).toHaveLength(1);
  });
});
