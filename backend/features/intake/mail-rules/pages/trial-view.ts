import type { MailRuleTrial } from '../../../../../shared/mail-rules.ts'
import { html } from '../../../../platform/html.ts'
import { timeIn, type View } from '../../../settings/index.ts'
import { outcomeWords } from '../words.ts'

const WAS = { ticket: 'a ticket', answer: 'an answer', ignored: 'ignored', other: 'something else' } as const

/** What a rule would have done; nothing was changed. */
export const trialView = ({ looked, skipped, answers, items }: MailRuleTrial, zone: string): View => html`
  <section aria-label="Dry run"><h2>Dry run</h2>
    <p role="status">Of the last ${looked} mails this rule would have decided ${items.length}. ${answers > 0 && `${answers} ${answers === 1 ? 'was an answer to a ticket' : 'were answers to tickets'}, which no rule touches. `}${skipped > 0 && `${skipped} ${skipped === 1 ? 'is' : 'are'} too large to be tried, or cannot be read.`}</p>
    ${
      items.length > 0 &&
      html`<div class="scroll" tabindex="0" role="region" aria-label="Mails that it would have decided"><table><thead><tr><th scope="col">When</th><th scope="col">From</th><th scope="col">Subject</th><th scope="col">Is</th><th scope="col">Would be</th></tr></thead><tbody>
      ${items.map(({ at, sender, subject, was, would }) => html`<tr><td>${timeIn(zone, new Date(at))}</td><td>${sender}</td><td>${subject || '(no subject)'}</td><td>${WAS[was]}</td><td>${outcomeWords(would)}</td></tr>`)}
    </tbody></table></div>`
    }
  </section>`
