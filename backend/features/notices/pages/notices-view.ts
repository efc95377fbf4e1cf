import { type NoticeChoices, type NoticeKind, type NoticeWay, waysFor } from '../../../../shared/notices.ts'
import { html } from '../../../platform/html.ts'
import { formToken, timeIn, type Visit } from '../../settings/index.ts'
import { NOTICES_PATH } from '../notice.ts'
import type { Browser } from '../push/subscriptions.ts'

export type Told = { done: string | null; problem: string | null; typed: NoticeChoices | null }

type Facts = {
  choices: NoticeChoices
  kinds: readonly { kind: NoticeKind; label: string }[]
  browsers: readonly Browser[]
  pushKey: string
  zone: string
}

const DONE: Record<string, string> = {
  saved: 'Saved. It counts from now on.',
  on: 'This browser shows your notices from now on.',
  off: 'That browser shows your notices no more.',
}

const WAY_WORDS: Record<NoticeWay, string> = {
  mail: 'Mail',
  push: 'Push',
  both: 'Mail and push',
  digest: 'In the digest',
  off: 'Nothing',
}

export const noticesView = (visit: Visit, facts: Facts, { done, problem, typed }: Told) => html`
  <h1>Notices</h1>
  ${done && DONE[done] && html`<p class="good" role="status">${DONE[done]}</p>`}
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  <form method="post" action=${NOTICES_PATH}>
    ${formToken(visit)}
    ${ways(facts, { ...facts.choices.ways, ...typed?.ways })}
    ${times(facts, typed ?? facts.choices)}
    <button>Save</button>
  </form>
  ${browsers(visit, facts)}`

const ways = ({ kinds }: Facts, chosen: NoticeChoices['ways']) => html`
  <section aria-label="What reaches you"><h2>What reaches you</h2>
    <p class="soft">Push comes to the browsers below; while there is none, it comes by mail.</p>
    ${kinds.map(
      ({ kind, label }) => html`
      <label>${label}<select name=${`way.${kind}`}>
        ${waysFor(kind).map((way) => html`<option value=${way} selected=${way === chosen[kind]}>${WAY_WORDS[way]}</option>`)}
      </select></label>`,
    )}
  </section>`

const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

const times = ({ zone }: Facts, { digestHour, quiet }: NoticeChoices) => html`
  <section aria-label="When"><h2>When</h2>
    <label>The digest comes at<small>by the clocks of ${zone}</small>
      <select name="digestHour">${HOURS.map(
        (hour) =>
          html`<option value=${String(hour)} selected=${hour === digestHour}>${`${String(hour).padStart(2, '0')}:00`}</option>`,
      )}</select></label>
    <label><input type="checkbox" name="quiet" checked=${quiet} /> Nothing outside my shifts
      <small>what came meanwhile is one mail, when you log in or your shift begins; without shifts this changes nothing</small></label>
  </section>`

const browsers = (visit: Visit, { browsers: known, pushKey, zone }: Facts) => html`
  <section aria-label="Push"><h2>Push</h2>
    <p>A browser shows the kind of a notice and the number of its ticket, also while no page is open.</p>
    ${known.map((browser) => row(visit, browser, zone))}
    <form method="post" action=${`${NOTICES_PATH}/browsers`} id="push-on"
      data-key=${pushKey} data-known=${known.map(({ endpointHash }) => endpointHash).join(' ')}>
      ${formToken(visit)}
      <input type="hidden" name="endpoint" /><input type="hidden" name="p256dh" /><input type="hidden" name="auth" />
      <label>Name of this browser<input name="name" maxlength="60" autocomplete="off" placeholder="My phone" /></label>
      <button class="second">Show notices in this browser</button>
    </form>
    <p id="push-state" role="status">Without scripts this browser cannot show notices.</p>
  </section>`

const row = (visit: Visit, { id, name, since }: Browser, zone: string) => html`
  <form method="post" action=${`${NOTICES_PATH}/browsers/${id}/removal`}>
    ${formToken(visit)}
    <p>${name} <span class="soft">since ${timeIn(zone, since)}</span> <button class="quiet" aria-label=${`Take away ${name}`}>Take away</button></p>
  </form>`
