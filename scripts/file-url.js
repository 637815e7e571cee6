/** What CommonJS has for import.meta.url, injected where it is used. */
export const fileUrl = /* @__PURE__ */ require('node:url').pathToFileURL(__filename).href
