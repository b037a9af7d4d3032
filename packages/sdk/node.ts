export * from './index.ts';
export * from './presence/index.ts';
export { FileStore } from './stores/file.ts';
export { MemoryStore } from './stores/memory.ts';
export * from './transports/long-polling-fallback.ts';
export { tcpTransport } from './transports/tcp.ts';
