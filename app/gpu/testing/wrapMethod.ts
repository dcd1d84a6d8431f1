/**
 * Replaces a method of all objects of a type.
 * @returns puts the original back.
 */
export function wrapMethod<Type extends object, Name extends keyof Type>(
  prototype: Type,
  name: Name,
  wrap: (original: Type[Name]) => Type[Name],
): () => void {
  const original = prototype[name]
  prototype[name] = wrap(original)
  return () => {
    prototype[name] = original
  }
}
