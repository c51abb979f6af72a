import type { OpeningFailure, OpeningResult, OpeningStep } from '@souk/tenant';
import { bytesText, moneyText, shortHex, type Token } from '../format.ts';
import { printable } from '../output.ts';
import type { TaskView } from '../progress.ts';

/** What a step of bringing a workload up looks like: something going on, or something done. */
export function showStep(view: TaskView, step: OpeningStep, token: Token): void {
  switch (step.step) {
    case 'accepting':
      return view.now(`asking ${shortHex(step.operator)} at ${moneyText(step.rate, token)} per hour`);
    case 'refused':
      return view.did(`${shortHex(step.operator)} refused: ${printable(step.detail) || step.reason}`);
    case 'accepted':
      return view.did(`${shortHex(step.operator)} took the order`);
    case 'sending-image': {
      const percent = Math.floor((step.sentBytes / step.bytes) * 100);
      view.now(`sending ${step.image}: ${percent} % of ${bytesText(step.bytes)}`);
      if (step.sentBytes >= step.bytes) view.did(`sent ${step.image} (${bytesText(step.bytes)})`);
      return;
    }
    case 'opening':
      return view.now('waiting for the lease on chain');
    case 'opened':
      return view.did(`lease open on chain (${shortHex(step.tx)})`);
    case 'pulling':
      return view.now(
        `image ${step.percent === null ? '…' : `${Math.floor(step.percent)} %`} ${printable(step.detail)}`,
      );
    case 'starting':
      return view.now(`starting ${printable(step.detail)}`);
    case 'running':
      return view.did('running');
    case 'ready':
      return view.did('ready: the meter runs');
  }
}

export function failureText(result: OpeningResult & { readonly ok: false }, token: Token): string {
  return `${result.reason}: ${printable(result.detail)}; ${moneyLeft(result, token)}`;
}

/** A provider that took the order may have opened its lease, or still do so, whatever went wrong after that. */
const withLease: ReadonlySet<OpeningFailure> = new Set([
  'unreachable',
  'upload-failed',
  'not-opened',
  'other-terms',
  'start-failed',
  'never-ready',
  'closed-meanwhile',
]);

function moneyLeft({ reason, closed }: OpeningResult & { readonly ok: false }, token: Token): string {
  if (closed !== null) {
    return `the lease was closed: paid ${moneyText(closed.paid, token)}, ${moneyText(closed.refunded, token)} came back`;
  }
  if (!withLease.has(reason)) return 'no money was locked';
  return 'nothing was paid; should its lease be open, `souk close` brings the money back';
}
