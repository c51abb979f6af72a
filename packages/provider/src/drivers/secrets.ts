/** What a service's secrets may be, the same for every driver. */
import type { ServiceSecrets } from '@souk/protocol';

/** Where the drivers themselves put things. */
const shutFolders = ['/proc', '/sys', '/dev', '/.souk'];

/** Why these can't be given to a service with these mounts; undefined where they can. Never tells a value. */
export function troubleWithSecrets(
  secrets: ServiceSecrets,
  mountPaths: readonly string[],
): string | undefined {
  for (const [name, value] of Object.entries(secrets.env)) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
      return `"${name}" can't be the name of an environment variable`;
    if (value.includes('\0'))
      return `the secret ${name} holds a zero byte, which no environment variable can`;
  }
  const paths = Object.keys(secrets.files);
  for (const path of paths) {
    if (path.endsWith('/') || path.includes('\0') || path.split('/').includes('..') || path.includes('//'))
      return `"${path}" can't be the path of a secret's file`;
    const above = [...shutFolders, ...mountPaths].find((folder) => isWithin(path, folder));
    if (above !== undefined) return `the secret's file ${path} lies in ${above}: give it a path outside`;
    const within = paths.find((other) => other !== path && isWithin(path, other));
    if (within !== undefined) return `the secret's file ${path} lies in another's, ${within}`;
  }
  return undefined;
}

function isWithin(path: string, folder: string): boolean {
  const own = folder.replace(/\/+$/, '');
  return path === own || path.startsWith(`${own}/`);
}

export function secretEnv({ env }: ServiceSecrets): readonly string[] {
  return Object.entries(env).map(([name, value]) => `${name}=${value}`);
}

export function hasSecrets(secrets: ServiceSecrets | undefined): secrets is ServiceSecrets {
  return secrets !== undefined && Object.keys(secrets.env).length + Object.keys(secrets.files).length > 0;
}

/** Tells a program that sees this machine's files where one of its own paths lies. */
export function pathVariable(prefix: 'SOUK_MOUNT' | 'SOUK_FILE', path: string): string {
  return `${prefix}${path.replaceAll(/[^a-zA-Z0-9]/g, '_')}`;
}
