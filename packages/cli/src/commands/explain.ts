import { type MarketWish } from '@souk/protocol';
import {
  askedOf,
  type DeclineGroup,
  explainOrder,
  type Explanation,
  knownProviders,
  tenantConfigSchema,
} from '@souk/tenant';
import { cliConfigSchema, readSettings } from '../config.ts';
import type { Context } from '../context.ts';
import { resourcesText } from '../deploy/plan.ts';
import { counterfactualText, countText, exclusionText, remedyText } from '../deploy/relaxed.ts';
import { nameFor, readWorkload, wishFor } from '../deploy/workload.ts';
import { exitCodes } from '../exit-codes.ts';
import { moneyText, type Token } from '../format.ts';
import { hearCapacity, type Heard, parseWait } from '../hear-capacity.ts';
import { openImageStore } from '../images.ts';
import type { Output } from '../output.ts';
import { openChain } from '../session.ts';
import { renderTable } from '../table.ts';
import type { DefineCommand } from './entry.ts';

interface ExplainFlags {
  readonly maxPrice?: string;
  readonly deposit?: string;
  readonly wait?: number;
}

export const defineExplain: DefineCommand = (command, act) => {
  command
    .description(
      'who would run a workload file and who not, why, and what would bring more offers; orders nothing, costs nothing',
    )
    .argument('<file>', 'workload file (Akash SDL 2.0 or 2.1)')
    .option('--max-price <amount>', 'most to pay per hour and placement group (default: the file’s)')
    .option('--deposit <amount>', 'money to lock per placement group (default: 5)')
    .option(
      '--wait <ms>',
      'listen for exactly this long, instead of taking what a watch has heard',
      parseWait,
    )
    .action(act(explain));
};

interface ExplainedGroup {
  readonly group: string;
  readonly resources: string;
  readonly asked: MarketWish;
  readonly explanation: Explanation;
}

async function explain(context: Context, file: string, flags: ExplainFlags): Promise<number> {
  const { output } = context;
  const workload = readWorkload(file, (text) => output.warn(text));
  await using stack = new AsyncDisposableStack();
  const session = openChain(context, stack);
  const { book } = session.network;
  const settings = readSettings(context, { cli: cliConfigSchema, tenant: tenantConfigSchema });
  const wish = wishFor({
    name: nameFor(file),
    workload,
    network: book,
    images: openImageStore(context.home.images),
    deposit: flags.deposit ?? settings.cli.deposit,
    maxPrice: flags.maxPrice,
  });
  const heard = await hearCapacity(context, stack, { session, waitMs: flags.wait });
  const groups = workload.groups.map((group): ExplainedGroup => {
    const asked = askedOf(wish, group, { token: book.token.address, config: settings.tenant });
    const known = knownProviders(asked, heard.summaries, []);
    return {
      group: group.name,
      resources: resourcesText(group),
      asked,
      explanation: explainOrder(asked, known),
    };
  });
  output.document(
    { groups: groups.map((group) => jsonOf(group, book.token)), peers: heard.peers ?? null },
    () => groups.map((group) => renderGroup(output, group, { heard, token: book.token })).join('\n\n'),
  );
  const isServed = groups.every(({ explanation }) => explanation.offers > 0);
  return isServed ? exitCodes.ok : exitCodes.noBids;
}

function jsonOf({ group, asked, explanation }: ExplainedGroup, token: Token) {
  const { known, offers, cheapest, guesses, groups, counterfactuals } = explanation;
  return {
    group,
    known,
    offers,
    cheapest: cheapest ?? null,
    guesses,
    excluded: groups.map((one) => ({ ...one, requirement: exclusionText(one, token)[0] })),
    wouldHelp: counterfactuals.map((one) => ({
      ...one,
      text: counterfactualText(one, asked, token),
      remedy: remedyText(one, token),
    })),
  };
}

function renderGroup(
  output: Output,
  { group, resources, asked, explanation }: ExplainedGroup,
  by: { readonly heard: Heard; readonly token: Token },
): string {
  const { token, heard } = by;
  const head = `${output.paint('bold', group)}: ${resources}; at most ${moneyText(asked.terms.maxRate, token)} per hour`;
  if (explanation.known === 0) return `${head}\n${nobodyText(heard.peers)}`;
  return [
    head,
    verdictText(output, explanation, token),
    ...partsOf(output, asked, { explanation, token }),
  ].join('\n');
}

function verdictText(
  output: Output,
  { known, offers, cheapest, guesses }: Explanation,
  token: Token,
): string {
  const from = cheapest === undefined ? '' : `, from ${moneyText(cheapest, token)} per hour`;
  const unsure = guesses === 0 ? '' : `; ${guesses} of them may decide otherwise`;
  const verdict =
    offers === 0
      ? output.paint('red', `none of ${countText(known, 'known provider')} would make an offer`)
      : output.paint(
          'green',
          `${offers} of ${countText(known, 'known provider')} would make an offer${from}`,
        );
  return `${verdict}${unsure}`;
}

function nobodyText(peers: number | undefined): string {
  const connected = peers === undefined ? '' : `; connected to ${countText(peers, 'peer')}`;
  return `no provider is known: none has published what it has${connected}`;
}

/** The tables below the verdict; also for an order that got no bids. */
export function partsOf(
  output: Output,
  asked: MarketWish,
  by: { readonly explanation: Explanation; readonly token: Token },
): readonly string[] {
  const { explanation, token } = by;
  const { groups, counterfactuals, known } = explanation;
  const table = renderTable<DeclineGroup>(
    output,
    [
      { title: 'ASKED', cell: (one) => exclusionText(one, token)[0] },
      { title: 'EXCLUDES', cell: (one) => `${one.count} of ${known}`, align: 'right' },
      { title: 'ALONE', cell: (one) => String(one.soleCount), align: 'right' },
      { title: 'NEAREST', cell: (one) => exclusionText(one, token)[1] },
    ],
    groups,
  );
  const helps = renderTable(
    output,
    [
      { title: 'WOULD BRING OFFERS', cell: (one) => counterfactualText(one, asked, token) },
      { title: 'HOW', cell: (one) => remedyText(one, token) },
    ],
    counterfactuals,
  );
  return [...(groups.length > 0 ? ['', table] : []), ...(counterfactuals.length > 0 ? ['', helps] : [])];
}
