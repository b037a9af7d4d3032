import type { Authenticator } from '@hongyan/core';
import { ErrorCode, type Push, type ServerFrame } from '@hongyan/protocol';

type Change = (frames: readonly ServerFrame[]) => readonly ServerFrame[];
type PushCase = NonNullable<Push['body']>['case'];

const pushCase = ({ frame }: ServerFrame): PushCase | undefined =>
  frame?.case === 'push' ? frame.value.body?.case : undefined;

const welcomeOf = ({ frame }: ServerFrame) =>
  frame?.case === 'reply' && frame.value.body?.case === 'welcome' ? frame.value.body.value : undefined;

/** Loses, between a Welcome that `begins` and the next Synced, the pushes of these kinds. */
const loseWhileCatchingUp = (begins: (resumed: boolean) => boolean, lost: readonly PushCase[]) => (): Change => {
  let isLosing = false;
  return (frames) =>
    frames.filter((frame) => {
      const welcome = welcomeOf(frame);
      if (welcome !== undefined) isLosing = begins(welcome.resumed);
      const what = pushCase(frame);
      if (what === 'synced') isLosing = false;
      return !(isLosing && what !== undefined && lost.includes(what));
    });
};

/** Goes on with a session, but not with what was pushed while it had no connection. */
export const skipWhileDetached = loseWhileCatchingUp((resumed) => resumed, ['entry', 'userEvent']);

/** Forgets the live pushes that were held back while the device was brought up to date. */
export const loseHeldBack = loseWhileCatchingUp((resumed) => !resumed, ['entry']);

const findAlways = (differs: boolean) => (): Change => (frames) =>
  frames.map(({ frame }) => {
    if (frame?.case !== 'reply' || frame.value.body?.case !== 'pong') return { frame };
    const value = { ...frame.value.body.value, differs };
    return { frame: { ...frame, value: { ...frame.value, body: { case: 'pong', value } } } };
  });

/** Finds, when it compares, that nothing differs. */
export const findNoDifference = findAlways(false);

/** Finds, when it compares, that something differs: the two sides count their sums in two ways. */
export const findADifference = findAlways(true);

/** Gives up at the deadline, and answers nevertheless when it is done. */
export const answerLateToo = (): Change => {
  let answers = 0;
  return (frames) =>
    frames.flatMap((frame) => {
      const reply = frame.frame?.case === 'reply' ? frame.frame.value : undefined;
      if (reply?.body?.case !== 'messageSent' || ++answers % 10 !== 0) return [frame];
      const error = { code: ErrorCode.DEADLINE_EXCEEDED, message: 'took too long', retryAfterMs: 0 };
      const late: ServerFrame = {
        frame: { case: 'reply', value: { id: reply.id, body: { case: 'error', value: error } } },
      };
      return [late, frame];
    });
};

/** Believes what a token says. */
export const believeTokens = (authenticator: Authenticator): Authenticator => ({
  async authenticate(accessToken) {
    const userId = accessToken.split(' ')[0];
    const identity = await authenticator.authenticate(accessToken);
    return identity ?? (userId === undefined ? undefined : { userId, deviceId: `d${userId.slice(1)}` });
  },
});
