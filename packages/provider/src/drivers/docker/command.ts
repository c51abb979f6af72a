/** What a container runs, of what the image and the service say. */
import type { WantedReplica } from '../wanted.ts';
import { ask, type Engine } from './engine.ts';

/** Kubernetes' rule: `command` replaces the entrypoint and drops the image's own command, `args` replaces the command. */
export function commandOf({ command, args }: WantedReplica): { Entrypoint?: string[]; Cmd?: string[] } {
  const entrypoint = command === null ? {} : { Entrypoint: [...command] };
  if (args !== null) return { ...entrypoint, Cmd: [...args] };
  return command === null ? {} : { ...entrypoint, Cmd: [] };
}

/** The whole line, the image's part included. */
export async function fullCommand(
  engine: Engine,
  wanted: WantedReplica,
  imageId: string,
): Promise<readonly string[]> {
  const { Config: own } = await ask(() => engine.docker.getImage(imageId).inspect());
  const { Entrypoint: entrypoint = listOf(own.Entrypoint), Cmd: words = listOf(own.Cmd) } = commandOf(wanted);
  return [...entrypoint, ...words];
}

function listOf(words: string | string[] | null | undefined): string[] {
  return typeof words === 'string' ? [words] : (words ?? []);
}
