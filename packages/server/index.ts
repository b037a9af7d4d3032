export { API_KEY_SCOPES, type ApiKeyScope, DEFAULT_API_KEY_SCOPES } from '@hongyan/core/ports';
export type { ApiKeys } from './auth/api-keys.ts';
export { type RunningServer, type StartOptions, startServer } from './compose/index.ts';
export { type OpenedKeys, openKeys } from './compose/keys.ts';
export { type OpenedWriter, openWriter } from './compose/writer.ts';
export { type Config, ConfigError, type ConfigSources, describeOptions, loadConfig } from './config.ts';
export { StartError } from './start-error.ts';
export { VERSION } from './version.ts';
