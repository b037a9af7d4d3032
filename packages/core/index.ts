export * from './bounded-map.ts';
export * from './log/admission.ts';
export * from './log/conversation.ts';
export * from './ports/index.ts';
export * from './receipt/cursor.ts';
export * from './sync/difference.ts';
