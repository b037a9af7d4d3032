import { readonly, ref } from 'vue';

const shown = ref<string>();

/** Shows somebody's card, from wherever they are named. */
export function showProfile(userId: string): void {
  shown.value = userId;
}

export function hideProfile(): void {
  shown.value = undefined;
}

/** Whose card is shown; undefined: nobody's. */
export const shownProfile = readonly(shown);
