/**
 * Miners that do not work as they should, for local networks: to see that validators find them out. They act upon the
 * mechanism alone; all else of such a miner is as of any other.
 */
import type { SubnetReads } from '@souk/chain';
import { canonicalJson, Fault, hashText, type Hex } from '@souk/protocol';
import type { Mechanism } from '@souk/subnets';

export const acts = ['lazy', 'copy'] as const;
export type Act = (typeof acts)[number];

export interface ActDeps {
  readonly reads: SubnetReads;
  readonly subnet: number;
  readonly fromBlock: number;
}

export function acting(act: Act, mechanism: Mechanism, deps: ActDeps): Mechanism {
  return act === 'lazy' ? lazy(mechanism) : copying(mechanism, deps);
}

/** Openings this old are still copied. */
const recentBlocks = 100;

/** Does half of what it is asked, as the request has it, and lets the others lie. */
function lazy(mechanism: Mechanism): Mechanism {
  return {
    ...mechanism,
    run: async (request, context) => {
      const hash = hashText(canonicalJson(request));
      if (Number.parseInt(hash.slice(-1), 16) % 2 === 0) return mechanism.run(request, context);
      throw new Fault('subnet.acting', 'too lazy for this one', { blame: 'self' });
    },
  };
}

/** Does nothing itself: it gives out what another miner answered, as validators have opened it to everybody. */
function copying(mechanism: Mechanism, { reads, subnet, fromBlock }: ActDeps): Mechanism {
  return {
    ...mechanism,
    run: async () => {
      const { number: to } = await reads.head();
      const events = await reads.events({ from: Math.max(fromBlock, to - recentBlocks), to, subnet });
      const copied = events
        .flatMap((event) => (event.kind === 'opened' ? answersIn(event.evidence, mechanism) : []))
        .at(-1);
      if (copied !== undefined) return copied;
      throw new Fault('subnet.acting', 'there is nothing to copy yet', { blame: 'self' });
    },
  };
}

/** An opening is three lines a draw; the second is the answer. */
function answersIn(evidence: Hex, { response }: Mechanism): readonly unknown[] {
  const lines = Buffer.from(evidence.slice(2), 'hex').toString('utf8').split('\n');
  return lines.flatMap((line, at) => {
    const answer = at % 3 === 1 ? response.safeParse(JSON.parse(line)).data : undefined;
    return answer === undefined ? [] : [answer];
  });
}
