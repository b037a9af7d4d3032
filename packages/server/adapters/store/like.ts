import { fold } from './fold.ts';

/** The pattern of LIKE, with \ as its escape, for folded texts that contain this one. */
export const containing = (text: string): string => `%${fold(text).replace(/[\\%_]/g, '\\$&')}%`;
