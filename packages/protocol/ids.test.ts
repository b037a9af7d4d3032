import { describe, expect, test } from 'vitest';
import {
  ConversationKind,
  directConversationId,
  idFromBytes,
  parseConversationId,
  selfConversationId,
} from './index.ts';

const anna = idFromBytes('u', new Uint8Array(16).fill(1));
const boris = idFromBytes('u', new Uint8Array(16).fill(2));

describe('conversation ids', () => {
  test('[LOG-4] a direct id is the same from both sides and names its two members', () => {
    expect(directConversationId(boris, anna)).toBe(directConversationId(anna, boris));
    expect(parseConversationId(directConversationId(anna, boris))).toEqual({
      kind: ConversationKind.DIRECT,
      members: [anna, boris],
    });
    expect(parseConversationId(selfConversationId(anna))).toEqual({ kind: ConversationKind.SELF, members: [anna] });
  });

  test.each([
    ['', 'nothing'],
    ['direct', 'no members'],
    [`direct.${anna}`, 'one member'],
    [`direct.${boris}.${anna}`, 'the wrong order'],
    [`direct.${anna}.${anna}`, 'the same account twice'],
    [`direct.${anna}.${boris}.${anna}`, 'three members'],
    [`self.${anna}.${boris}`, 'a self with two'],
    [`group.${anna}`, 'an unknown kind'],
    [`self.${anna.toUpperCase()}`, 'capitals'],
    [`self.${anna}\n`, 'a line break'],
  ])('[LOG-5] %j is no conversation id: %s', (id) => {
    expect(parseConversationId(id)).toBeUndefined();
  });
});
