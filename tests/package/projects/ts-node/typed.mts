/** Every way into the package has types. */
import { init } from 'cosdim'
import module from 'cosdim/cosdim.wasm'
import type { CosineDimElement } from 'cosdim/explorer'

await init({ module })
export const isReady = (explorer: CosineDimElement): Promise<boolean> => explorer.ready
