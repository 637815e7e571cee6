import { run } from './all.js'

await run('firefox', 1)
