/** The faults that drivers throw, each said in one place. */
import { Fault } from '@souk/protocol';

export function unavailable(engine: string, cause: unknown, remedy: string): Fault {
  return new Fault('driver.unavailable', `${engine} does not answer: ${textOf(cause)}`, {
    blame: 'self',
    retry: true,
    remedy,
    cause,
  });
}

export function imageNotFound(reference: string, cause?: unknown): Fault {
  return new Fault('driver.image-not-found', `no image ${reference}`, {
    blame: 'user',
    data: { reference },
    remedy: 'check the name of the image, or hand over an archive of it',
    cause,
  });
}

export function pullsNothing(driver: string, reference: string): Fault {
  return new Fault(
    'driver.image-not-found',
    `the ${driver} driver pulls nothing from registries: no ${reference} here`,
    {
      blame: 'user',
      data: { driver, reference },
      remedy: 'hand over an archive of the image, or choose a provider with Docker',
    },
  );
}

export function pullFailed(reference: string, cause: unknown): Fault {
  return new Fault('driver.pull-failed', `could not pull ${reference}: ${textOf(cause)}`, {
    blame: 'self',
    retry: true,
    data: { reference },
    cause,
  });
}

export function digestMismatch(wanted: string, got: string): Fault {
  return new Fault('driver.image-digest-mismatch', `image has digest ${got}, not ${wanted}`, {
    blame: 'user',
    data: { wanted, got },
    remedy: 'build and hand over the image again',
  });
}

export function imageMalformed(what: string, cause?: unknown): Fault {
  return new Fault('driver.image-malformed', `image is malformed: ${what}`, {
    blame: 'user',
    data: { what },
    remedy: 'hand over a tar of an OCI layout or of `docker save`, for linux and this machine’s architecture',
    cause,
  });
}

export function imageTooLarge(what: string, limit: number): Fault {
  return new Fault('driver.image-too-large', `image is too large: ${what} exceeds ${limit}`, {
    blame: 'user',
    data: { what, limit },
    remedy: 'make the image smaller, or choose a provider that takes larger ones',
  });
}

export function diskFull(cause: unknown): Fault {
  return new Fault('driver.disk-full', 'no space left on this machine’s disk', {
    blame: 'self',
    retry: true,
    remedy: 'free some disk space',
    cause,
  });
}

function memoryFull(cause: unknown): Fault {
  return new Fault('driver.no-memory', 'no memory left on this machine', {
    blame: 'self',
    retry: true,
    remedy: 'free some memory',
    cause,
  });
}

/** This machine can't do it now, for want of room; later it may. */
export function isOutOfCapacity({ code }: Fault): boolean {
  return code === 'driver.disk-full' || code === 'driver.no-memory';
}

export function notRunning(service: string, replica: number): Fault {
  return new Fault('driver.not-running', `replica ${replica} of ${service} is not running`, {
    blame: 'user',
    retry: true,
    data: { service, replica },
  });
}

export function portNotExposed(service: string, port: number): Fault {
  return new Fault('driver.not-running', `${service} does not expose port ${port}`, {
    blame: 'user',
    data: { service, port },
    remedy: 'name the port under the service’s expose',
  });
}

export function noMemoryFolder(places: readonly string[]): Fault {
  return new Fault(
    'driver.no-memory-folder',
    `no file system in memory to keep secrets in: tried ${places.join(', ')}`,
    { blame: 'self', data: { places }, remedy: 'mount a tmpfs at /dev/shm that this user may write to' },
  );
}

export function secretsUnfit(service: string, why: string): Fault {
  return new Fault('driver.secrets-unfit', `${service}: ${why}`, {
    blame: 'user',
    data: { service },
    remedy: 'mend the secret under x-souk.secrets, or what it holds',
  });
}

export function noShell(service: string): Fault {
  return new Fault(
    'driver.no-shell',
    `the image of ${service} has no /bin/sh, which secrets as environment variables need with Docker`,
    {
      blame: 'user',
      data: { service },
      remedy: 'give the secret as a file under x-souk.secrets, or use an image with a shell',
    },
  );
}

export function startFailed(service: string, cause: unknown): Fault {
  return new Fault('driver.start-failed', `could not start ${service}: ${textOf(cause)}`, {
    blame: 'self',
    data: { service },
    cause,
  });
}

/** `disk-full` or `no-memory` where that is what happened, or what caused it; else undefined. */
export function asOutOfRoom(error: unknown): Fault | undefined {
  const codes = [codeOf(error), error instanceof Error ? codeOf(error.cause) : undefined];
  if (codes.some((code) => code === 'ENOSPC' || code === 'EDQUOT')) return diskFull(error);
  return codes.includes('ENOMEM') ? memoryFull(error) : undefined;
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
