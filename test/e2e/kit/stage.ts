import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launchBrowser, Person } from './browser.ts';
import { ServerProcess } from './server-process.ts';

/** A server and a browser, there before a file's first test and gone after its last. Both throw when used outside of that. */
export interface Stage {
  readonly server: ServerProcess;
  readonly browser: Browser;
  /** A person at a browser of their own; without `url`, at the server's own address. */
  open(handle: string, url?: string): Promise<Person>;
}

/** For the file that calls it. */
export function raiseStage(): Stage {
  let server: ServerProcess | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    [server, browser] = await Promise.all([ServerProcess.create(), launchBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
  });
  return {
    get server() {
      return present(server);
    },
    get browser() {
      return present(browser);
    },
    open(handle, url = present(server).url) {
      return Person.open(present(browser), url, handle);
    },
  };
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the stage is there only while tests run');
  return value;
}
