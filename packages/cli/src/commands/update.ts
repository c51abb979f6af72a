/**
 * Changes what a deployment runs: read the file, show what changes and what it costs, ask, follow it until the new
 * version runs or the old one does again. The same command again goes on with an update that was cut off.
 */
import { Fault, type UpdateStrategy, updateStrategies } from '@souk/protocol';
import type { ApplyOptions, PlannedGroup, PlannedUpdate, UpdateResult, UpdateStep } from '@souk/tenant';
import { InvalidArgumentError, Option } from 'commander';
import { cliConfigSchema, readSettings } from '../config.ts';
import type { Context } from '../context.ts';
import { renderChanges } from '../deploy/changes.ts';
import { placesOf } from '../deploy/deployed.ts';
import { type SecretFlags, secretsFor } from '../deploy/secrets.ts';
import { readWorkload, wishFor } from '../deploy/workload.ts';
import { bytesText, moneyText, type Token } from '../format.ts';
import { openImageStore, parseImageFlag } from '../images.ts';
import { printable } from '../output.ts';
import { runTasks, type TaskView } from '../progress.ts';
import { type Buyer, openBuyer } from '../session.ts';
import { withSnapshots } from '../volumes/wish.ts';
import type { DefineCommand } from './entry.ts';

interface UpdateFlags extends SecretFlags {
  readonly strategy?: UpdateStrategy;
  readonly healthySeconds?: number;
  readonly canaryReplicas?: number;
  readonly bake?: number;
  readonly maxPrice?: string;
  readonly image: readonly string[];
  readonly abort?: true;
}

export const defineUpdate: DefineCommand = (command, act) => {
  command
    .description('change what a deployment runs; what does not come up goes back by itself')
    .argument('<name>', 'deployment')
    .argument('[file]', 'workload file, as it is to be')
    .addOption(
      new Option(
        '--strategy <how>',
        'recreate: end the old version, start the new; rolling: one replica after the other; canary: a few first',
      ).choices(updateStrategies),
    )
    .option('--healthy-seconds <n>', 'time for each step to work before it all goes back', whole(1, 3600))
    .option('--canary-replicas <n>', 'replicas that go first', whole(1, 1000))
    .option('--bake <seconds>', 'how long those must do well before the rest follows', whole(0, 86_400))
    .option(
      '--max-price <amount>',
      'most to pay per hour and placement group, e.g. 0.30 (default: the file’s)',
    )
    .option('--image <ref=tar>', 'hand this image over to the provider; can be repeated', collect, [])
    .option(
      '--secret-file <name=path>',
      'value of a secret that the file names; can be repeated',
      collect,
      [],
    )
    .option('--secret-env <name=variable>', 'the same, from an environment variable', collect, [])
    .option('--abort', 'stop an update under way: the old version comes back')
    .action(act(update));
};

async function update(
  context: Context,
  name: string,
  file: string | undefined,
  flags: UpdateFlags,
): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const buyer = openBuyer(context, stack);
  if (flags.abort) return await abort(context, buyer, name);
  if (file === undefined)
    throw new Fault('cli.usage', 'there is no workload file', {
      blame: 'user',
      remedy: `name one: souk update ${name} app.yaml`,
    });
  const plan = await makePlan(context, buyer, { name, file, flags });
  const { token } = buyer.network.book;
  if (plan.groups.length === 0)
    return context.output.document(
      { name, network: buyer.network.book.name, status: 'unchanged', groups: [] },
      () => `${name} runs as the file says already; nothing was changed`,
    );
  context.output.note(`\n${renderChanges(context.output, plan.groups, token)}\n`);
  if (!(await context.prompts.confirm(`Update ${name}?`)))
    throw new Fault('cli.declined', 'it runs as before', { blame: 'user' });
  const results = await carryOut(context, plan, flags, token);
  report(context, buyer, plan, results);
}

async function abort(context: Context, { tenant }: Buyer, name: string): Promise<void> {
  await tenant.abortUpdate(name, { signal: context.signal });
  context.output.document(
    { name, status: 'aborting' },
    () => `the update of ${name} is stopped; the old version comes back: souk status ${name}`,
  );
}

async function makePlan(
  context: Context,
  buyer: Buyer,
  input: { readonly name: string; readonly file: string; readonly flags: UpdateFlags },
): Promise<PlannedUpdate> {
  const { name, file, flags } = input;
  const { output, prompts } = context;
  const images = openImageStore(context.home.images);
  for (const { reference, tar } of flags.image.map(parseImageFlag)) {
    await images.add(reference, tar, context.clock.now(), context.signal);
  }
  const workload = readWorkload(file, (text) => output.warn(text));
  prompts.checkCanConfirm(`update ${name}?`);
  await buyer.chain.check();
  const { deposit, watch } = readSettings(context, { cli: cliConfigSchema }).cli;
  const network = buyer.network.book;
  const priced = wishFor({ name, workload, network, images, deposit, maxPrice: flags.maxPrice });
  const secrets = await secretsFor(context, buyer, { workload, flags });
  const asked = { workload, wish: { ...priced, ...secrets }, hasWatch: watch };
  const wish = await withSnapshots(context, buyer, asked);
  return buyer.tenant.planUpdate(wish, { signal: context.signal });
}

type GroupResult = UpdateResult & { readonly planned: PlannedGroup };

async function carryOut(
  context: Context,
  plan: PlannedUpdate,
  flags: UpdateFlags,
  token: Token,
): Promise<readonly GroupResult[]> {
  const results: GroupResult[] = [];
  const options = optionsOf(context, flags);
  const tasks = plan.groups.map((planned) => ({
    title: plan.groups.length > 1 ? `${plan.name}/${planned.group}` : plan.name,
    run: async (view: TaskView) => {
      const updating = planned.apply(options);
      for await (const step of updating.steps()) showStep(view, step, token);
      const result = await updating.result;
      results.push({ ...result, planned });
      return result.ok;
    },
  }));
  try {
    await runTasks(context.output, tasks);
  } catch (error) {
    if (context.signal.aborted)
      context.output.note(
        `It goes on at the provider: \`souk status ${plan.name}\` shows it, \`souk update ${plan.name} --abort\` stops it.`,
      );
    throw error;
  }
  return results;
}

function optionsOf(context: Context, flags: UpdateFlags): ApplyOptions {
  const { strategy, healthySeconds, canaryReplicas, bake } = flags;
  return {
    signal: context.signal,
    ...(strategy === undefined ? {} : { strategy }),
    ...(healthySeconds === undefined ? {} : { healthySeconds }),
    ...(canaryReplicas === undefined ? {} : { canaryReplicas }),
    ...(bake === undefined ? {} : { bakeSeconds: bake }),
  };
}

function showStep(view: TaskView, step: UpdateStep, token: Token): void {
  switch (step.step) {
    case 'asking':
      return view.now(`asking the provider: ${step.strategy}`);
    case 'accepted':
      return view.did('the provider took it');
    case 'sending-image': {
      const percent = Math.floor((step.sentBytes / step.bytes) * 100);
      view.now(`sending ${printable(step.image)}: ${percent} % of ${bytesText(step.bytes)}`);
      if (step.sentBytes >= step.bytes) view.did(`sent ${printable(step.image)} (${bytesText(step.bytes)})`);
      return;
    }
    case 'working':
      return view.now(`${step.percent === null ? '' : `${step.percent} % `}${printable(step.detail)}`);
    case 'rolled-back':
      return view.did('rolled back: the old version runs again');
    case 'updated':
      return view.did(`the new version runs, for ${moneyText(step.rate, token)} per hour`);
  }
}

function report(context: Context, buyer: Buyer, plan: PlannedUpdate, results: readonly GroupResult[]): void {
  const { book } = buyer.network;
  const failed = results.flatMap((result) => (result.ok ? [] : [result]));
  if (failed.length > 0) throw updateFailed(plan.name, failed, results.length);
  const groups = results.flatMap((result) =>
    result.ok
      ? [
          {
            group: result.planned.group,
            lease: result.planned.lease,
            strategy: result.status.update?.strategy ?? null,
            rateBefore: result.planned.rate.before,
            rate: result.group.terms?.rate ?? result.planned.rate.after,
            services: result.status.services,
          },
        ]
      : [],
  );
  context.output.document({ name: plan.name, network: book.name, status: 'updated', groups }, () =>
    [
      `${context.output.paint(['bold', 'green'], plan.name)} is updated on ${book.name}`,
      ...groups.flatMap(({ services }) => services.flatMap((service) => placesOf(context.output, service))),
      ...groups.map(({ rate }) => `  ${moneyText(rate, book.token)} per hour`),
    ].join('\n'),
  );
}

function updateFailed(
  name: string,
  failed: readonly (GroupResult & { readonly ok: false })[],
  all: number,
): Fault {
  const text = failed
    .map(({ planned, reason, detail }) => {
      const about = all > 1 ? `${planned.group}: ` : '';
      return `${about}${reason === 'rolled-back' ? 'rolled back' : reason}: ${printable(detail)}`;
    })
    .join('\n');
  const isUnknown = failed.some(({ reason }) => reason === 'unreachable');
  const remedy = isUnknown
    ? `see how it ended: souk status ${name}; the same command again goes on with it`
    : `it runs as before, for the price before; see why with \`souk logs ${name}\` and \`souk events ${name}\`, mend the file and update again`;
  const groups = failed.map(({ planned, reason, detail }) => ({ group: planned.group, reason, detail }));
  return new Fault('cli.update-failed', text, { blame: 'peer', data: { name, groups }, remedy });
}

function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}

function whole(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`give a whole number from ${least} to ${most}`);
  };
}
