// npm run build: everything that `npm start` does before it runs the server, for what starts the server itself.
import { ensureInstalled } from './lib/install.mjs';
import { main } from './lib/run.mjs';
import { ensureWebClient } from './lib/web-client.mjs';

await main(async () => {
  await ensureInstalled();
  await ensureWebClient();
});
