import type { Api, ApiContext } from '../context.ts';
import type { GroupCalls } from '../groups.ts';
import { adminAmendmentRoutes } from './amendments.ts';
import { adminGroupMemberRoutes } from './group-members.ts';
import { adminGroupRoutes } from './groups.ts';
import { adminHistoryRoutes } from './history.ts';
import { adminMessageRoutes } from './messages.ts';
import { adminRelationRoutes } from './relation-routes.ts';
import { Speaker, type SpeakerParts } from './speaker.ts';

/** All that the backend of an app does with what people have to do with each other. */
export function adminConversationRoutes(
  api: Api,
  context: ApiContext,
  parts: SpeakerParts,
  groups: Pick<GroupCalls, 'createGroup'>,
): void {
  const speaker = new Speaker(parts);
  adminGroupRoutes(api, context, speaker, groups);
  adminGroupMemberRoutes(api, context, speaker);
  adminMessageRoutes(api, context, speaker);
  adminAmendmentRoutes(api, context, speaker);
  adminHistoryRoutes(api, context, speaker);
  adminRelationRoutes(api, context, speaker);
}
