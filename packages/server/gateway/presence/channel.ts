import type { UserId } from '@hongyan/protocol';
import type {
  AccountDevices,
  ConversationTyping,
  PresenceNews,
  PresenceQuestion,
  SightChanged,
} from '@hongyan/protocol/cluster';

/** What a gateway hears of others about presence. */
export interface PresenceListener {
  news(news: PresenceNews): void;
  question(question: PresenceQuestion): void;
  sightChanged(changed: SightChanged): void;
  /** Some of the other gateways went, came, or were cut off. */
  gatewaysChanged(): void;
}

/** How gateways tell each other whom they hold, and who types. What is said may be lost, and comes in the order it was said. */
export interface PresenceChannel {
  /** The other gateways that serve. */
  gatewayIds(): string[];
  /** From now on it is told what happens. */
  join(listener: PresenceListener): void;
  /** Whether news that nobody asked for are wanted here. */
  listen(wanted: boolean): void;
  tell(news: { accounts: AccountDevices[]; typing: ConversationTyping[] }): void;
  /** To all others; answers the number of the question. */
  ask(userIds: readonly UserId[]): number;
  answer(question: PresenceQuestion, accounts: AccountDevices[]): void;
  close(): void;
}
