/** Structured logging: error = gave up, warn = recovered, info = one per life-cycle step, debug = the rest. */
export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
