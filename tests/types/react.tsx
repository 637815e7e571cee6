import { useRef } from 'react'
import 'cosdim/explorer/react'
import type { CosineDimElement } from 'cosdim/explorer'

export function Lesson() {
  const ref = useRef<CosineDimElement>(null)
  return (
    <cosine-dim
      ref={ref}
      className="lesson"
      a="[[1, 2], [3, 4]]"
      b="[[5, 6], [7, 8]]"
      dim={0}
      lang="zh-Hans"
      hide="quiz,notes"
      onClick={(event) => event.currentTarget.hash}
      onstatechange={(event) => event.detail.isNavigation}
    >
      <p>A has two rows.</p>
    </cosine-dim>
  )
}
// @ts-expect-error: no such attribute
export const wrong = <cosine-dim dims="0" />
// @ts-expect-error: no such library
export const library = <cosine-dim code="NumJs" />
