import { type FastifyBaseLogger, type FastifyReply, type FastifyRequest, LogController } from 'fastify';

/** One line per request, at level debug: requests are no steps of the server's life. */
export class RequestLog extends LogController {
  override incomingRequest(): void {}

  override serviceUnavailable(logger: FastifyBaseLogger): void {
    logger.debug({ res: { statusCode: 503 } }, 'refused while stopping');
  }

  override requestCompleted(error: Error | null | undefined, req: FastifyRequest, res: FastifyReply): void {
    const elapsedMs = Math.round(res.elapsedTime);
    if (error) req.log.warn({ req, res, err: error, elapsedMs }, 'an answer did not arrive');
    else req.log.debug({ req, res, elapsedMs }, 'answered');
  }
}
