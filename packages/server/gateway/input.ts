import { CloseCode, FrameTooLarge } from '@hongyan/protocol';

/** How a connection ends whose bytes could not be cut into frames (FRM-2, FRM-3). */
export function inputClose(error: unknown): { code: CloseCode; reason: string } {
  if (error instanceof FrameTooLarge) return { code: CloseCode.FRAME_TOO_LARGE, reason: error.message };
  return { code: CloseCode.MALFORMED, reason: 'not whole frames' };
}
