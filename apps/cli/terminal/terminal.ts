/** Where lines come from and go to: a terminal with a person before it, or pipes. */
export interface Terminal {
  /** The next line without its end; undefined when there are no more. A prompt is shown to people only. */
  readLine(prompt: string): Promise<string | undefined>;
  /** As `readLine`, but what is typed is never shown or remembered. */
  readSecret(prompt: string): Promise<string | undefined>;
  /** Prints a whole line, above what is being typed. */
  print(line: string): void;
  close(): void;
}
