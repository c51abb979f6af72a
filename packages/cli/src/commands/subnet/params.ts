import { Fault, type SubnetParamName, subnetParams } from '@souk/protocol';
import type { Context } from '../../context.ts';
import type { Output } from '../../output.ts';
import { paramText, parseParam } from '../../subnet/amounts.ts';
import { parseSubnet } from '../../subnet/arguments.ts';
import { openSubnets, openSubnetWriter, send, whenAllowed } from '../../subnet/session.ts';
import { epochAt } from '@souk/subnets';
import { paramsIn, pendingIn, type SubnetPicture } from '../../subnet/state.ts';
import { renderFacts, renderTable } from '../../table.ts';
import type { DefineCommand } from '../entry.ts';

export const defineParams: DefineCommand = (command, act) => {
  command
    .description('parameters: what they are, mean, may be, and will be; with a value, set one as the owner')
    .argument('<subnet>', 'its number', parseSubnet)
    .argument('[name]', 'this one only')
    .argument(
      '[value]',
      'its new value: SOUK, a percentage, yes or no, or a number; holds from the next epoch on',
    )
    .action(act(getOrSet));
};

export interface ParamView {
  readonly name: SubnetParamName;
  readonly value: bigint;
  readonly default: bigint;
  readonly min: bigint;
  readonly max: bigint;
  readonly about: string;
  readonly pending: { readonly value: bigint; readonly fromEpoch: number } | null;
}

async function getOrSet(context: Context, subnet: number, name?: string, text?: string): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const session = await openSubnets(context, stack);
  const { picture, head } = await session.history(subnet);
  const views = viewsOf(picture, epochAt(picture, head));
  if (name === undefined) {
    context.output.document(views, () => renderParams(context.output, views));
    return;
  }
  const view = views.find((one) => one.name === name) ?? noParam(name);
  if (text === undefined) {
    context.output.document(view, () => renderParam(context.output, view));
    return;
  }
  const value = parseParam(view, text);
  const writer = await openSubnetWriter(context, stack, session);
  // In the last blocks of an epoch nothing may change: all see then what the next will be.
  const until = { error: 'ParamsFrozen', argument: 'untilBlock', in: 'blocks' } as const;
  const work = () => writer.setParam(subnet, view.name, value);
  const receipt = await send(context, `setting ${name}`, () =>
    whenAllowed(context, session, { until, work }),
  );
  const after = await session.history(subnet);
  const fromEpoch = after.picture.paramChanges.findLast((change) => change.name === name)?.fromEpoch ?? null;
  context.output.document(
    { subnet, name, value, before: view.value, fromEpoch, tx: receipt.tx },
    () =>
      `${name} will be ${paramText(view.name, value)} from epoch ${fromEpoch} on (now ${paramText(view.name, view.value)})`,
  );
}

export function viewsOf(picture: SubnetPicture, epoch: number): readonly ParamView[] {
  const now = paramsIn(picture, epoch);
  const pending = new Map(pendingIn(picture, epoch).map((change) => [change.name, change]));
  return subnetParams.map(({ name, min, max, about, default: standard }) => {
    const change = pending.get(name);
    const next = change === undefined ? null : { value: change.value, fromEpoch: change.fromEpoch };
    return { name, value: now[name], default: standard, min, max, about, pending: next };
  });
}

export function renderParams(output: Output, views: readonly ParamView[]): string {
  return renderTable(
    output,
    [
      { title: 'PARAMETER', cell: (one) => one.name },
      { title: 'VALUE', cell: (one) => valueText(output, one), align: 'right' },
      { title: 'DEFAULT', cell: (one) => paramText(one.name, one.default), align: 'right' },
      { title: 'FROM', cell: (one) => paramText(one.name, one.min), align: 'right' },
      { title: 'TO', cell: (one) => paramText(one.name, one.max), align: 'right' },
      { title: 'MEANING', cell: (one) => one.about },
    ],
    views,
  );
}

function renderParam(output: Output, view: ParamView): string {
  const { name, pending } = view;
  return renderFacts(output, [
    ['parameter', name],
    ['meaning', view.about],
    ['value', paramText(name, view.value)],
    ['pending', pending ? `${paramText(name, pending.value)} from epoch ${pending.fromEpoch} on` : undefined],
    ['default', paramText(name, view.default)],
    ['bounds', `${paramText(name, view.min)} to ${paramText(name, view.max)}`],
  ]);
}

function valueText(output: Output, { name, value, pending }: ParamView): string {
  const text = paramText(name, value);
  return pending === null
    ? text
    : `${text} → ${output.paint('yellow', paramText(name, pending.value))} (epoch ${pending.fromEpoch})`;
}

function noParam(name: string): never {
  throw new Fault('subnet.no-param', `there is no parameter "${name}"`, {
    blame: 'user',
    data: { names: subnetParams.map((param) => param.name) },
    remedy: 'see them all with `souk subnet params SUBNET`',
  });
}
