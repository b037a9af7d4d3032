import type { Need, Operation } from './operations.ts';

/** Carries an operation out on an engine that answers at once. */
export function drive<Answer>(operation: Operation<Answer>, give: (need: Need) => object[]): Answer {
  let step = operation.next();
  while (step.done !== true) step = operation.next(give(step.value));
  return step.value;
}

/** Carries an operation out on an engine that answers later. */
export async function driveAsync<Answer>(
  operation: Operation<Answer>,
  give: (need: Need) => Promise<object[]>,
): Promise<Answer> {
  let step = operation.next();
  while (step.done !== true) step = operation.next(await give(step.value));
  return step.value;
}
