/** The bytes of the module in base64, as the build inlines them. */
declare module '*.wasm' {
  const base64: string
  export default base64
}
