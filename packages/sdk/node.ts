export * from './index.ts';
export { FileStore } from './stores/file.ts';
export { tcpTransport } from './transports/tcp.ts';
