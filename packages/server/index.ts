export { type RunningServer, type StartOptions, startServer } from './compose/index.ts';
export { type Config, ConfigError, type ConfigSources, describeOptions, loadConfig } from './config.ts';
export { StartError } from './start-error.ts';
export { VERSION } from './version.ts';
