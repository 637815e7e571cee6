/** cosdim/npy: NumPy's .npy files, in chunks of rows and whole. */
export { npyChunks, npyHeader } from './chunks.js'
export { fromNpy, toNpy } from './whole.js'
