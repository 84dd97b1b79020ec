/** A promise that a test resolves when it is time. */
export type Gate<T> = { promise: Promise<T>; resolve: (value: T) => void };

export function createGate<T>(): Gate<T> {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
