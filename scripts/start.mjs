// npm start: installs what is missing, builds the web client when it changed, and runs the server.
import { serverArguments } from '../apps/server/command.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { main } from './lib/run.mjs';
import { serve } from './lib/serve.mjs';
import { ensureWebClient } from './lib/web-client.mjs';

await main(async () => {
  await ensureInstalled();
  await ensureWebClient();
  return serve(serverArguments(process.argv.slice(2)));
});
