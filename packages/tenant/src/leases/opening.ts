/** One opening as its caller sees it: steps while it happens, one result. Starts at once; ends with a typed outcome. */
import type { DeploymentGroup } from '../deployment.ts';
import { createFeed } from '../feed.ts';
import type { Opening, OpeningResult, OpeningStep } from '../types.ts';
import { bringUp, closeAfterFailure } from './bring-up.ts';
import { type Run, secureLease } from './secure.ts';

const keptSteps = 256;

/** `prepare` records the choice and says how to reach the provider; it runs first. */
export function startOpening(
  prepare: () => Promise<
    { readonly run: Omit<Run, 'onStep'>; readonly group: DeploymentGroup } & AsyncDisposable
  >,
): Opening {
  const feed = createFeed<OpeningStep>(keptSteps);
  const onStep = everyPercent(feed.push);
  const result = work().finally(feed.end);
  // A caller that only reads the steps still learns of a fault from `result`, but is not killed by it.
  result.catch(() => undefined);
  return { steps: feed.read, result };

  async function work(): Promise<OpeningResult> {
    await using prepared = await prepare();
    return await openAndBringUp({ ...prepared.run, onStep }, prepared.group);
  }
}

async function openAndBringUp(run: Run, group: DeploymentGroup): Promise<OpeningResult> {
  if (group.phase === 'ready') return bringUp(run, group);
  const secured = await secureLease(run, group);
  if (secured.ok) return bringUp(run, secured.group);
  const { reason, detail } = secured;
  const isOnChain = reason === 'other-terms' || reason === 'closed-meanwhile';
  if (!isOnChain) {
    // The order is still good: the same name again chooses anew, and what opens late after all is taken.
    await run.context.records.change(run.name, group.lease, { phase: 'ordering' });
    return { ok: false, reason, detail, closed: null };
  }
  return { ok: false, reason, detail, ...(await closeAfterFailure(run, secured.group)) };
}

/** Passes an upload's progress on only when its whole percentage moves. */
function everyPercent(push: (step: OpeningStep) => void): (step: OpeningStep) => void {
  let shown = '';
  return (step) => {
    if (step.step === 'sending-image') {
      const percent = `${step.image} ${Math.floor((step.sentBytes * 100) / step.bytes)}`;
      if (percent === shown) return;
      shown = percent;
    }
    push(step);
  };
}
