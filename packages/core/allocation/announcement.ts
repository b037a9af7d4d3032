import type { LoadLevel } from '../load/load-class.ts';

/** What a gateway node says of itself about once a second. */
export interface NodeAnnouncement {
  nodeId: string;
  /** Where it stands; nodes of one site are close to each other and may be lost together. */
  site: string;
  connections: number;
  /** LOD-1: one more is turned away. */
  connectionsMax: number;
  /** LOD-2: how many sessions it begins in a second. A node without a limit states what it can do. */
  handshakesPerSecond: number;
  /** LOD-5: how many classes of load it sheds; 0 is none. */
  loadLevel: LoadLevel;
  /** It is about to stop and takes nobody. */
  isDraining: boolean;
}

/** Whether its numbers can be reckoned with. A node that says something else is not heard. */
export function isSound({ connections, connectionsMax, handshakesPerSecond, loadLevel }: NodeAnnouncement): boolean {
  return [connections, connectionsMax, handshakesPerSecond, loadLevel].every(
    (number) => Number.isFinite(number) && number >= 0,
  );
}
