import type { Message, TimelinePlace } from '@hongyan/sdk';
import {
  type InjectionKey,
  inject,
  onScopeDispose,
  provide,
  type Ref,
  ref,
  type ShallowRef,
  shallowReactive,
  shallowRef,
} from 'vue';
import { useClient } from '../client/useClient.ts';
import { focusComposer } from '../composer/focusComposer.ts';
import { useDrafts } from '../composer/useDraft.ts';

/** What the composer writes. */
export type Writing =
  | { kind: 'new' }
  | { kind: 'reply'; to: Message }
  /** `text` is what stands in the composer; the draft waits meanwhile. */
  | { kind: 'edit'; message: Message; text: string };

/** What the person does with the messages of the open conversation. */
export interface MessageActions {
  readonly conversationId: string;
  /** The messages that are shown now. */
  readonly messages: ShallowRef<readonly Message[]>;
  readonly writing: ShallowRef<Writing>;
  /** By id; undefined: nothing is being selected. */
  readonly selected: ShallowRef<ReadonlyMap<string, Message> | undefined>;
  /** What the forwarding dialog is about; empty: it is closed. */
  readonly forwarding: ShallowRef<readonly Message[]>;
  /** The place that is to be shown; an object of its own for every wish. */
  readonly jump: ShallowRef<Exclude<TimelinePlace, string> | undefined>;
  /** A day to go to is being chosen. */
  readonly choosingDate: Ref<boolean>;
  /** The message whose reaction is being picked from all emoji. */
  readonly reactingTo: ShallowRef<Message | undefined>;
  write(writing: Writing): void;
  toggle(message: Message): void;
  react(message: Message, emoji: string): void;
  recall(message: Message): void;
  /** Puts a text into the composer as a draft, behind what stands there. */
  writeAgain(text: string): void;
  /** What a recalled message said, for its sender to write again; only until the page is left. */
  recalledText(messageId: string): string | undefined;
}

const actionsKey: InjectionKey<MessageActions> = Symbol('message actions');

// What was recalled is erased everywhere; for its writer it stays here as long as the page lives.
const recalledTexts = shallowReactive(new Map<string, string>());

export function provideActions(conversationId: string): MessageActions {
  const { sdk } = useClient();
  const drafts = useDrafts();
  const writing = shallowRef<Writing>({ kind: 'new' });
  const selected = shallowRef<ReadonlyMap<string, Message>>();

  const actions: MessageActions = {
    conversationId,
    messages: shallowRef([]),
    writing,
    selected,
    forwarding: shallowRef([]),
    jump: shallowRef(),
    choosingDate: ref(false),
    reactingTo: shallowRef(),
    write(next) {
      writing.value = next;
      focusComposer();
    },
    toggle(message) {
      const next = new Map(selected.value);
      if (!next.delete(message.id)) next.set(message.id, message);
      selected.value = next;
    },
    react(message, emoji) {
      const own = message.reactions.filter(({ mine }) => mine).map((reaction) => reaction.emoji);
      sdk.react(message, own.includes(emoji) ? own.filter((other) => other !== emoji) : [...own, emoji]);
    },
    recall(message) {
      if (message.mine && message.content.kind === 'text') recalledTexts.set(message.id, message.content.text);
      sdk.recall(message);
    },
    writeAgain(text) {
      const draft = drafts.text(conversationId).trimEnd();
      drafts.write(conversationId, draft === '' ? text : `${draft}\n${text}`);
      actions.write({ kind: 'new' });
    },
    recalledText: (messageId) => recalledTexts.get(messageId),
  };
  onScopeDispose(sdk.on('me', () => recalledTexts.clear()));
  provide(actionsKey, actions);
  return actions;
}

export function useActions(): MessageActions {
  const actions = inject(actionsKey);
  if (actions === undefined) throw new Error('no message actions were provided');
  return actions;
}
