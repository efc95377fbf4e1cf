import { LANGUAGES } from '../../../../shared/settings.ts'
import {
  type Category,
  KEYWORD_PRIORITIES,
  type KeywordList,
  type Keywords,
  type Verdict,
} from '../../../../shared/triage.ts'
import { html } from '../../../platform/html.ts'
import { formToken, type Visit } from '../../settings/index.ts'
import { labelOf, PRIORITY_WORDS } from '../../tickets/index.ts'
import { SHARE_DAYS, type Shares, TOO_MANY } from '../shares.ts'

export const KEYWORDS_PATH = '/settings/triage'

/** Keywords that count in every language. */
export const ANY = 'any'

/** What is in the fields of the form, by their names. */
export type Fields = Record<string, string>

export const listName = ({ kind, value }: Pick<KeywordList, 'kind' | 'value'>): string => `${kind}/${value}`

type Shown = {
  keywords: Keywords
  categories: readonly Category[]
  languages: readonly string[]
  shares: Shares
  language: string
  fields: Fields
  problem?: string
  tried?: { subject: string; text: string; verdict: Verdict }
}

export const keywordsView = (visit: Visit, shown: Shown) => html`
  <h1>Keywords</h1>
  ${visit.query.has('saved') && html`<p class="good" role="status">Saved. It counts from the next mail on.</p>`}
  ${shown.problem && html`<p class="bad" role="alert">${shown.problem}</p>`}
  <p>The subject and the first mail of a new ticket decide its priority and its category. Words are whole, whatever their capitals and
    accents; the first list that is said counts. What is quoted and what machines write makes nothing urgent.</p>
  ${sharesSection(shown)}
  ${trialSection(visit, shown)}
  ${listsSection(visit, shown)}`

const nameOf = ({ categories, languages }: Shown, value: string): string => {
  const category = categories.find(({ id }) => id === value)
  return category ? labelOf(category, languages) : value
}

function sharesSection(shown: Shown) {
  const { tickets, byList, capped } = shown.shares
  const urgent = byList.get('priority/urgent') ?? 0
  const lists = [...byList].filter(([name]) => name !== 'all').sort(([, a], [, b]) => b - a)
  return html`<section aria-label="Shares">
    <h2>The last ${SHARE_DAYS} days: ${tickets} new tickets${capped && ', of which the newest are counted'}</h2>
    ${
      urgent > tickets * TOO_MANY &&
      html`<p class="bad" role="alert">${percent(urgent, tickets)} of all tickets were taken for urgent. When so much is urgent, nothing is:
        take the words out of the list that say it too easily.</p>`
    }
    <div class="scroll"><table><thead><tr><th>List</th><th class="number">Tickets</th><th class="number">Share</th></tr></thead><tbody>
      ${lists.map(
        ([name, count]) =>
          html`<tr><td>${listWords(shown, name)}</td><td class="number">${count}</td><td class="number">${percent(count, tickets)}</td></tr>`,
      )}
    </tbody></table></div>
    ${lists.length === 0 && html`<p class="soft">No keyword was said yet.</p>`}
  </section>`
}

function listWords(shown: Shown, name: string): string {
  const [kind, value = ''] = name.split('/')
  return kind === 'priority' ? ((PRIORITY_WORDS as Record<string, string>)[value] ?? value) : nameOf(shown, value)
}

const percent = (part: number, all: number): string => `${Math.round((100 * part) / Math.max(all, 1))} %`

const trialSection = (visit: Visit, shown: Shown) => html`<section aria-label="What would this be?">
  <h2>What would this be?</h2>
  ${shown.tried && html`<p role="status"><strong>${verdictWords(shown, shown.tried.verdict)}</strong></p>`}
  <form method="post" action=${`${KEYWORDS_PATH}/trial`}>
    ${formToken(visit)}
    <label>Subject<input name="subject" maxlength="998" value=${shown.tried?.subject ?? ''} /></label>
    <label>Text<textarea name="text" rows="4" maxlength="20000">${shown.tried?.text ?? ''}</textarea></label>
    <button class="second">Try it</button>
  </form></section>`

function verdictWords(shown: Shown, { priority, priorityWord, category, categoryWord, language }: Verdict): string {
  const because = (word: string | null) => (word === null ? '' : ` because of “${word}”`)
  const about = category === null ? 'no category' : `${nameOf(shown, category)}${because(categoryWord)}`
  const spoken = language === null ? 'language unsure' : LANGUAGES[language]
  return `${PRIORITY_WORDS[priority]}${because(priorityWord)} · ${about} · ${spoken}`
}

const LANGUAGE_WORDS: Record<string, string> = { ...LANGUAGES, [ANY]: 'Every language' }

function listsSection(visit: Visit, shown: Shown) {
  const { language, keywords, categories, fields, languages } = shown
  const offered = [...new Set([...languages, ...keywords.lists.map((list) => list.language as string), ANY])]
  const mayEdit = visit.actor.role === 'admin'
  const live = categories.filter(({ retired }) => !retired)
  return html`<section aria-label="Lists">
    <h2>Lists: ${LANGUAGE_WORDS[language] ?? language}</h2>
    <p>${offered.map((code, at) => html`${at > 0 && ' · '}<a href=${`${KEYWORDS_PATH}?language=${code}`} aria-current=${code === language ? 'page' : undefined}>${LANGUAGE_WORDS[code] ?? code}</a>`)}</p>
    ${!languages.includes(language) && language !== ANY && html`<p class="soft">This language is not one of the workspace, so its lists rest.</p>`}
    ${!mayEdit && html`<p>An admin changes this.</p>`}
    <form method="post" action=${KEYWORDS_PATH}>
      ${formToken(visit)}
      <input type="hidden" name="version" value=${fields['version'] ?? String(keywords.version)} />
      <input type="hidden" name="language" value=${language} />
      ${KEYWORD_PRIORITIES.map((value) => listField(fields, { kind: 'priority', value }, `${PRIORITY_WORDS[value]}`))}
      ${live.map((category) => listField(fields, { kind: 'category', value: category.id }, `Category ${labelOf(category, languages)}`))}
      <p class="soft">Words and phrases with commas between them. A ticket that says none is normal, and of the category “other”.</p>
      <button disabled=${!mayEdit}>Save the lists</button>
    </form></section>`
}

const listField = (fields: Fields, list: Pick<KeywordList, 'kind' | 'value'>, label: string) => html`
  <label>${label}<textarea name=${listName(list)} rows=${rowsFor(fields[listName(list)])} spellcheck="false">${fields[listName(list)] ?? ''}</textarea></label>`

/** Enough lines that a usual list is seen whole on a phone. */
const rowsFor = (text = '') => Math.min(12, Math.max(2, Math.ceil(text.length / 32) + 1))
