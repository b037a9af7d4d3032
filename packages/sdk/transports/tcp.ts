import { createConnection } from 'node:net';
import { FrameReader } from '@hongyan/protocol';
import { decodeFrames, encodeCommands, SERVER_FRAME_BYTES_MAX, type Transport } from './transport.ts';

/** Frames over plain TCP, for Node. */
export function tcpTransport(address: { host: string; port: number }): Transport {
  return ({ onOpen, onFrames, onClose }) => {
    const socket = createConnection({ ...address, noDelay: true });
    const reader = new FrameReader(SERVER_FRAME_BYTES_MAX);
    let ended = false;
    const end = (reason: string) => {
      socket.destroy();
      if (ended) return;
      ended = true;
      onClose(0, reason);
    };
    socket.on('connect', () => {
      if (!ended) onOpen();
    });
    socket.on('data', (chunk) => {
      if (ended) return;
      try {
        const frames = decodeFrames(reader.push(chunk));
        if (frames.length > 0) onFrames(frames);
      } catch (error) {
        end(`not a frame of this protocol: ${String(error)}`);
      }
    });
    socket.on('error', (error) => end(error.message));
    socket.on('close', () => end('the connection was closed'));
    return {
      send(commands) {
        if (ended) return;
        for (const write of encodeCommands(commands)) socket.write(write);
      },
      close() {
        ended = true;
        socket.destroy();
      },
    };
  };
}
