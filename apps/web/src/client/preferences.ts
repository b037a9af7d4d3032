import { ref, watch } from 'vue';
import { i18n, isLocale, type Locale } from '../locales/index.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const themeStored = localStorage.getItem('hongyan.theme');
const localeStored = localStorage.getItem('hongyan.locale');

export const theme = ref<Theme>(themes.find((name) => name === themeStored) ?? 'system');
/** `system` follows the browser. */
export const localeChoice = ref<Locale | 'system'>(isLocale(localeStored) ? localeStored : 'system');

function keep(name: string, value: string): void {
  if (value === 'system') localStorage.removeItem(name);
  else localStorage.setItem(name, value);
}

function browserLocale(): Locale {
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

function applyLocale(): void {
  const locale = localeChoice.value === 'system' ? browserLocale() : localeChoice.value;
  i18n.global.locale.value = locale;
  document.documentElement.lang = locale === 'zh' ? 'zh-CN' : 'en';
}

/** Applies what was chosen, now and whenever it changes, and keeps it on this device. */
export function followPreferences(): void {
  watch(theme, (name) => {
    keep('hongyan.theme', name);
    if (name === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = name;
  });
  watch(localeChoice, (name) => {
    keep('hongyan.locale', name);
    applyLocale();
  });
  addEventListener('languagechange', applyLocale);
  applyLocale();
}
