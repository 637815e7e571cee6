/**
 * `require('cosdim/explorer')`. The element itself is an ES module. On a server there is nothing to define, and a test
 * runner that cannot import ES modules goes on without the element.
 */
if (globalThis.customElements)
  import('./explorer.js').catch(({ message }) => console.warn(`cosdim/explorer is an ES module: ${message}`))
