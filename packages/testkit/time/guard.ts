/** Something in a simulated run asked for the real clock, real randomness or a real timer. */
export class RealityUsed extends Error {
  override readonly name = 'RealityUsed';
  constructor(what: string) {
    super(`${what} was used inside a simulated run, which would not be the same twice`);
  }
}

type Undo = () => void;

function forbid(holder: object, name: string): Undo {
  const original = Object.getOwnPropertyDescriptor(holder, name);
  const value = () => {
    throw new RealityUsed(name);
  };
  Object.defineProperty(holder, name, { configurable: true, writable: true, value });
  return () => {
    if (original === undefined) Reflect.deleteProperty(holder, name);
    else Object.defineProperty(holder, name, original);
  };
}

/** `new Date()` reads the clock; `new Date(ms)` does not. */
function forbidPresentDate(): Undo {
  const original = globalThis.Date;
  globalThis.Date = new Proxy(original, {
    construct(target, args: unknown[], newTarget) {
      if (args.length === 0) throw new RealityUsed('new Date()');
      return Reflect.construct(target, args, newTarget);
    },
  });
  return () => {
    globalThis.Date = original;
  };
}

/** Makes the real clock, timers and randomness throw until the returned function is called. */
export function forbidReality(): Undo {
  const undo = [
    forbid(globalThis.Date, 'now'),
    forbid(Math, 'random'),
    forbid(globalThis, 'setTimeout'),
    forbid(globalThis, 'setInterval'),
    forbid(performance, 'now'),
    forbid(crypto, 'getRandomValues'),
    forbid(crypto, 'randomUUID'),
    forbidPresentDate(),
  ];
  return () => {
    for (const step of undo.reverse()) step();
  };
}
