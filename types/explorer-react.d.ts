/**
 * `import 'cosdim/explorer/react'` defines <cosine-dim> and makes it an element of React's JSX. In Next.js the importing
 * file begins with 'use client'.
 */
import type { DetailedHTMLProps, HTMLAttributes } from 'react'
import type { CosineDimElement, CosineDimProps } from './explorer.js'

export * from './explorer.js'

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'cosine-dim': DetailedHTMLProps<HTMLAttributes<CosineDimElement>, CosineDimElement> & CosineDimProps
    }
  }
}
