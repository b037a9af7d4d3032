/** Does something that holds this thread up, once what was to be sent before is with the network. */
export async function afterSending<T>(work: () => T): Promise<T> {
  await new Promise((resolve) => setImmediate(resolve));
  return work();
}
