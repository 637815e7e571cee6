/**
 * `import 'cosdim/explorer'` defines <cosine-dim>, which shows what dim does in cosine_similarity. For JSX import
 * 'cosdim/explorer/react' or 'cosdim/explorer/preact' instead: they define it as well.
 *
 *   <cosine-dim a="[[1, 2], [3, 4]]" b="[[5, 6], [7, 8]]" hide="quiz,notes">shown until it runs</cosine-dim>
 *
 * It is light or dark as the page's `color-scheme` says, or `cosine-dim { color-scheme: dark }`. In browsers without
 * light-dark() the system's setting decides. It has its own background, and a `padding` that the page can change.
 */
/// <reference lib="dom" />

type OrOther<Name extends string> = Name | (string & Record<never, never>)

/** The sections in their order. Without `collapse`, `story` is not told. */
export type CosineDimSection =
  | 'story'
  | 'collapse'
  | 'inputs'
  | 'contents'
  | 'predict'
  | 'panels'
  | 'stepper'
  | 'angles'
  | 'code'
  | 'cards'
  | 'attention'
  | 'quiz'
  | 'notes'

/** The beats of the story. */
export type CosineDimBeat = 'square' | 'which' | 'names' | 'three' | 'own'

export type CosineDimExample = '2x2' | '2x3' | '3x2' | '1x4' | '2x2x2' | '2x3x4' | 'pairs' | 'iris'

/** What a page can set: `cosine-dim { --cosine-dim-ink: light-dark(navy, white) }`. A lane is a vector with its cosine. */
export type CosineDimCustomProperty = `--cosine-dim-${
  | 'font'
  | 'mono'
  | 'ink'
  | 'muted'
  | 'paper'
  | 'surface'
  | 'line'
  | 'control'
  | 'focus'
  | 'wrong'
  | 'wrong-tint'
  | `lane-${0 | 1 | 2 | 3 | 4 | 5}${'' | '-tint'}`
  | `lane-${1 | 2 | 3 | 4 | 5}-mark`}`

/** The attributes. Changing one later resets what it sets. Errors are shown, and logged to the console. */
export interface CosineDimAttributes {
  /** The first input: a nested list of numbers, up to 4-D. Without `b` it is an error. */
  a?: string | undefined
  /** The second input. */
  b?: string | undefined
  /** Instead of `a` and `b`, which win over it. */
  example?: OrOther<CosineDimExample> | undefined
  /** A beat of the story, which sets `a`, `b`, `dim` and `stage`. */
  beat?: OrOther<CosineDimBeat> | undefined
  /** The dims to show side by side, such as `0,1`. */
  dim?: string | number | undefined
  /** 1e-8 by default. */
  eps?: string | number | undefined
  /** `en` by default. `zh-CN` and `zh` are `zh-Hans`. */
  lang?: OrOther<'en' | 'zh-Hans'> | undefined
  /** The vector of the section `attention`. Without `behaviored` it is an error. */
  target?: string | undefined
  /** The rows that `target` is compared with. */
  behaviored?: string | undefined
  /** The library whose code is shown. */
  code?: 'PyTorch' | 'NumPy' | 'SciPy' | 'cosdim' | undefined
  /** The number of the quiz question. */
  quiz?: string | number | undefined
  /** The sections to leave out, such as `predict,quiz`. */
  hide?: OrOther<CosineDimSection> | undefined
  /** The section to go to at first. */
  section?: OrOther<CosineDimSection> | undefined
  /** The sections to show, instead of those to hide: `panels`, or `story,collapse`. */
  show?: OrOther<CosineDimSection> | undefined
  /**
   * Present mode: `story`, or the section whose screen it is at. It fills the window with a beat of the story, or a section,
   * at a time, and steps with the arrow keys, Space, and the keys of clickers.
   */
  present?: OrOther<CosineDimSection> | undefined
  /** A pinned output, `dim0:1`, or cell, `A:0,1`. */
  pin?: string | undefined
  /** The card to which a button returns, such as `vector`. */
  card?: string | undefined
  /** The stepper's position, from 1. */
  step?: string | number | undefined
  /** Where the collapse stands: `apart`, `pair`, `multiply`, `add`, `divide`, `cosine`, or a number from 0 to 1. */
  stage?: string | number | undefined
  /** The dim to predict first. */
  predict?: string | number | undefined
  /** Predictions already made, as in `hash`. */
  predicted?: string | undefined
}

/** What JSX takes besides. */
export interface CosineDimProps extends CosineDimAttributes {
  onstatechange?: ((event: CosineDimEventMap['statechange']) => void) | undefined
  onstagechange?: ((event: CosineDimEventMap['stagechange']) => void) | undefined
}

export interface CosineDimElement extends HTMLElement {
  /** Whether the explorer runs. If it cannot, the element's content stays and a line says why. */
  readonly ready: Promise<boolean>
  /** The state as the text after # in a URL, without what the attributes say. Setting it restores the state. */
  hash: string
  /** The hash without the reader's predictions, for sharing. */
  readonly sharedHash: string
  /** The element as HTML that shows what is on the screen, without the reader's predictions. */
  readonly sharedMarkup: string
  /** Starts present mode: the story, then a screen for each of these sections, except those that need the page. */
  startPresenting(sections?: readonly CosineDimSection[]): void
  /** Where that would start: at the beat or the section that was left last, or else at the first beat. */
  presentingStart(sections?: readonly CosineDimSection[]): CosineDimBeat | CosineDimSection
  /** Goes to a section, as the table of contents does. While a question hides it, to the question. */
  goTo(section: CosineDimSection): void
  /** The language shown: the reader's choice, or that of `lang`. */
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
  /** The reader changed the state. `isNavigation`: use history.pushState(), so that the back button undoes it. */
  statechange: CustomEvent<{ isNavigation: boolean }>
  /** The collapse moved, by itself or by hand. `stage` is where it stands, from 0 to 1. */
  stagechange: CustomEvent<{ stage: number }>
}

declare global {
  interface HTMLElementTagNameMap {
    'cosine-dim': CosineDimElement
  }
}
