import { run } from './all.js'

await run('chromium', 2)
