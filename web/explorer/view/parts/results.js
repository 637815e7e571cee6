/** The results along a dim, as they are heard. */

import { areMany } from './rove.js'

/**
 * A few can be listened to. Of more, or of a matrix, the shape says more than the numbers.
 * @param {import('../../texts/languages.js').Translate} t
 * @param {number} dim
 * @param {readonly number[]} shape
 * @param {string[]} texts
 */
export const resultsIn = (t, dim, shape, texts) =>
  t('heard.result', dim, texts, (shape.length > 1 || areMany(texts)) && t('spoken.shape', shape))
