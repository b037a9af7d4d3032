import './style.css';
import { createApp } from 'vue';
import App from './App.vue';
import { openClient } from './client/openClient.ts';
import { followPreferences } from './client/preferences.ts';
import { shareSettings } from './client/sharedSettings.ts';
import { clientKey, wrapClient } from './client/useClient.ts';
import { DraftKeeper, draftsKey } from './composer/draftKeeper.ts';
import { createDrafts } from './composer/drafts.ts';
import { i18n } from './locales/index.ts';
import { watchIdle } from './presence/watchIdle.ts';

followPreferences();
const sdk = openClient();
const drafts = new DraftKeeper(sdk, createDrafts(localStorage));
addEventListener('pagehide', () => drafts.leaving());
shareSettings(sdk);
watchIdle(sdk);
createApp(App).use(i18n).provide(clientKey, wrapClient(sdk)).provide(draftsKey, drafts).mount('#app');
