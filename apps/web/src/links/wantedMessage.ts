import { shallowRef } from 'vue';

/** The message that a link leads to, until its conversation shows it. */
export const wantedMessage = shallowRef<{ conversationId: string; seq: number }>();
