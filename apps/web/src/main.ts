import './style.css';
import { createApp } from 'vue';
import App from './App.vue';
import { openClient } from './client/openClient.ts';
import { followPreferences } from './client/preferences.ts';
import { clientKey, wrapClient } from './client/useClient.ts';
import { i18n } from './locales/index.ts';

followPreferences();
createApp(App).use(i18n).provide(clientKey, wrapClient(openClient())).mount('#app');
