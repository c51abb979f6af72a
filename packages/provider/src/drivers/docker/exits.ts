/**
 * How a container ended that runs again: Docker's record of it is overwritten by the restart, and its events, of which
 * the engine keeps the last few hundred, still tell.
 */
import type Docker from 'dockerode';
import { z } from 'zod';
import { ask } from './engine.ts';

const eventSchema = z.object({
  Action: z.string(),
  timeNano: z.number(),
  Actor: z.object({ Attributes: z.record(z.string(), z.string()) }),
});

/** Out of memory comes as an event of its own, just before the end. */
const oomLeadNanos = 2e9;

/** Null where the engine has forgotten. */
export async function lastExitOf(docker: Docker, id: string, sinceIso: string): Promise<string | null> {
  const filters = JSON.stringify({ type: ['container'], container: [id], event: ['die', 'oom'] });
  const since = Math.floor(Date.parse(sinceIso) / 1000);
  const until = Math.ceil(Date.now() / 1000);
  const stream = await ask(() => docker.getEvents({ since, until, filters }));
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  const events = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => eventSchema.parse(JSON.parse(line)))
    .sort((a, b) => a.timeNano - b.timeNano);
  const end = events.findLast(({ Action }) => Action === 'die');
  if (end === undefined) return null;
  const isOom = events.some(
    ({ Action, timeNano }) => Action === 'oom' && Math.abs(end.timeNano - timeNano) < oomLeadNanos,
  );
  return isOom ? 'killed: out of memory' : `exit code ${end.Actor.Attributes['exitCode'] ?? 'unknown'}`;
}
