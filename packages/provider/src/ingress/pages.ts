/** What a person sees instead of a workload: which state its lease is in, and no more. */
import { STATUS_CODES } from 'node:http';
import type { LeasePhase } from '@souk/protocol';

const sentences: Readonly<Record<LeasePhase, string>> = {
  accepted: 'The lease was just agreed; the workload starts in a moment.',
  opening: 'The lease is being opened on chain; the workload starts in a moment.',
  pulling: 'The images of the workload are being fetched.',
  starting: 'The workload is starting.',
  running: 'The workload runs, but does not answer here.',
  ready: 'The workload works, but does not answer here.',
  'crash-looping': 'The workload starts and ends again and again.',
  'out-of-capacity': 'The provider can’t start the workload for want of room; it keeps trying.',
  updating: 'The workload is being updated.',
  paused: 'The workload is paused for want of money; its data is kept.',
  reclaiming: 'The provider is taking the capacity back; the workload is about to move.',
  unhealthy: 'The workload has trouble running; the provider is restarting it.',
  failed: 'The workload could not be run.',
  closing: 'The lease is being closed.',
  closed: 'The lease is closed.',
};

export function pageOf(status: number, phase: LeasePhase | undefined): string {
  const title = `${status} ${STATUS_CODES[status] ?? ''}`;
  const sentence = phase === undefined ? 'Nothing is served under this name.' : sentences[phase];
  const state = phase === undefined ? '' : `<p>State of the lease: <b>${phase}</b></p>`;
  return `<!doctype html><meta charset="utf-8"><title>${title}</title><h1>${title}</h1><p>${sentence}</p>${state}\n`;
}
