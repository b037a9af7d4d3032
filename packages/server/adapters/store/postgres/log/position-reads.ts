import type { DevicePosition } from '@hongyan/core/ports';
import type { ConversationId } from '@hongyan/protocol';
import { integer, text } from '../wire/columns.ts';
import type { Row, Statement } from '../wire/statement.ts';

export const positionsIn: Statement = {
  name: 'positions_in',
  text: `SELECT user_id, device_id, seq FROM device_positions WHERE conversation_id = $1 ORDER BY device_id`,
};

export const positionOf = (conversationId: ConversationId, row: Row): DevicePosition => ({
  conversationId,
  userId: text(row, 0),
  deviceId: text(row, 1),
  seq: integer(row, 2),
});
