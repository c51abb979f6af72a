/**
 * `souk validate`: this machine scores the miners of a subnet, until Ctrl-C: asks, commits, reveals, opens its evidence,
 * computes epochs, attests and posts them, and says so a line each. Started again after anything, it goes on where it was.
 */
import { createMetrics } from '@souk/daemon';
import { startValidator, type Validator, validatorConfigSchema, type ValidatorStatus } from '@souk/subnets';
import { readSettings } from '../config.ts';
import type { Context } from '../context.ts';
import { collectListen } from '../provide/flags.ts';
import { parseSouk, soukText } from '../subnet/amounts.ts';
import { parseSubnet } from '../subnet/arguments.ts';
import {
  type DaemonFlags,
  openSubnetDaemon,
  tellTroubles,
  untilStopped,
  watchPosts,
} from '../subnet/daemon.ts';
import {
  checkSouk,
  ensureOperator,
  openSubnets,
  openSubnetWriter,
  operatorOrSelf,
  send,
  type SubnetSession,
} from '../subnet/session.ts';
import type { DefineCommand } from './entry.ts';

interface ValidateFlags extends DaemonFlags {
  readonly stake?: bigint;
}

export const defineValidate: DefineCommand = (command, act) => {
  command
    .description('score the miners of a subnet, commit, reveal, attest and post its epochs; until Ctrl-C')
    .argument('<subnet>', 'its number', parseSubnet)
    .option('--stake <souk>', 'bring one’s own stake up to this first', parseSouk)
    .option('--listen <multiaddr>', 'where peers reach it; can be repeated', collectListen)
    .option('--claim', 'claim what is earned as it is posted')
    .action(act(validate));
};

async function validate(context: Context, subnet: number, flags: ValidateFlags): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const session = await openSubnets(context, stack);
  const given = flags.claim ? { isClaiming: true } : {};
  const config = readSettings(context, { validator: validatorConfigSchema }, { validator: given }).validator;
  await session.history(subnet);
  if (flags.stake !== undefined) await bringStake(context, session, { subnet, stake: flags.stake });
  const operator = await ensureOperator(context, session);
  const daemon = await openSubnetDaemon(context, stack, { role: 'validator', session, subnet, ...flags });
  const { key, peer, writer, store, log, mechanisms } = daemon;
  const validator = stack.use(
    await startValidator(
      {
        peer,
        reads: session.reads,
        writer,
        signer: key,
        operator,
        subnet,
        mechanisms,
        fromBlock: session.network.book.fromBlock,
        store,
        metrics: createMetrics(),
        clock: context.clock,
        log,
        fetch,
      },
      config,
    ),
  );
  const { stake } = validator.status();
  const started = {
    event: 'started',
    subnet,
    operator,
    stake,
    mechanisms: mechanisms.map(({ name }) => name),
    peer: peer.addresses(),
  };
  context.output.item(
    started,
    () => `validating ${started.mechanisms.join(', ')} in subnet ${subnet} with ${soukText(stake)}`,
  );
  if (stake === 0n)
    context.output.warn(`without stake it counts for nothing: souk subnet stake ${subnet} AMOUNT`);
  const tellPosts = watchPosts(context, { session, subnet, account: operator });
  const tell = tellOf(context, validator);
  await untilStopped(context, log, async () => {
    tell();
    await tellPosts();
  });
}

/** What an own stake lacks of what is wished. */
async function bringStake(
  context: Context,
  session: SubnetSession,
  { subnet, stake }: { readonly subnet: number; readonly stake: bigint },
): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const { address } = session.wallet();
  const operator = await operatorOrSelf(session);
  const missing = stake - (await session.reads.stakeOf(subnet, operator, address));
  if (missing <= 0n) return;
  await checkSouk(session, missing);
  await ensureOperator(context, session);
  const writer = await openSubnetWriter(context, stack, session);
  await send(context, `staking ${soukText(missing)}`, () => writer.stake(subnet, operator, missing));
}

/** A line for each thing that is done, and for whatever is in the way. */
function tellOf(context: Context, validator: Validator): () => void {
  let before: ValidatorStatus | undefined;
  return () => {
    const status = validator.status();
    for (const line of linesOf(status, before)) context.output.item(line.value, () => line.text);
    tellTroubles(context, before?.troubles ?? {}, status.troubles);
    before = status;
  };
}

interface Line {
  readonly value: Readonly<Record<string, unknown>> & { readonly event: string };
  readonly text: string;
}

/** What has changed since the last look. Pure. */
export function linesOf(status: ValidatorStatus, before: ValidatorStatus | undefined): readonly Line[] {
  const { subnet, epoch, window, scored, miners } = status;
  const line = (event: string, of: number, text: string, more = {}): Line => ({
    value: { event, subnet, epoch: of, ...more },
    text: `epoch ${of}: ${text}`,
  });
  const isNew = before?.epoch !== epoch;
  const did = (now: boolean, then: boolean | undefined) => now && (isNew || then !== true);
  const lines: Line[] = [];
  if (isNew)
    lines.push(
      line('epoch', epoch, `begins, with ${miners} miners`, { miners, hasPermit: status.hasPermit }),
    );
  if (isNew || before?.window !== window) lines.push(line('window', epoch - 1, windows[window], { window }));
  if (scored > 0 && (isNew || before?.scored !== scored)) {
    lines.push(line('scored', epoch, `scored ${scored} of ${miners} miners`, { scored, miners }));
  }
  if (did(status.hasCommitted, before?.hasCommitted)) lines.push(line('committed', epoch, 'committed'));
  if (did(status.hasRevealed, before?.hasRevealed)) lines.push(line('revealed', epoch - 1, 'revealed'));
  if (did(status.hasOpened, before?.hasOpened)) lines.push(line('opened', epoch - 1, 'opened its evidence'));
  if (status.computedEpoch !== undefined && before?.computedEpoch !== status.computedEpoch) {
    lines.push(line('attested', status.computedEpoch, 'computed and attested'));
  }
  const known = before?.differences.length ?? 0;
  for (const difference of status.differences.slice(known)) {
    lines.push(
      line('difference', epoch, `another came to other results: ${JSON.stringify(difference)}`, {
        difference,
      }),
    );
  }
  return lines;
}

const windows: Readonly<Record<ValidatorStatus['window'], string>> = {
  reveal: 'weights are revealed',
  open: 'evidence is opened',
  attest: 'can be computed, attested and posted',
};
