import { EntryKind } from '@hongyan/protocol';
import type { EngineNotice } from '../engine/types.ts';
import type { ChangeFailure } from '../types.ts';

/** A change that was taken back, as the application is told. */
export function changeFailure({
  change,
  reason,
}: Pick<Extract<EngineNotice, { type: 'changeFailed' }>, 'change' | 'reason'>): ChangeFailure {
  const { clientMessageId: id, conversationId, header, kind } = change;
  return { id, conversationId, seq: header?.targetSeq || undefined, kind: kindOf(kind), reason };
}

function kindOf(kind: EntryKind | undefined): ChangeFailure['kind'] {
  switch (kind) {
    case EntryKind.EDIT:
      return 'edit';
    case EntryKind.RECALL:
      return 'recall';
    case EntryKind.REACTION:
      return 'reaction';
    default:
      return 'conversation';
  }
}
