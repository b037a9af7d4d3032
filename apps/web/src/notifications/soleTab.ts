const LOCK = 'hongyan.notifier';

/** Whether it is this of the open tabs that notifies. Without locks, as on plain HTTP, each of them does. */
export function standForSoleTab(): () => boolean {
  if (navigator.locks === undefined) return () => true;
  let isIt = false;
  // Held until the tab is closed; the next one in the line follows.
  void navigator.locks.request(LOCK, () => {
    isIt = true;
    return new Promise<never>(() => {});
  });
  return () => isIt;
}
