import type { Transport } from '@hongyan/sdk/node';

/** How the sessions of one device began. */
export interface SessionCounts {
  begun: number;
  /** Of these, those in which the server went on with the session before. */
  resumed: number;
}

/** The transport itself, counting what the server says of the sessions that it begins. */
export function countingTransport(transport: Transport, counts: SessionCounts): Transport {
  return (handlers) =>
    transport({
      ...handlers,
      onOpen: () => handlers.onOpen(),
      onClose: (code, reason) => handlers.onClose(code, reason),
      onFrames(frames) {
        for (const { frame } of frames) {
          if (frame?.case !== 'reply' || frame.value.body?.case !== 'welcome') continue;
          counts.begun += 1;
          if (frame.value.body.value.resumed) counts.resumed += 1;
        }
        handlers.onFrames(frames);
      },
    });
}
