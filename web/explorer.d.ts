/**
 * Types of `cosdim/explorer`, which defines <cosine-dim>. Its attributes and styles are documented in
 * web/explorer/element.js.
 */
export interface CosineDimElement extends HTMLElement {
  /** Whether the explorer runs. If it cannot, the element's content stays and a line says why. */
  readonly ready: Promise<boolean>
  /** The state as the text after # in a URL, without what the attributes already say. */
  hash: string
  /** The hash without the reader's predictions, for sharing. */
  readonly sharedHash: string
  /** The language shown. The `lang` attribute only sets the first one. */
  language: 'en' | 'zh-Hans'
  addEventListener<K extends keyof CosineDimEventMap>(
    type: K,
    listener: (this: CosineDimElement, event: CosineDimEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void
}

export interface CosineDimEventMap extends HTMLElementEventMap {
  /** The reader changed the state. `isNavigation` is true for changes that the back button should undo. */
  statechange: CustomEvent<{ isNavigation: boolean }>
}

declare global {
  interface HTMLElementTagNameMap {
    'cosine-dim': CosineDimElement
  }
}
