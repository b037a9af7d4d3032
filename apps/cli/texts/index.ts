import { en, type Texts } from './en.ts';
import { zh } from './zh.ts';

export type { Texts };

/** The texts for a locale as POSIX writes it (`zh_CN.UTF-8`); English when it is none of ours. */
export const textsFor = (locale: string): Texts => (/^zh\b|^zh_/i.test(locale) ? zh : en);

/** The locale that the environment asks for, in POSIX's order. */
export const localeOf = (env: Readonly<Record<string, string | undefined>>): string =>
  env.LC_ALL || env.LC_MESSAGES || env.LANG || 'C';
