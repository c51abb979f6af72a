/** Does a challenge on all cores, beside the main thread, so that a miner goes on answering its peers. */
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { answerOf, bufferOf, type Challenge, type ChallengeSizes, type Part, workOn } from './challenge.ts';

/** Work below this many units' worth is done at once: a thread would take longer to start. */
const isWorthThreads = (sizes: ChallengeSizes): boolean => sizes.memory.entries > 10_000;

/** Rejects with the signal's reason when aborted, with the threads ended. */
export async function solve(
  challenge: Challenge,
  sizes: ChallengeSizes,
  signal: AbortSignal,
): Promise<Uint8Array> {
  signal.throwIfAborted();
  const buffer = bufferOf(challenge, sizes);
  const parts = isWorthThreads(sizes) ? Math.min(challenge.units, availableParallelism()) : 0;
  if (parts === 0) workOn({ challenge, sizes, buffer, part: 0, parts: 1 });
  await Promise.all(
    Array.from({ length: parts }, (_, part) => inThread({ challenge, sizes, buffer, part, parts }, signal)),
  );
  return answerOf(challenge, sizes, buffer);
}

async function inThread(part: Part, signal: AbortSignal): Promise<void> {
  const worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData: part });
  try {
    await once(worker, 'exit', { signal });
  } finally {
    await worker.terminate();
  }
  signal.throwIfAborted();
}
