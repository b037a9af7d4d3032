export * from './authenticator.ts';
export * from './broker.ts';
export * from './bus.ts';
export * from './clock.ts';
export * from './load-signals.ts';
export * from './logger.ts';
export * from './random.ts';
export * from './store.ts';
