import { encodeDraft, encodeRemark, encodeWish, type RecordKey, recordKey } from '@hongyan/protocol';
import { type PersonKey, personKeys, VISITOR } from '../world/people.ts';
import type { Account, Accounts } from './accounts.ts';
import type { Telling } from './story-clock.ts';

/** Those who ask the visitor to be friends, and with which words. */
const requests: Partial<Record<PersonKey, string>> = {
  david: 'Hi Mei, Noah’s dad from Class 3B. Shall we share the school run?',
  sunyue: '你好，我是小雨的妈妈，加个好友方便联系～',
};

async function set({ writer, clock }: Telling, who: Account, key: RecordKey, value: Uint8Array): Promise<void> {
  const record = { key: recordKey(key), changedAtMs: clock.now(), value };
  await writer.ask(who, { case: 'setRecord', value: { record } });
}

/** Who is whose friend, who asks to be, and what the visitor calls people. */
export async function befriend(telling: Telling, accounts: Accounts): Promise<void> {
  const visitor = accounts.of(VISITOR);
  for (const key of personKeys) {
    if (key === VISITOR) continue;
    const other = accounts.of(key);
    const greeting = requests[key] ?? '';
    await set(telling, other, { kind: 'friend', userId: visitor.userId }, encodeWish({ wanted: true, greeting }));
    if (requests[key] !== undefined) continue;
    await set(telling, visitor, { kind: 'friend', userId: other.userId }, encodeWish({ wanted: true, greeting: '' }));
  }
  const remark = encodeRemark({ name: '妈妈', labels: ['家'] });
  await set(telling, visitor, { kind: 'remark', userId: accounts.of('mama').userId }, remark);
}

/** What the visitor began to write. */
export function draft(telling: Telling, accounts: Accounts, conversationId: string, text: string): Promise<void> {
  return set(telling, accounts.of(VISITOR), { kind: 'draft', conversationId }, encodeDraft({ text }));
}
