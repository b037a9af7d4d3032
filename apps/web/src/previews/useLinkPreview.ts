import type { LinkPreview } from '@hongyan/sdk';
import { parseLink } from '@hongyan/sdk/links';
import { onScopeDispose, shallowRef, watch } from 'vue';
import { useClient } from '../client/useClient.ts';
import { firstLink } from './firstLink.ts';

/** A link is asked for when its text has rested so long. */
const TYPING_PAUSE_MS = 500;
/** Answers that are remembered, of this page. */
const KEPT_MAX = 50;

const kept = new Map<string, LinkPreview | undefined>();

function keep(url: string, preview: LinkPreview | undefined): void {
  kept.set(url, preview);
  const [oldest] = kept.keys();
  if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest);
}

/** What the page behind the first link of a text says of itself; undefined while nothing is known or it was put away. */
export function useLinkPreview(text: () => string) {
  const { sdk } = useClient();
  const preview = shallowRef<LinkPreview>();
  /** The link of which nobody wants one. */
  let unwanted: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function ask(url: string): Promise<void> {
    // Nothing to show, or nobody to ask: the message goes without.
    if (!kept.has(url)) keep(url, await sdk.previewLink(url).catch(() => undefined));
    if (firstLink(text()) === url && url !== unwanted) preview.value = kept.get(url);
  }

  watch(
    () => firstLink(text()),
    (url) => {
      clearTimeout(timer);
      preview.value = undefined;
      // Links of this kind lead into the client itself.
      if (url === undefined || url === unwanted || parseLink(url) !== undefined) return;
      timer = setTimeout(() => ask(url), TYPING_PAUSE_MS);
    },
    { immediate: true },
  );
  onScopeDispose(() => clearTimeout(timer));

  return {
    preview,
    putAway(): void {
      unwanted = firstLink(text());
      preview.value = undefined;
    },
  };
}
