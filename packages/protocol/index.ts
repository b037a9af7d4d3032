export * from './codec.ts';
export * from './errors.ts';
export * from './frames.ts';
export * from './gen/hongyan.ts';
export * from './holdings.ts';
export * from './ids.ts';
export * from './limits.ts';
export * from './messages.ts';
