/**
 * The story in five beats, told on the press below: each sets its numbers, says what to look at, and may ask. The next one
 * is always in sight.
 */

import { BEATS, beatOf, isAsked, isTold, wordsIn } from '../../model/beats.js'
import { askedView } from '../../model/predictions.js'
import { choice, element, prose } from '../dom.js'
import { sectionLink } from '../parts/anchor.js'
import { beatChoices } from '../story/choices.js'
import { beatSteps } from '../story/steps.js'

export function story(context) {
  const { store, t, shown } = context
  const words = element('p', { class: 'telling', id: 'story-words' })
  const heading = element('h2', { id: 'story', tabindex: -1, 'aria-describedby': words.id })
  const steps = beatSteps(context, go)
  const more = sectionLink(context, 'inputs', t('story.more'))
  const choices = beatChoices(context, more)
  const next = choice('', () => go(BEATS[BEATS.indexOf(beatOf(store.state)) + 1]))
  next.classList.add('strong')
  const onward = sectionLink(context, 'quiz', t('story.next', t('story.onward')), { class: 'choice strong' })
  const root = element(
    'section',
    { class: 'story', 'aria-label': t('story.heading') },
    steps.root,
    element('div', { class: 'told' }, heading, words),
    choices.root,
    element('div', { class: 'next' }, next, onward),
  )

  /** Goes to a beat, whose question is asked anew. */
  function go(beat) {
    store.kept.chosen = { ...store.kept.chosen, [beat.key]: undefined }
    store.update(beat.changes, { isNavigation: true })
    // The heading has the word.
    store.told = store.views
    heading.focus({ preventScroll: true })
    root.scrollIntoView({ block: 'nearest' })
  }

  const has = (name) => shown.some((one) => one.name === name)
  let drawn
  let told
  store.follow(() => {
    const beat = beatOf(store.state)
    root.hidden = !isTold(store.state) || Boolean(askedView(store))
    root.toggleAttribute('data-asked', !root.hidden && isAsked(store))
    choices.draw(beat)
    const said = wordsIn(store, beat)(t)
    if (said !== told) words.replaceChildren(...prose(said))
    told = said
    if (beat === drawn) return
    drawn = beat
    const place = BEATS.indexOf(beat)
    const following = BEATS[place + 1]
    root.dataset.beat = beat.key
    heading.textContent = beat.title(t)
    steps.draw(place)
    next.hidden = !following
    next.textContent = following ? t('story.next', following.lead?.(t)) : ''
    onward.hidden = Boolean(following) || !has('quiz')
    more.hidden = Boolean(following) || !has('inputs')
  })
  return root
}
