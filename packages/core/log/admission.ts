import { ErrorCode, type Limits, ProtocolError, type SendMessage } from '@hongyan/protocol';

const encoder = new TextEncoder();
/** Not every store can keep them, and no id needs them. */
const control = /\p{Cc}/u;

/** Refuses a SendMessage that can never be appended (LOG-5). Throws ProtocolError. */
export function checkSendMessage(command: SendMessage, limits: Limits): void {
  checkClientMessage(command, limits);
  if (command.body.length === 0) throw new ProtocolError(ErrorCode.INVALID_ARGUMENT, 'body is empty');
}

/** The same of anything that its client names, with a body or without. */
export function checkClientMessage(command: Pick<SendMessage, 'clientMessageId' | 'body'>, limits: Limits): void {
  if (command.clientMessageId === '') {
    throw new ProtocolError(ErrorCode.INVALID_ARGUMENT, 'client_message_id is empty');
  }
  if (control.test(command.clientMessageId)) {
    throw new ProtocolError(ErrorCode.INVALID_ARGUMENT, 'client_message_id has control characters');
  }
  if (command.body.length > limits.bodyBytesMax) {
    throw new ProtocolError(ErrorCode.LIMIT_EXCEEDED, `body has more than ${limits.bodyBytesMax} bytes`);
  }
  if (
    command.clientMessageId.length > limits.clientMessageIdBytesMax / 4 &&
    encoder.encode(command.clientMessageId).length > limits.clientMessageIdBytesMax
  ) {
    throw new ProtocolError(
      ErrorCode.LIMIT_EXCEEDED,
      `client_message_id has more than ${limits.clientMessageIdBytesMax} bytes`,
    );
  }
}
