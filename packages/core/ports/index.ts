export * from './authenticator.ts';
export * from './bus.ts';
export * from './clock.ts';
export * from './logger.ts';
export * from './random.ts';
export * from './store.ts';
