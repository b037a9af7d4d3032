/** The server cannot start as it was told to; `message` is for the person who started it. */
export class StartError extends Error {
  override readonly name = 'StartError';

  /** Turns the system's errors that somebody can do something about into words; passes on everything else. */
  static from(error: unknown, what: { listen?: string; directory?: string }): unknown {
    const { code } = error as NodeJS.ErrnoException;
    switch (code) {
      case 'EADDRINUSE':
        return new StartError(`${what.listen} is in use: stop the other program or choose another port.`, error);
      case 'EADDRNOTAVAIL':
      case 'ENOTFOUND':
        return new StartError(`${what.listen} is no address of this machine.`, error);
      case 'EACCES':
      case 'EPERM':
      case 'EROFS':
      case 'ENOTDIR':
      case 'EEXIST':
        if (what.directory === undefined) return new StartError(`${what.listen} may not be used (${code}).`, error);
        return new StartError(`The data directory ${what.directory} is not a writable directory (${code}).`, error);
      default:
        return error;
    }
  }

  constructor(message: string, cause?: unknown) {
    super(message, { cause });
  }
}
