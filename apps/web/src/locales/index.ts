import { createI18n } from 'vue-i18n';
import { en } from './en.ts';
import { zh } from './zh.ts';

export const locales = ['en', 'zh'] as const;
export type Locale = (typeof locales)[number];
export const isLocale = (name: string | null): name is Locale => locales.some((locale) => locale === name);

export const i18n = createI18n({ legacy: false, locale: 'en', fallbackLocale: 'en', messages: { en, zh } });
