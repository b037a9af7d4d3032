import type * as schema from './gen/cluster.ts';
import * as codec from './gen/cluster-functions.ts';
import { decode, encode } from './wire.ts';

export * from './gen/cluster.ts';

// What nodes of a cluster say to each other. As in codec.ts, decoders throw on anything that is not a message of the schema,
// and what they return shares memory with the input.
export const encodeRequestBatch = (batch: schema.RequestBatch) => encode(codec.RequestBatch, batch);
export const decodeRequestBatch = (bytes: Uint8Array) => decode(codec.RequestBatch, bytes);
export const encodeRequest = (request: schema.Request) => encode(codec.Request, request);
export const decodeRequest = (bytes: Uint8Array) => decode(codec.Request, bytes);
export const encodeAnswerBatch = (batch: schema.AnswerBatch) => encode(codec.AnswerBatch, batch);
export const decodeAnswerBatch = (bytes: Uint8Array) => decode(codec.AnswerBatch, bytes);
export const encodeCarriedPushes = (pushes: schema.CarriedPushes) => encode(codec.CarriedPushes, pushes);
export const decodeCarriedPushes = (bytes: Uint8Array) => decode(codec.CarriedPushes, bytes);
export const encodeSharedPushes = (pushes: schema.SharedPushes) => encode(codec.SharedPushes, pushes);
export const decodeSharedPushes = (bytes: Uint8Array) => decode(codec.SharedPushes, bytes);
export const encodeAnnouncement = (announcement: schema.Announcement) => encode(codec.Announcement, announcement);
export const decodeAnnouncement = (bytes: Uint8Array) => decode(codec.Announcement, bytes);
export const encodeDeviceRevoked = (revoked: schema.DeviceRevoked) => encode(codec.DeviceRevoked, revoked);
export const decodeDeviceRevoked = (bytes: Uint8Array) => decode(codec.DeviceRevoked, bytes);
export const encodePresenceNews = (news: schema.PresenceNews) => encode(codec.PresenceNews, news);
export const decodePresenceNews = (bytes: Uint8Array) => decode(codec.PresenceNews, bytes);
export const encodePresenceQuestion = (question: schema.PresenceQuestion) => encode(codec.PresenceQuestion, question);
export const decodePresenceQuestion = (bytes: Uint8Array) => decode(codec.PresenceQuestion, bytes);
export const encodeSightChanged = (changed: schema.SightChanged) => encode(codec.SightChanged, changed);
export const decodeSightChanged = (bytes: Uint8Array) => decode(codec.SightChanged, bytes);
