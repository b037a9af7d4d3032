import * as schema from './gen/cluster.ts';
import { decode, encode } from './wire.ts';

export * from './gen/cluster.ts';

// What nodes of a cluster say to each other. As in codec.ts, decoders throw on anything that is not a message of the schema,
// and what they return shares memory with the input.
export const encodeRequestBatch = (batch: schema.RequestBatch) => encode(schema.writeRequestBatch, batch);
export const decodeRequestBatch = (bytes: Uint8Array) => decode(schema.readRequestBatch, bytes);
export const encodeRequest = (request: schema.Request) => encode(schema.writeRequest, request);
export const decodeRequest = (bytes: Uint8Array) => decode(schema.readRequest, bytes);
export const encodeAnswerBatch = (batch: schema.AnswerBatch) => encode(schema.writeAnswerBatch, batch);
export const decodeAnswerBatch = (bytes: Uint8Array) => decode(schema.readAnswerBatch, bytes);
export const encodeCarriedPushes = (pushes: schema.CarriedPushes) => encode(schema.writeCarriedPushes, pushes);
export const decodeCarriedPushes = (bytes: Uint8Array) => decode(schema.readCarriedPushes, bytes);
export const encodeSharedPushes = (pushes: schema.SharedPushes) => encode(schema.writeSharedPushes, pushes);
export const decodeSharedPushes = (bytes: Uint8Array) => decode(schema.readSharedPushes, bytes);
export const encodeAnnouncement = (announcement: schema.Announcement) => encode(schema.writeAnnouncement, announcement);
export const decodeAnnouncement = (bytes: Uint8Array) => decode(schema.readAnnouncement, bytes);
export const encodeDeviceRevoked = (revoked: schema.DeviceRevoked) => encode(schema.writeDeviceRevoked, revoked);
export const decodeDeviceRevoked = (bytes: Uint8Array) => decode(schema.readDeviceRevoked, bytes);
export const encodePresenceNews = (news: schema.PresenceNews) => encode(schema.writePresenceNews, news);
export const decodePresenceNews = (bytes: Uint8Array) => decode(schema.readPresenceNews, bytes);
export const encodePresenceQuestion = (question: schema.PresenceQuestion) =>
  encode(schema.writePresenceQuestion, question);
export const decodePresenceQuestion = (bytes: Uint8Array) => decode(schema.readPresenceQuestion, bytes);
export const encodeSightChanged = (changed: schema.SightChanged) => encode(schema.writeSightChanged, changed);
export const decodeSightChanged = (bytes: Uint8Array) => decode(schema.readSightChanged, bytes);
