/** Tells a visitor why the explorer does not run, and who can change that. The library's error is for developers. */

import { textsIn } from '../texts/languages.js'
import { element, prose } from './dom.js'

/** By the code of the library's error. */
const REASONS = {
  NO_WEBASSEMBLY: (t) => t('failure.noWebAssembly'),
  NO_SIMD: (t) => t('failure.tooOld'),
  FORBIDDEN: (t) => t('failure.forbidden'),
  NO_MEMORY: (t) => t('failure.noMemory'),
}

/**
 * @param {string} lang a key of LANGUAGES
 * @param {Error & { code?: string }} error
 * @param {boolean} hasExample whether the page shows an example instead
 */
export function failure(lang, { code = '', message }, hasExample) {
  const t = textsIn(lang)
  const reason = REASONS[code]?.(t) ?? t('failure.unknown', message)
  return element(
    'p',
    { class: 'notice wrong', role: 'alert', lang },
    element('strong', {}, hasExample ? t('failure.fixed') : t('failure.none')),
    ' ',
    ...prose(reason),
  )
}
