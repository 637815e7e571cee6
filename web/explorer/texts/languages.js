/**
 * The reader's language. Each language has a file with the same keys. A text is a string, or a function of what the
 * sentence is about.
 */
import en from './en.js'
import zhHans from './zh-Hans.js'

export const LANGUAGES = { en, 'zh-Hans': zhHans }

/** @typedef {(key: keyof typeof en, ...about: any[]) => string} Translate */

/**
 * A function that words a text of a language.
 * @template {Record<string, any>} Texts
 * @param {Texts} texts
 * @returns {(key: keyof Texts, ...about: any[]) => string}
 */
export const translator =
  (texts) =>
  (key, ...about) =>
    typeof texts[key] === 'function' ? texts[key](...about) : texts[key]

/**
 * @param {string} lang a key of LANGUAGES
 * @returns {Translate}
 */
export const textsIn = (lang) => translator(LANGUAGES[lang])

/** PyTorch's part of an error message, for quoting. The package adds a sentence of its own. */
export const pytorchWords = (message) => message.split('. ', 1)[0]

/** The language for a tag such as zh-CN or en-GB, if the page has it. */
export function knownLanguage(tag) {
  if (/^en\b/i.test(tag)) return 'en'
  return /^zh(?!-(hant|tw|hk|mo)\b)\b/i.test(tag) ? 'zh-Hans' : undefined
}
