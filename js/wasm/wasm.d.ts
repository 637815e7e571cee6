/** A function that returns the bytes of the module, which the build inlines; see scripts/module-text.js. */
declare module '*.wasm' {
  const bytes: () => Uint8Array<ArrayBuffer>
  export default bytes
}
