import { Fault } from '@souk/protocol';

/** How long a daemon may take to shut down after the first signal. */
const graceMs = 10_000;

/**
 * Run a daemon until it ends or a signal comes. `main` gets a signal that aborts on the first SIGINT or SIGTERM, and
 * disposes what it started before it returns; the second signal, or ten seconds, ends the process at once.
 */
export async function runDaemon(main: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const controller = new AbortController();
  let isStopping = false;
  const stop = (name: NodeJS.Signals) => {
    if (isStopping) process.exit(130);
    isStopping = true;
    controller.abort(new Fault('daemon.stopped', `stopped by ${name}`, { blame: 'user' }));
    setTimeout(() => process.exit(130), graceMs).unref();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    await main(controller.signal);
  } catch (error) {
    if (!controller.signal.aborted || error !== controller.signal.reason) throw error;
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

/** Resolves when the signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
