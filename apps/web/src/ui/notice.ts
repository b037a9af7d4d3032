import { readonly, ref } from 'vue';

const SHOWN_MS = 2_200;
const text = ref('');
let timer: ReturnType<typeof setTimeout> | undefined;

/** Says in passing that something was done. */
export function notice(said: string): void {
  text.value = said;
  clearTimeout(timer);
  timer = setTimeout(() => {
    text.value = '';
  }, SHOWN_MS);
}

export const noticeText = readonly(text);
