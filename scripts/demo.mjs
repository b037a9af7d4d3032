// npm run demo: as npm start, with a world to look at, in a data directory of its own.
import { ensureInstalled } from './lib/install.mjs';
import { inRoot } from './lib/paths.mjs';
import { main } from './lib/run.mjs';
import { serve } from './lib/serve.mjs';
import { ensureWebClient } from './lib/web-client.mjs';

await main(async () => {
  await ensureInstalled();
  await ensureWebClient();
  return serve([inRoot('apps/demo/main.ts'), ...process.argv.slice(2)]);
});
