// Takes the README's picture: two people write to each other through a real server, in a real browser.
// Run it with `npm run picture` after the web client was built.
import { by, launchBrowser, Person } from '../test/e2e/kit/browser.ts';
import { ServerProcess } from '../test/e2e/kit/server-process.ts';

const picture = new URL('../docs/images/conversation.png', import.meta.url).pathname;
const [server, browser] = await Promise.all([ServerProcess.create(), launchBrowser()]);
try {
  const anna = await Person.open(browser, server.url, 'anna');
  const liWei = await Person.open(browser, server.url, 'li.wei');
  const carla = await Person.open(browser, server.url, 'carla');
  await anna.signUp('Anna Lindqvist');
  await liWei.signUp('李伟');
  await carla.signUp('Carla Ferreira');
  await anna.openConversationWith(liWei.handle);
  await anna.write('Morning! Did the container arrive in Shanghai?');
  await liWei.page.click(`${by('conversation-item')} >> nth=0`);
  await liWei.sees('Morning!');
  await liWei.write('早上好！到了，昨天晚上十点靠的港 ⚓');
  await liWei.write('海关说今天下午可以放行。');
  await anna.sees('海关');
  await anna.write('Wonderful. I will tell the customer.');
  await anna.write('Can you send me the **packing list** when you have it?');
  await liWei.sees('packing list');
  await liWei.write('好的，等一下发给你');
  await anna.sees('好的');
  await carla.openConversationWith(anna.handle);
  await carla.write('Lunch at one? 🍜');
  await anna.page.waitForSelector(by('unread-badge'));
  await anna.sees('packing list', 'read');
  await anna.page.mouse.move(800, 400);
  await anna.page.screenshot({ path: picture, animations: 'disabled' });
} finally {
  await browser.close();
  await server.dispose();
}
