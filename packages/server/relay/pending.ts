import type { Answer } from '@hongyan/protocol/cluster';

/** What a gateway asks logic elsewhere, until it is answered. */
export interface PendingRequest {
  /** Unique for the gateway. */
  readonly id: number;
  /** Requests with the same key go to the same node while it is there. */
  readonly key: number;
  /** Whether those with the same key have to be carried out in the order in which they were asked. */
  readonly isOrdered: boolean;
  readonly encoded: Uint8Array;
  /** After this it is not to be begun any more. */
  readonly deadlineMs: number;
  /** When it has failed if there is no answer. */
  readonly givenUpMs: number;
  /** The session whose device states its positions with it, which a node that dies may forget; '' for none. */
  readonly statedBy: string;
  /** Takes one of the answers; true when it was the last. */
  answered(body: NonNullable<Answer['body']>): boolean;
  failed(error: unknown): void;
}

/** One that is asked again may have been carried out before: every request of ours may. */
export interface PostedRequest {
  readonly request: PendingRequest;
  /** When it was sent last, or answered in part. */
  heardMs: number;
}
