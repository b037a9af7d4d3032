import { twoG } from './2g.ts';
import { elevator } from './elevator.ts';
import type { Profile } from './profile.ts';
import { subway } from './subway.ts';
import { train } from './train.ts';

export const profiles = { subway, elevator, train, '2g': twoG } satisfies Record<string, Profile>;
export type ProfileName = keyof typeof profiles;
export const profileNames = Object.keys(profiles) as ProfileName[];
