export * from './index.ts';
export * from './links.ts';
export * from './presence/index.ts';
export { liveQuestions } from './shell/live-questions.ts';
export { FileStore } from './stores/file.ts';
export { MemoryStore } from './stores/memory.ts';
export * from './transports/long-polling-fallback.ts';
export { tcpTransport } from './transports/tcp.ts';
