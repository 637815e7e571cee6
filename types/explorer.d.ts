/**
 * `import 'cosdim/explorer'` defines <cosine-dim>, which shows what dim does in cosine_similarity. For JSX import
 * 'cosdim/explorer/react' or 'cosdim/explorer/preact' instead: they define it as well.
 */
/// <reference lib="dom" />

/** The attributes. web/explorer/element.js lists the custom properties that style the element. */
export interface CosineDimAttributes {
  /** The first input: a nested list of numbers, up to 4-D. */
  a?: string | undefined
  /** The second input. */
  b?: string | undefined
  /** An example instead of `a` and `b`: 2x3, pairs, iris and others. */
  example?: string | undefined
  /** The dims to show side by side, such as `0,1`. */
  dim?: string | number | undefined
  /** 1e-8 by default. */
  eps?: string | number | undefined
  /** The first language, `en` or `zh-Hans`. */
  lang?: string | undefined
  /** The vector of the last section. */
  target?: string | undefined
  /** The rows that `target` is compared with. */
  behaviored?: string | undefined
  /** The library whose code is shown. */
  code?: 'PyTorch' | 'NumPy' | 'SciPy' | 'cosdim' | undefined
  /** The number of the quiz question. */
  quiz?: string | number | undefined
  /** The names of sections to leave out, such as `quiz,notes`. */
  hide?: string | undefined
}

/** What JSX takes besides. */
export interface CosineDimProps extends CosineDimAttributes {
  onstatechange?: ((event: CosineDimEventMap['statechange']) => void) | undefined
}

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
  removeEventListener<K extends keyof CosineDimEventMap>(
    type: K,
    listener: (this: CosineDimElement, event: CosineDimEventMap[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions,
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
