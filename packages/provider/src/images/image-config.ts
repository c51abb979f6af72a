/** What an image says about how it is run: the part of OCI's image config that drivers use. */
import { z } from 'zod';
import { imageMalformed } from '../drivers/faults.ts';

const texts = z.array(z.string().max(32_768)).max(1024).nullish();
const configSchema = z.object({
  os: z.string().max(32),
  architecture: z.string().max(32),
  config: z
    .object({
      Entrypoint: texts,
      Cmd: texts,
      Env: texts,
      WorkingDir: z.string().max(4096).nullish(),
      User: z.string().max(256).nullish(),
    })
    .nullish(),
  rootfs: z.object({ diff_ids: z.array(z.string().regex(/^sha256:[0-9a-f]{64}$/)).max(1024) }),
});

export interface ImageConfig {
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly env: readonly string[];
  readonly workingDir: string;
  readonly user: string;
  readonly diffIds: readonly string[];
}

/** Throws `driver.image-malformed`, also for an image of another platform. */
export function parseImageConfig(json: unknown, architecture = ociArchitecture()): ImageConfig {
  const parsed = configSchema.safeParse(json);
  if (!parsed.success) throw imageMalformed('its config is not as the format says', parsed.error);
  const { os, architecture: built, config, rootfs } = parsed.data;
  if (os !== 'linux' || built !== architecture)
    throw imageMalformed(`it is for ${os}/${built}, not for linux/${architecture}`);
  return {
    entrypoint: config?.Entrypoint ?? [],
    command: config?.Cmd ?? [],
    env: config?.Env ?? [],
    workingDir: config?.WorkingDir || '/',
    user: config?.User ?? '',
    diffIds: rootfs.diff_ids,
  };
}

/** This machine's architecture as OCI calls it. */
export function ociArchitecture(): string {
  const names: Partial<Record<typeof process.arch, string>> = { x64: 'amd64', ia32: '386' };
  return names[process.arch] ?? process.arch;
}

/** What a container runs: Kubernetes' rule, where `command` replaces the entrypoint and `args` the command. */
export function commandLine(
  config: Pick<ImageConfig, 'entrypoint' | 'command'>,
  command: readonly string[] | null,
  args: readonly string[] | null,
): readonly string[] {
  const hasCommand = command !== null && command.length > 0;
  const hasArgs = args !== null && args.length > 0;
  if (hasCommand) return [...command, ...(hasArgs ? args : [])];
  return [...config.entrypoint, ...(hasArgs ? args : config.command)];
}
