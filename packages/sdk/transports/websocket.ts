import { splitFrames } from '@hongyan/protocol';
import { decodeFrames, encodeCommands, SERVER_FRAME_BYTES_MAX, type Transport } from './transport.ts';

/** Frames over the platform's WebSocket, in browsers and Node alike. `url` is ws: or wss:. */
export function webSocketTransport(url: string): Transport {
  return ({ onOpen, onFrames, onClose }) => {
    const socket = new WebSocket(url);
    const listening = new AbortController();
    const { signal } = listening;
    const end = (code: number, reason: string) => {
      if (signal.aborted) return;
      listening.abort();
      socket.close();
      onClose(code, reason);
    };
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', onOpen, { signal });
    socket.addEventListener('close', ({ code, reason }) => end(code, reason), { signal });
    socket.addEventListener(
      'message',
      ({ data }) => {
        try {
          if (!(data instanceof ArrayBuffer)) throw new TypeError('a text message');
          onFrames(decodeFrames(splitFrames(new Uint8Array(data), SERVER_FRAME_BYTES_MAX)));
        } catch (error) {
          end(0, `not a frame of this protocol: ${String(error)}`);
        }
      },
      { signal },
    );
    return {
      send(commands) {
        if (socket.readyState !== WebSocket.OPEN) return;
        for (const write of encodeCommands(commands)) socket.send(write);
      },
      close() {
        listening.abort();
        socket.close();
      },
    };
  };
}
