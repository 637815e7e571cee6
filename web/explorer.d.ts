/** Types of `cosdim/explorer`, which defines <cosine-dim>; its attributes and styles: web/explorer/element.js. */
export interface CosineDimElement extends HTMLElement {
  /** Whether the explorer runs; where it cannot, the element's content stays and a line says why. */
  readonly ready: Promise<boolean>
  /** The state, but for what the attributes say, as the text after # in a URL. */
  hash: string
  /** The same without what the reader predicted, to be given to others. */
  readonly sharedHash: string
  /** The language that is shown, which begins as the attribute `lang` says. */
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
  /** The reader changed the state; `isNavigation` tells a change that one wants to go back from. */
  statechange: CustomEvent<{ isNavigation: boolean }>
}

declare global {
  interface HTMLElementTagNameMap {
    'cosine-dim': CosineDimElement
  }
}
