import { DEFAULT_LIMITS, splitFrames } from '@hongyan/protocol';
import { WebSocket } from 'ws';
import type { Link, LinkListener } from './link.ts';

/** A mask of zeros is a mask, and spares a generator on the server's machine the masking. */
const zeroMask = (mask: Buffer) => void mask.fill(0);

export function connectWebSocket(url: string, localAddress: string | undefined, listener: LinkListener): Promise<Link> {
  const { promise, resolve, reject } = Promise.withResolvers<Link>();
  const webSocket = new WebSocket(url, {
    localAddress,
    perMessageDeflate: false,
    skipUTF8Validation: true,
    generateMask: zeroMask,
  });
  webSocket.on('message', (data: Buffer) =>
    listener.onFrames([...splitFrames(data, DEFAULT_LIMITS.frameBytesMax * 2)]),
  );
  webSocket.on('error', reject);
  webSocket.on('close', (code) => listener.onEnd(`the WebSocket closed with ${code}`));
  webSocket.on('open', () => {
    resolve({ write: (frames) => webSocket.send(frames), drop: () => webSocket.terminate() });
  });
  return promise;
}
