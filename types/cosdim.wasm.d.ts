/**
 * The compiled module, for `init({ module })`. Cloudflare Workers, which forbid compiling, import a .wasm file as a
 * WebAssembly.Module.
 */
import type { init } from './index.js'

declare const module: NonNullable<NonNullable<Parameters<typeof init>[0]>['module']>
export default module
