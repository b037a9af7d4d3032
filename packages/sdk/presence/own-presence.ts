import {
  type ChosenPresence,
  chosenPresence,
  PRESENCE_AUDIENCE_KEY,
  PRESENCE_KEY,
  type PresenceAudience,
  presenceAudience,
  presenceSetting,
} from '@hongyan/protocol';
import type { Client } from '../types.ts';

/** As what the account's own person wants to be shown, and to whom: settings of the account. */
export class OwnPresence {
  readonly #settings: Pick<Client, 'setting' | 'setSetting'>;

  constructor(settings: Pick<Client, 'setting' | 'setSetting'>) {
    this.#settings = settings;
  }

  get chosen(): ChosenPresence {
    return chosenPresence(this.#settings.setting(PRESENCE_KEY.name) ?? '');
  }

  choose(chosen: ChosenPresence): void {
    this.#settings.setSetting(PRESENCE_KEY.name, presenceSetting(chosen));
  }

  get audience(): PresenceAudience {
    return presenceAudience(this.#settings.setting(PRESENCE_AUDIENCE_KEY.name) ?? '');
  }

  showTo(audience: PresenceAudience): void {
    this.#settings.setSetting(PRESENCE_AUDIENCE_KEY.name, audience);
  }
}
