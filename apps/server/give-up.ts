type ErrorClass = abstract new (...args: never[]) => Error;

/** Ends the process with an error: in words when it is one of those that somebody can do something about, else with a stack. */
export const giveUp =
  (...expected: readonly ErrorClass[]) =>
  (error: unknown): never => {
    const isExpected = (thrown: unknown): thrown is Error => expected.some((known) => thrown instanceof known);
    console.error(isExpected(error) ? `hongyan: ${error.message.replaceAll('\n', '\nhongyan: ')}` : error);
    process.exit(1);
  };
