/** `import 'cosdim/explorer/preact'` defines <cosine-dim> and makes it an element of Preact's JSX. */
import type { Ref } from 'preact'
import type { CosineDimElement, CosineDimProps } from './explorer.js'

export * from './explorer.js'

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'cosine-dim': Omit<IntrinsicElements['span'], 'ref'> & {
        ref?: Ref<CosineDimElement> | undefined
      } & CosineDimProps
    }
  }
}
