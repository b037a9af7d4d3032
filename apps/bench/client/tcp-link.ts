import { createConnection } from 'node:net';
import { DEFAULT_LIMITS, FrameReader } from '@hongyan/protocol';
import type { Link, LinkListener } from './link.ts';

export function connectTcp(port: number, localAddress: string | undefined, listener: LinkListener): Promise<Link> {
  const { promise, resolve, reject } = Promise.withResolvers<Link>();
  const socket = createConnection({ host: '127.0.0.1', port, localAddress, noDelay: true });
  const reader = new FrameReader(DEFAULT_LIMITS.frameBytesMax);
  socket.on('data', (chunk: Buffer) => listener.onFrames(reader.push(chunk)));
  socket.on('error', reject);
  socket.on('close', () => listener.onEnd('the TCP connection ended'));
  socket.on('connect', () => resolve({ write: (frames) => void socket.write(frames), drop: () => socket.destroy() }));
  return promise;
}
