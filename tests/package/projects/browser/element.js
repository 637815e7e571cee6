/** Puts the element on the page and reads a result off it. */
export async function element() {
  const explorer = document.createElement('cosine-dim')
  explorer.setAttribute('a', '[[3, 4]]')
  explorer.setAttribute('b', '[[4, 3]]')
  explorer.setAttribute('dim', '1')
  document.body.append(explorer)
  if (!(await explorer.ready)) throw new Error(explorer.shadowRoot.textContent)
  const { textContent } = explorer.shadowRoot.querySelector('.call output')
  if (textContent !== 'tensor([0.9600])') throw new Error(`The element shows ${textContent}`)
}
