import { readonly, ref } from 'vue';

const isAttentive = () => document.visibilityState === 'visible' && document.hasFocus();
const attentive = ref(isAttentive());
const update = () => {
  attentive.value = isAttentive();
};
document.addEventListener('visibilitychange', update);
addEventListener('focus', update);
addEventListener('blur', update);

/** Whether somebody can be taken to look at the page: the tab is visible and has the focus (RCP-2). */
export function useAttention() {
  return readonly(attentive);
}
