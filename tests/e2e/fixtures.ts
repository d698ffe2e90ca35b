// What every test gets: one server per worker, and people who each have a browser of their own.
import { type BrowserContext, type BrowserContextOptions, type Page, test as base, expect } from '@playwright/test';
import { keepPages } from './html';
import { signIn } from './people';
import { Quiet } from './quiet';
import { type Server, startServer } from './server';

export { expect };

interface World {
  /** Somebody, signed in, in a browser of their own. */
  person(name: string, options?: BrowserContextOptions): Promise<Page>;
  /** A browser in which nobody is signed in. */
  stranger(options?: BrowserContextOptions): Promise<Page>;
  /** Says which refusals (4xx) the test means to get; everything else in a console fails it. */
  quiet: Quiet;
}

export const test = base.extend<World, { server: Server }>({
  server: [
    async ({}, use, worker) => {
      const server = await startServer(worker.workerIndex);
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  quiet: async ({}, use) => {
    const quiet = new Quiet();
    quiet.intends(403);
    await use(quiet);
    expect(quiet.complaints(), 'nothing is said in a console').toEqual([]);
  },

  stranger: async ({ browser, server, quiet }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({ baseURL: server.url, ...options });
      contexts.push(context);
      keepPages(context);
      quiet.listenTo(context, `browser ${contexts.length}`);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },

  person: async ({ stranger }, use) => {
    await use(async (name, options) => {
      const page = await stranger(options);
      await page.goto('/');
      await signIn(page, name);
      return page;
    });
  },
});
