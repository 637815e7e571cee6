/**
 * Errors about an item of an argument. Whoever finds one knows the item's index, and whoever was called knows the name of
 * the argument: `x2[1][0] is null`.
 */

/** Never reaches a caller: `in` gives the error that does. */
export class ItemError extends Error {
  /**
   * @param {TypeErrorConstructor | RangeErrorConstructor} Type
   * @param {readonly (string | number)[]} path from the argument to the item: indices, and names of properties
   * @param {(item: string) => string} messageOf
   */
  constructor(Type, path, messageOf) {
    super()
    this.Type = Type
    this.path = path
    this.messageOf = messageOf
  }

  /** @param {string} argument its name; empty where there is only one */
  in(argument) {
    const path = this.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('')
    const item = (argument + path).replace(/^\./, '')
    return new this.Type(this.messageOf(item || 'The data'))
  }
}

/**
 * Runs `read` on a part of what was passed. Its errors are about items of that part.
 * @template T
 * @param {readonly (string | number)[]} path to the part
 * @param {() => T} read
 */
export function within(path, read) {
  try {
    return read()
  } catch (error) {
    if (error instanceof ItemError) throw new ItemError(error.Type, [...path, ...error.path], error.messageOf)
    throw error
  }
}

/**
 * What is thrown for an argument.
 * @param {unknown} error
 * @param {string} argument its name; empty where there is only one
 */
export const errorIn = (error, argument) => (error instanceof ItemError ? error.in(argument) : error)

/**
 * @param {readonly number[]} index
 * @param {number} wanted
 * @param {number} length
 */
export const unevenLength = (index, wanted, length) =>
  new ItemError(
    RangeError,
    index,
    (item) =>
      `expected sequence of length ${wanted} at dim ${index.length} (got ${length}). ` +
      `${item} is ${length} long, but the first array at this depth is ${wanted} long. Make all equally long.`,
  )
