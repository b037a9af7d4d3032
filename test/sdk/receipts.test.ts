import { type Client, type GroupPolicy, Joining, type LiveQuery, type ReceiptCount, SdkError } from '@hongyan/sdk/node';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { ServerProcess } from '../e2e/kit/server-process.ts';
import { closeDevices, Device, textOf } from './kit/device.ts';

vi.setConfig({ testTimeout: 20_000 });

let server: ServerProcess;

beforeAll(async () => {
  server = await ServerProcess.create();
});
afterEach(closeDevices);
afterAll(() => server?.dispose());

/** Resolves once the value is so; it is looked at while that takes. */
const becomes = <T>(query: LiveQuery<T>, holds: (value: T) => boolean) =>
  new Promise<T>((resolve) => {
    const check = () => {
      if (!holds(query.value)) return;
      queueMicrotask(() => stop());
      resolve(query.value);
    };
    const stop = query.onChange(check);
    check();
  });

/** Anna's group with Ben and Carla, who are online. */
async function group() {
  const [anna, ben, carla] = await Promise.all([1, 2, 3].map(() => Device.ofNewPerson(server)));
  if (!anna || !ben || !carla) throw new Error('three people were asked for');
  const id = await anna.client.createGroup({ name: '三人', members: [ben.me.userId, carla.me.userId] });
  const has = ({ conversations }: Client) => conversations.some((one) => one.id === id);
  await Promise.all([anna, ben, carla].map((device) => device.until('conversations', has)));
  return { anna, ben, carla, id };
}

const sentSeq = async ({ client }: Device, id: string, text: string): Promise<number> => {
  const timeline = client.openTimeline(id);
  await client.sendText(id, text).until('sent');
  const seq = timeline.messages.find((message) => textOf(message) === text)?.seq ?? 0;
  timeline.close();
  return seq;
};
const counts = ([count]: readonly ReceiptCount[]) => [count?.read, count?.delivered, count?.missing].join();

test('[D1, RCP-9] who has a message, who read it and who has not is live while one looks', async () => {
  const { anna, ben, carla, id } = await group();
  carla.line.cut();
  const seq = await sentSeq(anna, id, '看到了吗');
  const receipts = anna.client.receipts(id, [seq]);
  await becomes(receipts, (value) => counts(value) === '0,1,1');
  const stages = () =>
    Promise.all(
      (['read', 'delivered', 'missing'] as const).map(async (stage) => {
        return (await anna.client.receivers({ conversationId: id, seq }, stage)).userIds;
      }),
    );
  expect(await stages()).toEqual([[], [ben.me.userId], [carla.me.userId]]);
  const read = becomes(receipts, (value) => counts(value) === '1,0,1');
  ben.client.markRead(id);
  await read;
  const all = becomes(receipts, (value) => counts(value) === '1,1,0');
  carla.line.mend();
  await all;
  expect(await stages()).toEqual([[ben.me.userId], [carla.me.userId], []]);
});

test('[D1, RCP-9] a query that nobody listens to asks nothing, and one that was offline asks when it is back', async () => {
  const { anna, ben, id } = await group();
  const seq = await sentSeq(anna, id, 'one');
  const receipts = anna.client.receipts(id, [seq]);
  expect(receipts.value).toEqual([]);
  await ben.hasReceived(1);
  anna.line.cut();
  await anna.until('connection', ({ connection }) => connection.status !== 'online');
  const answered = becomes(receipts, (value) => value[0]?.read === 1);
  ben.client.markRead(id);
  anna.line.mend();
  await answered;
});

test('[D1, RCP-9] where the group hides it nobody is told', async () => {
  const { anna, id } = await group();
  const seq = await sentSeq(anna, id, 'one');
  const policy: GroupPolicy = {
    ...{
      membersInvite: true,
      membersMentionAll: false,
      membersPin: true,
      membersEdit: true,
      joining: Joining.UNSPECIFIED,
    },
    ...{ question: '', answer: '', historyForNewcomers: true, muted: false, receiptsHidden: true },
  };
  await anna.client.change(id, { case: 'policy', value: policy }).until('sent');
  const refused = await anna.client.receivers({ conversationId: id, seq }, 'read').catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(SdkError);
  expect(refused).toMatchObject({ code: 'refused' });
});

test('[E4, O2] members are live: who comes, goes or gets another role', async () => {
  const { anna, ben, carla, id } = await group();
  const dora = await Device.ofNewPerson(server);
  const members = anna.client.liveMembers(id);
  const idsIn = (value: typeof members.value) => value.members.map(({ userId }) => userId);
  expect(await becomes(members, ({ hasMore }) => !hasMore).then(idsIn)).toHaveLength(3);
  const came = becomes(members, (value) => idsIn(value).includes(dora.me.userId));
  ben.client.change(id, { case: 'membersAdded', value: { userIds: [dora.me.userId] } });
  await came;
  const gone = becomes(members, (value) => !idsIn(value).includes(carla.me.userId));
  carla.client.change(id, { case: 'left', value: {} });
  await gone;
  const handle = ben.me.handle;
  const found = anna.client.liveMembers(id, handle);
  expect((await becomes(found, ({ hasMore }) => !hasMore).then(idsIn))[0]).toBe(ben.me.userId);
});

test('[O2] whatever can be read is live: conversations, the unread, a contact, who is connected', async () => {
  const { anna, ben, id } = await group();
  const { client } = anna;
  const unread = client.live(() => client.unread.messages);
  const named = client.live(() => client.conversations.find((one) => one.id === id)?.name);
  const remark = client.live(() => client.contact(ben.me.userId).remark);
  const status = client.live(() => client.connection.status);
  const all = Promise.all([
    becomes(unread, (count) => count === 2),
    becomes(named, (name) => name === '四人'),
    becomes(remark, (text) => text === '本'),
    becomes(status, (now) => now === 'offline' || now === 'connecting'),
  ]);
  await ben.client.sendText(id, 'one').until('sent');
  await ben.client.sendText(id, 'two').until('sent');
  await ben.client.change(id, { case: 'name', value: '四人' }).until('sent');
  client.setRemark(ben.me.userId, { remark: '本' });
  await becomes(unread, (count) => count === 2);
  await becomes(named, (name) => name === '四人');
  anna.line.cut();
  await all;
});
