'use client'

import * as cosdim from 'cosdim'
import 'cosdim/explorer'
import { useEffect } from 'react'
import { calls } from '../calls.js'
import { element } from '../element.js'
import { report } from '../report.js'

export default function Page() {
  useEffect(() => {
    report(async () => {
      await element()
      const answer = await fetch('/api/rank')
      if ((await answer.text()) !== calls(cosdim)) throw new Error(`The route answers with ${answer.status}`)
      return calls(cosdim)
    })
  }, [])
  return <h1>{cosdim.cosineSimilarity([3, 4], [4, 3], { dim: 0 }).item().toFixed(2)}</h1>
}
