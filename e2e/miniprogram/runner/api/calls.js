// @ts-check
/** Asynchronous calls answer through success, fail and complete; each vendor words its failures in its own way. */

/**
 * @typedef {Record<string, any>} Given
 * @typedef {(given: Given) => unknown} Work  returns or resolves to the result, throws or rejects to fail
 * @typedef {(name: string, failure: Failure) => Given} WordFailure
 */

export class Failure extends Error {
  /** @param {string} words @param {Given} [extra] what the vendor tells besides */
  constructor(words, extra = {}) {
    super(words)
    this.extra = extra
  }
}

/** @type {WordFailure} */
export const errMsg = (name, { message, extra }) => ({ errMsg: `${name}:fail ${message}`, ...extra })

/** @type {WordFailure} */
export const errorMessage = (_name, { message, extra }) => ({ error: 2, errorMessage: message, ...extra })

/** @param {string} name @param {Work} work @param {WordFailure} words */
export function asynchronous(name, work, words) {
  return (/** @type {Given} */ given = {}) => {
    Promise.resolve()
      .then(() => work(given))
      .then(
        (result) => {
          const answer = { ...(words === errMsg ? { errMsg: `${name}:ok` } : {}), .../** @type {Given} */ (result ?? {}) }
          given.success?.(answer)
          given.complete?.(answer)
        },
        (cause) => {
          const failure = cause instanceof Failure ? cause : new Failure(String(cause?.message ?? cause))
          const answer = words(name, failure)
          given.fail?.(answer)
          given.complete?.(answer)
        },
      )
  }
}
