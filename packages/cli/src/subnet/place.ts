/** A place for a miner: what it costs, who would make room, and taking it. */
import { type Address, Fault, type Hex } from '@souk/protocol';
import { epochAt } from '@souk/subnets';
import type { Context } from '../context.ts';
import { shortHex } from '../format.ts';
import { soukText } from './amounts.ts';
import { pruningOf } from './pruning.ts';
import { agree, checkSouk, ensureOperator, openSubnetWriter, send, type SubnetSession } from './session.ts';
import { paramsIn } from './state.ts';

export interface TakenPlace {
  readonly subnet: number;
  readonly registration: number;
  readonly operator: Address;
  /** At most; it is burned. */
  readonly price: bigint;
  readonly collateral: bigint;
  /** Whose place it was. */
  readonly replaced: number | null;
  readonly tx: Hex;
  readonly block: number;
}

/** Asks first. The operator is registered and bonded, where it is not yet. */
export async function takePlace(
  context: Context,
  session: SubnetSession,
  { subnet, maxPrice }: { readonly subnet: number; readonly maxPrice: bigint | undefined },
): Promise<TakenPlace> {
  await using stack = new AsyncDisposableStack();
  const { picture, head } = await session.history(subnet);
  const params = paramsIn(picture, epochAt(picture, head));
  const pruning = pruningOf(picture, head);
  const [next] = pruning.free > 0 ? [] : pruning.order;
  if (picture.isDissolved || params.isRegistrationOpen === 0n) throw closed(subnet);
  if (pruning.free === 0 && next === undefined) throw full(subnet, pruning.slots);
  const price = await session.reads.registrationPrice(subnet);
  const limit = maxPrice ?? price;
  if (price > limit) throw tooDear(price, limit);
  const { collateral } = params;
  await checkSouk(session, price + collateral);
  const instead =
    next === undefined ? '' : `; UID ${next.registration} (${shortHex(next.operator)}) makes room`;
  await agree(
    context,
    `Take a place in subnet ${subnet} for ${soukText(price)}, burned, and ${soukText(collateral)} collateral${instead}?`,
  );
  const operator = await ensureOperator(context, session);
  const writer = await openSubnetWriter(context, stack, session);
  const { registration, tx, block } = await send(context, 'registering', () =>
    writer.register(subnet, limit),
  );
  return {
    subnet,
    registration,
    operator,
    price,
    collateral,
    replaced: next?.registration ?? null,
    tx,
    block,
  };
}

function closed(subnet: number): Fault {
  return new Fault('subnet.closed', `subnet ${subnet} takes no new miners`, {
    blame: 'user',
    data: { subnet },
    remedy:
      'its owner decides: `souk subnet params SUBNET isRegistrationOpen`; others are in `souk subnet ls`',
  });
}

function full(subnet: number, slots: number): Fault {
  return new Fault(
    'subnet.full',
    `all ${slots} slots of subnet ${subnet} are held by miners that can't be pruned yet`,
    {
      blame: 'user',
      data: { subnet, slots },
      remedy: 'try again after the next epoch is posted; `souk subnet prune SUBNET` shows who would go',
    },
  );
}

function tooDear(price: bigint, limit: bigint): Fault {
  return new Fault(
    'subnet.too-dear',
    `a place costs ${soukText(price)} now, and ${soukText(limit)} is your limit`,
    {
      blame: 'user',
      data: { price, limit },
      remedy: 'raise --max-price, or wait: the price falls with time (`souk subnet price SUBNET --in 100`)',
    },
  );
}
