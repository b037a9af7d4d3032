import type { Client, SessionEnd } from '@hongyan/sdk';
import { readonly, shallowRef } from 'vue';

const ended = shallowRef<SessionEnd>();

/** Remembers why the server ended this device's session, until somebody signs in again. */
export function followSessionEnd(sdk: Client): void {
  sdk.on('sessionEnded', (end) => {
    ended.value = end;
  });
  sdk.on('me', (me) => {
    if (me !== undefined) ended.value = undefined;
  });
}

export const useSessionEnd = () => readonly(ended);
