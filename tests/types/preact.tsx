import { createRef } from 'preact'
import 'cosdim/explorer/preact'
import type { CosineDimElement } from 'cosdim/explorer'

export function Lesson() {
  const ref = createRef<CosineDimElement>()
  return (
    <cosine-dim
      ref={ref}
      class="lesson"
      a="[[1, 2], [3, 4]]"
      b="[[5, 6], [7, 8]]"
      dim={0}
      lang="zh-Hans"
      hide="quiz,notes"
      onClick={() => ref.current?.hash}
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
