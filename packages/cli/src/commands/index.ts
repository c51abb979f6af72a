import type { CommandEntry } from './entry.ts';

const buying = 'Buying compute:';
const money = 'Money:';
const selling = 'Selling compute:';
const files = 'Files, keys and settings:';

/** Every command of `souk`, in the order of the help. A new command is one file here and one line below. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'key',
    summary: 'keys of the encrypted keystore: new, import, export, list',
    group: files,
    load: async () => (await import('./key.ts')).defineKey,
  },
];
