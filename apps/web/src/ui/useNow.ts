import { onScopeDispose, readonly, ref } from 'vue';

/** The local time, renewed every `intervalMs` while the component lives. */
export function useNow(intervalMs: number) {
  const now = ref(Date.now());
  const timer = setInterval(() => {
    now.value = Date.now();
  }, intervalMs);
  onScopeDispose(() => clearInterval(timer));
  return readonly(now);
}
