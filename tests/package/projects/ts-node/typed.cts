/** The same for those who require() it. */
import cosdim = require('cosdim')
import wasm = require('cosdim/cosdim.wasm')

import type { CosineDimElement } from 'cosdim/explorer'

export const ready: Promise<void> = cosdim.init({ module: wasm.default })
export const isReady = (explorer: CosineDimElement): Promise<boolean> => explorer.ready
