import type { Client } from '@hongyan/sdk';
import { type Ref, watch } from 'vue';
import { locales } from '../locales/index.ts';
import { localeChoice, theme, themes } from './preferences.ts';

interface Shared {
  name: string;
  choice: Ref<string>;
  options: readonly string[];
}

const shared: readonly Shared[] = [
  { name: 'appearance', choice: theme, options: themes },
  { name: 'language', choice: localeChoice, options: ['system', ...locales] },
];

/** Keeps preferences alike on all the account's devices. Until one was chosen, a device keeps its own. */
export function shareSettings(sdk: Client): void {
  const adopt = ({ name, choice, options }: Shared) => {
    const value = sdk.setting(name);
    if (value !== undefined && options.includes(value)) choice.value = value;
  };
  sdk.on('setting', ({ name }) => shared.filter((setting) => setting.name === name).forEach(adopt));
  sdk.on('me', (me) => {
    if (me !== undefined) shared.forEach(adopt);
  });
  for (const { name, choice } of shared) {
    watch(choice, (value) => {
      if (sdk.me !== undefined && sdk.setting(name) !== value) sdk.setSetting(name, value);
    });
  }
}
