import { Fault, type SecretWish } from '@souk/protocol';
import { expect, test } from 'vitest';
import type { SecretStore } from '../secrets.ts';
import { collectSecrets, groupSecretsOf } from './secrets.ts';

const wishes: readonly SecretWish[] = [
  { name: 'DB', services: ['web', 'api'], env: 'DB_PASSWORD' },
  { name: 'tls', services: ['web'], file: '/run/secrets/tls.key' },
];
const noFlags = { secretFile: [], secretEnv: [] };

function storeWith(kept: Readonly<Record<string, string>>): SecretStore {
  return {
    list: () => [],
    has: (name) => name in kept,
    load: async (name) => (kept[name] === undefined ? undefined : Buffer.from(kept[name])),
    save: async () => undefined,
    remove: () => undefined,
  };
}

/** `answers`: what a person at the terminal types; left out, there is none. */
function contextWith({
  answers,
  variables = {},
}: { answers?: readonly string[]; variables?: Record<string, string> } = {}) {
  const asked: string[] = [];
  const left = [...(answers ?? [])];
  const never = async () => Promise.reject(new Error('not asked for'));
  const prompts = {
    canAsk: answers !== undefined,
    secret: async (question: string) => (asked.push(question), left.shift() ?? ''),
    confirm: never,
    choose: never,
    text: never,
    newSecret: never,
    checkCanConfirm: () => undefined,
  };
  const environment = {
    home: '/',
    noColor: true,
    settings: {},
    variables,
    take: (name: string) => variables[name],
  };
  return { asked, context: { prompts, environment } };
}

const faultOf = (work: Promise<unknown> | (() => unknown)) =>
  (async () => (typeof work === 'function' ? work() : work))().then(
    () => expect.unreachable(),
    (error: unknown) => (error instanceof Fault ? error : expect.unreachable(String(error))),
  );

test('values come from flags first, then from what is kept, then from whoever is there to ask', async () => {
  const { context, asked } = contextWith({ answers: ['typed'], variables: { CI_DB: 'from CI' } });
  const flags = { ...noFlags, secretEnv: ['DB=CI_DB'] };
  const values = await collectSecrets(context, storeWith({ DB: 'kept' }), { wishes, flags });
  expect(Object.fromEntries([...values].map(([name, value]) => [name, value.toString()]))).toEqual({
    DB: 'from CI',
    tls: 'typed',
  });
  expect(asked).toEqual(['Value of the secret tls']);
});

test('where nobody can be asked, all that are missing are named at once, with how to give them', async () => {
  const { context } = contextWith();
  const fault = await faultOf(collectSecrets(context, storeWith({}), { wishes, flags: noFlags }));
  expect(fault).toMatchObject({ code: 'cli.secret-missing', data: { missing: ['DB', 'tls'] } });
  expect(fault.remedy).toContain('souk secret set DB');
  const unset = collectSecrets(context, storeWith({ tls: 'x' }), {
    wishes,
    flags: { ...noFlags, secretEnv: ['DB=NOWHERE'] },
  });
  expect(await faultOf(unset)).toMatchObject({ code: 'cli.secret-missing', data: { missing: ['DB'] } });
});

test('a flag for a secret that the file does not name is refused, with those that it names', async () => {
  const { context } = contextWith();
  for (const flags of [
    { ...noFlags, secretFile: ['PASSWORD=/tmp/x'] },
    { ...noFlags, secretFile: ['DB'] },
    { ...noFlags, secretEnv: ['=VAR'] },
  ])
    expect(await faultOf(collectSecrets(context, storeWith({}), { wishes, flags }))).toMatchObject({
      code: 'cli.usage',
    });
});

test('each group gets what its own services ask for, as variable or file', () => {
  const values = new Map([
    ['DB', Buffer.from('pass')],
    ['tls', Buffer.from([0, 255, 10])],
  ]);
  expect(groupSecretsOf(['web'], wishes, values)).toEqual({
    services: {
      web: { env: { DB_PASSWORD: 'pass' }, files: { '/run/secrets/tls.key': 'AP8K' } },
    },
    snapshotKey: null,
  });
  expect(groupSecretsOf(['api', 'cache'], wishes, values)?.services).toEqual({
    api: { env: { DB_PASSWORD: 'pass' }, files: {} },
  });
  expect(groupSecretsOf(['cache'], wishes, values)).toBeUndefined();
});

test('what a variable can’t hold, and what is too much, is refused without telling the value', async () => {
  for (const bytes of [Buffer.from([0xff, 0xfe]), Buffer.from('with a \0 in it')]) {
    const values = new Map([['DB', bytes]]);
    const fault = await faultOf(() => groupSecretsOf(['api'], wishes, values));
    expect(fault).toMatchObject({ code: 'cli.secret-unfit', data: { name: 'DB' } });
    expect(fault.message).not.toContain('in it');
  }
  const large = [1, 2, 3].map((index) => ({ name: `f${index}`, services: ['web'], file: `/f${index}` }));
  const values = new Map(large.map(({ name }) => [name, Buffer.alloc(90_000)]));
  expect(await faultOf(() => groupSecretsOf(['web'], large, values))).toMatchObject({
    code: 'cli.secret-unfit',
  });
  const { context } = contextWith();
  const huge = storeWith({ DB: 'x'.repeat(100_000), tls: 'x' });
  expect(await faultOf(collectSecrets(context, huge, { wishes, flags: noFlags }))).toMatchObject({
    code: 'cli.secret-unfit',
  });
});
