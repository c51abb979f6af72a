import type { Address } from '@souk/protocol';
import type { EpochBlocks } from '@souk/subnets';
import type { Context } from '../../context.ts';
import { shortHex } from '../../format.ts';
import { percentText, soukText } from '../../subnet/amounts.ts';
import { parseSubnet } from '../../subnet/arguments.ts';
import { openSubnets, type SubnetSession } from '../../subnet/session.ts';
import { epochAt } from '@souk/subnets';
import { lastPostOf, livingOf, paramsIn, pendingIn, stakeIn } from '../../subnet/state.ts';
import { renderFacts } from '../../table.ts';
import { walletFor } from '../../session.ts';
import type { DefineCommand } from '../entry.ts';

export const defineShow: DefineCommand = (command, act) => {
  command
    .description('one subnet: what it is, where its epoch stands, its money, what is yours in it')
    .argument('<subnet>', 'its number', parseSubnet)
    .action(act(show));
};

async function show(context: Context, subnet: number): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const session = await openSubnets(context, stack);
  const history = await session.history(subnet);
  const { picture, head } = history;
  const epoch = epochAt(picture, head);
  const [state, price, accrued, schedule] = await Promise.all([
    session.reads.subnetOf(subnet),
    picture.isDissolved ? 0n : session.reads.registrationPrice(subnet),
    session.reads.accruedAt(subnet, head),
    session.reads.schedule(),
  ]);
  const params = paramsIn(picture, epoch);
  const last = lastPostOf(picture);
  const blocks = history.blocksOf(epoch);
  const own = await ownIn(context, session, history);
  const value = {
    subnet,
    identity: picture.identity ?? null,
    owner: picture.owner,
    isDissolved: picture.isDissolved,
    tempo: picture.tempo,
    block: head,
    epoch,
    phase: phaseAt(blocks, history.blocksOf(Math.max(0, epoch - 1)), head),
    blocks,
    nextToPost: state?.nextEpoch ?? 0,
    lastPosted: last === undefined ? null : { epoch: last.epoch, block: last.block, tx: last.tx },
    miners: livingOf(picture).length,
    slots: Number(params.maxMiners),
    stake: state?.stake ?? 0n,
    registration: { price, collateral: params.collateral },
    emission: { accrued, assigned: state?.total ?? 0n, perBlockOfAll: schedule.perBlock },
    pending: pendingIn(picture, epoch).map(({ name, value, fromEpoch }) => ({ name, value, fromEpoch })),
    yours: own ?? null,
  };
  context.output.document(value, () =>
    renderFacts(context.output, [
      ['subnet', `${subnet}  ${picture.identity?.name ?? '–'}${picture.isDissolved ? '  (dissolved)' : ''}`],
      ['mechanism', picture.identity?.mechanisms.join(', ')],
      ['about', picture.identity?.about],
      ['url', picture.identity?.url],
      ['contact', picture.identity?.contact],
      ['owner', picture.owner],
      ['epoch', `${epoch}, ${value.phase}; block ${head} of ${blocks.start}–${blocks.end - 1}`],
      ['tempo', `${picture.tempo} blocks`],
      ['posted', last === undefined ? 'none yet' : `up to epoch ${last.epoch}, in block ${last.block}`],
      ['miners', `${value.miners} of ${value.slots}`],
      ['stake', `${soukText(value.stake)} with ${picture.pools.size} validators`],
      ['a place', `${soukText(price)}, burned, and ${soukText(params.collateral)} collateral`],
      ['emitted', `${soukText(accrued)} so far, ${soukText(value.emission.assigned)} of it assigned`],
      [
        'split',
        `owner ${percentText(params.ownerCut, 65_535)}, of the rest miners ${percentText(params.minersShare, 65_535)}`,
      ],
      ['pending', value.pending.map(({ name }) => name).join(', ') || undefined],
      ...(own === undefined
        ? []
        : ([
            ['yours', `key ${own.key} ${shortHex(own.address)}`],
            ['  places', own.registrations.join(', ') || undefined],
            [
              '  stake',
              own.stakes
                .map(({ operator, stake }) => `${soukText(stake)} with ${operator}`)
                .join('\n         ') || undefined,
            ],
          ] as const)),
    ]),
  );
}

/** What the chain waits for, in words. */
export function phaseAt(blocks: EpochBlocks, before: EpochBlocks, head: number): string {
  if (head < blocks.start) return 'not begun';
  if (blocks.start === before.start) return 'mining and commits';
  if (head < before.beacon) return 'mining and commits; reveals of the one before';
  if (head < before.snapshot) return 'mining and commits; evidence of the one before';
  return 'mining and commits; the one before can be posted';
}

async function ownIn(
  context: Context,
  session: SubnetSession,
  { picture }: Awaited<ReturnType<SubnetSession['history']>>,
) {
  const wallet = tryWallet(context, session);
  if (wallet === undefined) return undefined;
  const address: Address = wallet.address;
  const registrations = livingOf(picture)
    .filter(({ operator }) => operator === address)
    .map(({ registration }) => registration);
  const stakes = [...picture.pools].flatMap(([operator, pool]) => {
    const stake = stakeIn(pool, address);
    return stake === 0n ? [] : [{ operator, stake }];
  });
  return { key: wallet.name, address, registrations, stakes };
}

// A look at a subnet needs no key.
function tryWallet(context: Context, { network }: SubnetSession) {
  try {
    return walletFor(context, network);
  } catch {
    return undefined;
  }
}
