import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** What a screen does wrong, a line for each element; rules whose breach keeps somebody from using it. */
export async function violationsOn(page: Page): Promise<string[]> {
  // By the browser's tools: the page's own policy lets no script in.
  await page.evaluate(`window.axe ?? (() => { ${axe.source} })()`);
  const { violations } = await page.evaluate<AxeResults>('window.axe.run(document, { resultTypes: ["violations"] })');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
    );
}
