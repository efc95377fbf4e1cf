import type { Work } from '../../../../shared/workforce.ts'
import { html } from '../../../platform/html.ts'
import { newId } from '../../../platform/ids.ts'
import { workStanding } from '../../workforce/index.ts'
import type { Clock } from '../panel/clock.ts'
import { written } from '../pressing/form-press.ts'

/** Whoever is on a break is told so wherever they are, with the way back, which is a button of the ticket's form: what is typed in it stays. */
export const breakView = (work: Work | null, { zone, now }: Clock) =>
  work?.session?.onBreak
    ? html`<section aria-label="Work">
        ${workStanding(work, { now, zone })}
        <p class="row"><button name="press" value=${back()}>I am back</button> <a href="/desk/work">Work</a></p>
      </section>`
    : null

const back = () =>
  written({ kind: 'change', method: 'DELETE', path: '/v1/work/break', key: newId(), say: 'Welcome back.' })
