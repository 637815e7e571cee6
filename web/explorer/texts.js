/** The reader's language. Each has a file of texts under the same keys: a string, or a function of what the sentence is about. */
import en from './texts/en.js'
import zhHans from './texts/zh-Hans.js'

export const LANGUAGES = { en, 'zh-Hans': zhHans }

/** @typedef {(key: keyof typeof en, ...about: any[]) => string} Translate */

/**
 * @param {string} lang a key of LANGUAGES
 * @returns {Translate}
 */
export const textsIn =
  (lang) =>
  (key, ...about) => {
    const text = LANGUAGES[lang][key]
    return typeof text === 'function' ? text(...about) : text
  }

/** What PyTorch says, of an error's text, to be quoted as it is: the package adds a sentence of its own. */
export const pytorchWords = (message) => message.split('. ', 1)[0]

/** The language that a tag like zh-CN or en-GB asks for, if there is one. */
export function knownLanguage(tag) {
  if (/^en\b/i.test(tag)) return 'en'
  return /^zh(?!-(hant|tw|hk|mo)\b)\b/i.test(tag) ? 'zh-Hans' : undefined
}
