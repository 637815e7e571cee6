/**
 * A module of Node. Bundlers for browsers must not look for it.
 * @param {string} name
 * @returns {Promise<any>}
 */
export const builtin = (name) => import(/* webpackIgnore: true */ /* @vite-ignore */ name)
