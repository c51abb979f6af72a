/**
 * @souk/cli: the one binary `souk`. Parses the command line, builds what a command needs from the other rooms, and
 * turns results and faults into words, JSON and exit codes. It decides nothing about the market. People, scripts, and
 * the scenarios of e2e run it; nothing imports it but them.
 */
export { runCli } from './cli.ts';
export { openDeploymentStore } from './deployments.ts';
export { exitCodes } from './exit-codes.ts';
export { buildHelloImage, type ExampleImage } from './example-image.ts';
export { removeWorkloads } from './local-network/leftovers.ts';
export {
  localKeyName,
  type LocalNetwork,
  type RunningProvider,
  startLocalNetwork,
} from './local-network/network.ts';
export { localProviders } from './local-network/providers.ts';
export { localFolder } from './local-network/state.ts';
