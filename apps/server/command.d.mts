/** What Node is called with to run the server with `options`, wherever it is started: by `npm start`, a test or the bench. */
export function serverArguments(options: string[]): string[];
