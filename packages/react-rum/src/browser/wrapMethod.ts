import type { Stop } from './collector.js';

type ArgumentsOf<Method> = Method extends (...args: infer Arguments) => unknown ? Arguments : never;
type ResultOf<Method> = Method extends (...args: never) => infer Result ? Result : never;
type Call<Method> = (...args: ArgumentsOf<Method>) => ResultOf<Method>;

/**
 * Puts a function around a method of the page. It must do what the original does, whatever it is given.
 *
 * A frozen object keeps its method. When stopped while another wrapper lies over this one, this one stays and passes on.
 *
 * @param around Gets the original, bound to its `this`, the arguments, and that `this`; returns what the page gets.
 */
export function wrapMethod<Owner extends object, Name extends keyof Owner>(
  owner: Owner,
  name: Name,
  around: (original: Call<Owner[Name]>, args: ArgumentsOf<Owner[Name]>, self: Owner) => ResultOf<Owner[Name]>,
): Stop {
  const original = owner[name];
  let isActive = true;
  function wrapped(this: Owner, ...args: ArgumentsOf<Owner[Name]>): ResultOf<Owner[Name]> {
    const call: Call<Owner[Name]> = (...given) => (original as Call<Owner[Name]>).apply(this, given);
    return isActive ? around(call, args, this) : call(...args);
  }
  try {
    owner[name] = wrapped as Owner[Name];
  } catch {
    // Frozen by the page: it goes without.
  }
  return () => {
    isActive = false;
    if (owner[name] === wrapped) owner[name] = original;
  };
}
