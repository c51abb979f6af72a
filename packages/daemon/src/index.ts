/**
 * @souk/daemon: the frame of every process: environment, settings, log, metrics, store, HTTP, keystore, signals.
 * The only room that reads process.env, writes logs, or opens SQLite. It knows nothing of the market. Every daemon's
 * root file and the CLI call it.
 */
export {
  type Config,
  type ConfigKey,
  type ConfigSources,
  describeConfig,
  readConfig,
  type RoomSchemas,
} from './config.ts';
export { type Environment, environment } from './environment.ts';
export { type HttpServer, startHttp } from './http.ts';
export { type KeyEntry, type Keystore, openKeystore, parsePrivateKey } from './keystore.ts';
export { createLog, type LogLevel, type LogOptions } from './log.ts';
export { createMetrics, type Metrics } from './metrics.ts';
export { aborted, runDaemon } from './run.ts';
export { openStore, type Row, type Store } from './store.ts';
