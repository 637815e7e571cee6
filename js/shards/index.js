/** cosdim/shards: a corpus in many files, as tasks for any queue. */
export { makeManifest } from './manifest.js'
export { mergeParts } from './merge.js'
export { runTask } from './run.js'
export { tasks } from './tasks.js'
