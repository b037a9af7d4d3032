import type { UserId } from '@hongyan/protocol';

/** What the nodes of one cluster call what they talk about; another cluster on the same broker has another `name`. */
export class Subjects {
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  /** Announcements of all nodes. */
  get nodes(): string {
    return `${this.#name}.nodes`;
  }

  /** Devices that were signed out. */
  get revoked(): string {
    return `${this.#name}.revoked`;
  }

  /** Pushes to many accounts, for every gateway. */
  get pushes(): string {
    return `${this.#name}.pushes`;
  }

  /** What gateways say unasked of whom they hold and who types, for those that have somebody who watches. */
  get presence(): string {
    return `${this.#name}.presence`;
  }

  /** What gateways ask each other about presence. */
  get presenceQuestions(): string {
    return `${this.#name}.presence-questions`;
  }

  /** What one gateway is answered about presence. */
  presenceAnswers(nodeId: string): string {
    return `${this.#name}.presence-answers.${nodeId}`;
  }

  /** What may be seen of accounts, for gateways. */
  get sight(): string {
    return `${this.#name}.sight`;
  }

  /** Pushes to the connections of one account. */
  user(userId: UserId): string {
    return `${this.#name}.user.${userId}`;
  }

  /** What gateways ask of one node. */
  requests(nodeId: string): string {
    return `${this.#name}.requests.${nodeId}`;
  }

  /** What one gateway is answered. */
  answers(nodeId: string): string {
    return `${this.#name}.answers.${nodeId}`;
  }
}
