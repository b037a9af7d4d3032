const INTERRUPTED_EXIT_CODE = 130;

/** Does some work and then ends what it started, `parts`; Ctrl-C (or SIGTERM) ends them at once, and then the bench. */
export async function interruptibly<T>(parts: AsyncDisposableStack, work: () => Promise<T>): Promise<T> {
  let ending: Promise<never> | undefined;
  const end = () => {
    ending ??= parts.disposeAsync().then(() => process.exit(INTERRUPTED_EXIT_CODE));
  };
  process.once('SIGINT', end).once('SIGTERM', end);
  try {
    return await work();
  } finally {
    process.off('SIGINT', end).off('SIGTERM', end);
    await ending;
    await parts.disposeAsync();
  }
}
