import type { CommandEntry } from './entry.ts';

const whole = 'A network on this machine:';
const buying = 'Buying compute:';
const money = 'Money:';
const selling = 'Selling compute:';
const subnets = 'Markets paid by quality:';
const files = 'Files, keys and settings:';

/** Every command of `souk`, in the order of the help. A new command is one file here and one line below. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'up',
    summary: 'start a whole network here, with a first deployment on it',
    group: whole,
    load: async () => (await import('../local-network/up.ts')).defineUp,
  },
  {
    name: 'down',
    summary: 'stop it; with --wipe remove every trace',
    group: whole,
    load: async () => (await import('../local-network/down.ts')).defineDown,
  },
  {
    name: 'deploy',
    summary: 'run a workload file: collect offers, show prices, ask, start',
    group: buying,
    load: async () => (await import('./deploy.ts')).defineDeploy,
  },
  {
    name: 'ps',
    summary: 'deployments: what runs, where, for how much',
    group: buying,
    load: async () => (await import('./ps.ts')).definePs,
  },
  {
    name: 'status',
    summary: 'how a deployment does: services, places, usage, money',
    group: buying,
    load: async () => (await import('./status.ts')).defineStatus,
  },
  {
    name: 'doctor',
    summary: 'what is the matter with a deployment, and what to do',
    group: buying,
    load: async () => (await import('./doctor.ts')).defineDoctor,
  },
  {
    name: 'logs',
    summary: 'what the services write',
    group: buying,
    load: async () => (await import('./logs.ts')).defineLogs,
  },
  {
    name: 'events',
    summary: 'what happened to a deployment at its provider',
    group: buying,
    load: async () => (await import('./events.ts')).defineEvents,
  },
  {
    name: 'shell',
    summary: 'a shell in a workload',
    group: buying,
    load: async () => (await import('./shell.ts')).defineShell,
  },
  {
    name: 'exec',
    summary: 'run a command in a workload',
    group: buying,
    load: async () => (await import('./exec.ts')).defineExec,
  },
  {
    name: 'port',
    summary: 'reach a port of a workload at a port of this machine',
    group: buying,
    load: async () => (await import('./port.ts')).definePort,
  },
  {
    name: 'update',
    summary: 'change what a deployment runs; goes back by itself where it does not come up',
    group: buying,
    load: async () => (await import('./update.ts')).defineUpdate,
  },
  {
    name: 'top-up',
    summary: 'lock more money for a deployment',
    group: buying,
    load: async () => (await import('./top-up.ts')).defineTopUp,
  },
  {
    name: 'pause',
    summary: 'stop a deployment, keep its data for a tenth of its price',
    group: buying,
    load: async () => (await import('./pause.ts')).definePause,
  },
  {
    name: 'resume',
    summary: 'go on with a deployment that is paused',
    group: buying,
    load: async () => (await import('./resume.ts')).defineResume,
  },
  {
    name: 'volume',
    summary: 'persistent volumes: ls, snapshot, restore',
    group: buying,
    load: async () => (await import('./volume.ts')).defineVolume,
  },
  {
    name: 'close',
    summary: 'end a deployment; what was not used comes back',
    group: buying,
    load: async () => (await import('./close.ts')).defineClose,
  },
  {
    name: 'bids',
    summary: 'what was offered for a deployment, and who declined why',
    group: buying,
    load: async () => (await import('./bids.ts')).defineBids,
  },
  {
    name: 'explain',
    summary: 'who would run a workload file, who not and why, and what would help',
    group: buying,
    load: async () => (await import('./explain.ts')).defineExplain,
  },
  {
    name: 'offers',
    summary: 'what providers have free, and about what it costs',
    group: buying,
    load: async () => (await import('./offers.ts')).defineOffers,
  },
  {
    name: 'reliability',
    summary: 'how the leases of an operator ended, from the chain alone',
    group: buying,
    load: async () => (await import('./reliability.ts')).defineReliability,
  },
  {
    name: 'watch',
    summary: 'watch over all deployments',
    group: buying,
    load: async () => (await import('./watch.ts')).defineWatch,
  },
  {
    name: 'provide',
    summary: 'rent this machine out',
    group: selling,
    load: async () => (await import('./provide.ts')).defineProvide,
  },
  {
    name: 'reclaim',
    summary: 'take the capacity of interruptible leases back',
    group: selling,
    load: async () => (await import('./reclaim.ts')).defineReclaim,
  },
  {
    name: 'subnet',
    summary: 'subnets: look, register, stake, claim, make one',
    group: subnets,
    load: async () => (await import('./subnet/index.ts')).defineSubnet,
  },
  {
    name: 'mine',
    summary: 'work as a miner of a subnet',
    group: subnets,
    load: async () => (await import('./mine.ts')).defineMine,
  },
  {
    name: 'validate',
    summary: 'score the miners of a subnet',
    group: subnets,
    load: async () => (await import('./validate.ts')).defineValidate,
  },
  {
    name: 'balance',
    summary: 'money of this key',
    group: money,
    load: async () => (await import('./balance.ts')).defineBalance,
  },
  {
    name: 'deposit',
    summary: 'put money into the account that deployments are paid from',
    group: money,
    load: async () => (await import('./deposit.ts')).defineDeposit,
  },
  {
    name: 'withdraw',
    summary: 'take money out of the account',
    group: money,
    load: async () => (await import('./withdraw.ts')).defineWithdraw,
  },
  {
    name: 'faucet',
    summary: 'test money; local networks only',
    group: money,
    load: async () => (await import('./faucet.ts')).defineFaucet,
  },
  {
    name: 'init',
    summary: 'write a workload file to start from',
    group: files,
    load: async () => (await import('./init.ts')).defineInit,
  },
  {
    name: 'sdl',
    summary: 'workload files: check, import, schema',
    group: files,
    load: async () => (await import('./sdl.ts')).defineSdl,
  },
  {
    name: 'image',
    summary: 'images handed over without a registry: add, ls, build-example',
    group: files,
    load: async () => (await import('./image.ts')).defineImage,
  },
  {
    name: 'secret',
    summary: 'values that workload files name and never hold: set, ls, rm',
    group: files,
    load: async () => (await import('./secret.ts')).defineSecret,
  },
  {
    name: 'key',
    summary: 'keys of the encrypted keystore: new, import, export, list',
    group: files,
    load: async () => (await import('./key.ts')).defineKey,
  },
  {
    name: 'network',
    summary: 'known networks: ls, use',
    group: files,
    load: async () => (await import('./network.ts')).defineNetwork,
  },
  {
    name: 'config',
    summary: 'settings: show',
    group: files,
    load: async () => (await import('./config.ts')).defineConfig,
  },
];
