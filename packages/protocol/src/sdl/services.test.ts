import { describe, expect, it } from 'vitest';
import { readSdl } from './read.ts';
import { sampleSdl } from './sample.ts';

function pathsOf(service: string): readonly string[] {
  return readSdl(sampleSdl({ service: `image: nginx\n${service}` }), { purpose: 'check' }).errors.map(
    ({ path }) => path,
  );
}

const expose = (item: string) => `expose: [${item}]`;
const options = (item: string) => expose(`{port: 80, to: [{global: true}], http_options: {${item}}}`);

describe('services', () => {
  it.each([
    ['command: [a, b]\nargs: ["--x=1"]\nenv: [A=1]'],
    [expose('{port: 1}')],
    [expose('{port: 65535, as: 1, proto: tcp}')],
    [expose('{port: 80, proto: UDP, to: []}')],
    [expose('{port: 80, accept: ["*.example.com", "こんにちは.example"], to: [{global: true}]}')],
    [expose('{port: 80, to: [{service: web}, {global: false}, {}]}')],
    [options('max_body_size: 104857600')],
    [options('read_timeout: 60000, send_timeout: 60000')],
    [options('proxy_buffer_size: 1048576')],
    [options('next_tries: 0, next_timeout: 0, max_body_size: 0')],
    [options('next_cases: []')],
    [options('next_cases: [off]')],
    [options('next_cases: [error, timeout, "500", "502", "503", "504", "403", "404", "429"]')],
    ['params: {permissions: {read: [deployment, logs, events]}}'],
    ['params: {permissions: {}}'],
    ['params: {tee: cpu}'],
    ['credentials: {host: h, username: u, password: "123456"}'],
    ['credentials: {host: h, username: u, password: "123456", email: a@b.c}'],
    ['dependencies: [{service: db}, {}]'],
  ])('read %s', (service) => {
    expect(pathsOf(service)).toEqual([]);
  });

  it.each([
    ['env: {A: 1}', 'env'],
    ['env: [1]', 'env/0'],
    ['command: sh', 'command'],
    ['args: [true]', 'args/0'],
    ['image2: x', 'image2'],
    [expose('{}'), 'expose/0'],
    [expose('{port: 0}'), 'expose/0/port'],
    [expose('{port: 65536}'), 'expose/0/port'],
    [expose('{port: "80"}'), 'expose/0/port'],
    [expose('{port: 80.5}'), 'expose/0/port'],
    [expose('{port: 80, as: 0}'), 'expose/0/as'],
    [expose('{port: 80, proto: Tcp}'), 'expose/0/proto'],
    [expose('{port: 80, proto: sctp}'), 'expose/0/proto'],
    [expose('{port: 80, hosts: []}'), 'expose/0/hosts'],
    [expose('{port: 80, to: {global: true}}'), 'expose/0/to'],
    [expose('{port: 80, to: [{global: "true"}]}'), 'expose/0/to/0/global'],
    [expose('{port: 80, to: [{ip: a1}]}'), 'expose/0/to/0'],
    [expose('{port: 80, to: [{global: true, ip: ""}]}'), 'expose/0/to/0/ip'],
    [expose('{port: 80, to: [{public: true}]}'), 'expose/0/to/0/public'],
    [options('max_body_size: 104857601'), 'expose/0/http_options/max_body_size'],
    [options('max_body_size: -1'), 'expose/0/http_options/max_body_size'],
    [options('read_timeout: 60001'), 'expose/0/http_options/read_timeout'],
    [options('send_timeout: 60001'), 'expose/0/http_options/send_timeout'],
    [options('proxy_buffer_size: 1048577'), 'expose/0/http_options/proxy_buffer_size'],
    [options('next_tries: -1'), 'expose/0/http_options/next_tries'],
    [options('next_cases: [off, error]'), 'expose/0/http_options/next_cases'],
    [options('next_cases: [500]'), 'expose/0/http_options/next_cases/0'],
    [options('next_cases: ["501"]'), 'expose/0/http_options/next_cases/0'],
    [options('retries: 1'), 'expose/0/http_options/retries'],
    ['params: {tee: gpu}', 'params/tee'],
    ['params: {tee: {type: tdx}}', 'params/tee'],
    ['params: {permissions: {read: [secrets]}}', 'params/permissions/read/0'],
    ['params: {permissions: {write: []}}', 'params/permissions/write'],
    ['params: {storage: {default: {mount: data}}}', 'params/storage/default/mount'],
    ['params: {storage: {default: {mount: ""}}}', 'params/storage/default/mount'],
    ['params: {storage: {default: {readOnly: "true"}}}', 'params/storage/default/readOnly'],
    ['params: {storage: {default: {path: /a}}}', 'params/storage/default/path'],
    ['params: {storage: {default: null}}', 'params/storage/default'],
    ['credentials: {username: u, password: "123456"}', 'credentials'],
    ['credentials: {host: h, username: "", password: "123456"}', 'credentials/username'],
    ['credentials: {host: h, username: u, password: "12345"}', 'credentials/password'],
    ['credentials: {host: h, username: u, password: "123456", email: a@b}', 'credentials/email'],
    ['credentials: {host: h, username: u, password: "123456", token: x}', 'credentials/token'],
    ['dependencies: [{name: db}]', 'dependencies/0/name'],
  ])('refuse %s', (service, path) => {
    expect(pathsOf(service)).toEqual([`/services/web/${path}`]);
  });

  it.each([
    ['ports: [80]', /expose/],
    ['environment: {A: 1}', /env/],
    ['depends_on: [db]', /retry/],
    ['cmd: [sh]', /command/],
  ])('say what to write instead of %s', (service, remedy) => {
    const { errors } = readSdl(sampleSdl({ service: `image: x\n${service}` }));
    expect(errors[0]?.remedy).toMatch(remedy);
  });
});

describe('endpoints', () => {
  const withEndpoint = (name: string, kind = '{kind: ip}') =>
    sampleSdl({
      top: `endpoints:\n  ${name}: ${kind}`,
      service: `image: x\nexpose: [{port: 80, to: [{global: true, ip: ${name}}]}]`,
    });

  it.each([['ip'], ['my-ip'], ['my_ip_2'], ['a1']])('may be called %s', (name) => {
    expect(readSdl(withEndpoint(name)).errors).toEqual([]);
  });

  it.each([['a'], ['My'], ['1a'], ['_a'], ['-a'], ['a.b'], ['a b']])('may not be called %s', (name) => {
    expect(readSdl(withEndpoint(name)).errors.map(({ path }) => path)).toEqual([`/endpoints/${name}`]);
  });

  it.each([['{}'], ['{kind: dns}'], ['{kind: ip, port: 1}'], ['null']])('may not be %s', (kind) => {
    expect(readSdl(withEndpoint('my-ip', kind)).ok).toBe(false);
  });

  it('number every use in the order of names, the last use of a name counting', () => {
    const text = sampleSdl({
      top: 'endpoints: {b2: {kind: ip}, a1: {kind: ip}}',
      service:
        'image: x\nexpose:\n  - {port: 80, to: [{global: true, ip: b2}]}\n  - {port: 81, to: [{global: true, ip: a1}]}\n  - {port: 82, to: [{global: true, ip: a1}]}',
    });
    const group = readSdl(text).workload?.groups[0];
    const numbers = group?.manifest.services[0]?.expose?.map((each) => [
      each.ip,
      each.endpointSequenceNumber,
    ]);
    expect(numbers).toEqual([
      ['b2', 3],
      ['a1', 2],
      ['a1', 2],
    ]);
    expect(group?.requirements.endpoints.map(({ kind }) => kind)).toEqual([
      'http',
      'ip',
      'port',
      'ip',
      'port',
    ]);
  });
});
