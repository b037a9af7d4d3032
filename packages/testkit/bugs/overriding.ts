/** The same object, but for the methods given: whatever else it has or will have stays as it is. */
export const overriding = <T extends object>(original: T, changes: Partial<T>): T =>
  new Proxy(original, {
    get(target, name) {
      if (Object.hasOwn(changes, name)) return Reflect.get(changes, name);
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
