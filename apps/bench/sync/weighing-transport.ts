import { encodeCommand, encodeServerFrame } from '@hongyan/protocol';
import type { Transport } from '@hongyan/sdk/node';

/** A frame's length goes before it (FRM-1). */
const LENGTH_BYTES = 4;

/** Bytes of the frames of one connection, without what TCP, TLS or WebSocket add. */
export interface Weight {
  up: number;
  down: number;
}

/** The transport itself, with everything that passes weighed. */
export function weighingTransport(transport: Transport, weight: Weight): Transport {
  return (handlers) => {
    const connection = transport({
      ...handlers,
      onOpen: () => handlers.onOpen(),
      onClose: (code, reason) => handlers.onClose(code, reason),
      onFrames(frames) {
        for (const frame of frames) weight.down += encodeServerFrame(frame).length + LENGTH_BYTES;
        handlers.onFrames(frames);
      },
    });
    return {
      send(commands) {
        for (const command of commands) weight.up += encodeCommand(command).length + LENGTH_BYTES;
        connection.send(commands);
      },
      close: () => connection.close(),
    };
  };
}
