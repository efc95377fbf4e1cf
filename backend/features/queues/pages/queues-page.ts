import { QueueSettings } from '../../../../shared/queues.ts'
import { LEADS } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { formToken, orShowAgain, page, submission, type Visit } from '../../settings/index.ts'
import { savedViewsOf } from '../saved/finding.ts'
import { queueSettingsIn, writeQueueSettings } from '../settings.ts'

const PATH = '/settings/queues'
const HOUR = 60

type Told = { minutes: string | null; problem: string | null }

const queuesPage = page(PATH, LEADS, (ctx, visit) => shown(ctx, visit, { minutes: null, problem: null }), {
  word: 'Queues',
  group: 'Work',
})

const queuesForm = submission(PATH, LEADS, (ctx: Ctx, visit: Visit) => {
  const minutes = (visit.form.get('dueNext') ?? '').trim()
  return orShowAgain(
    async () => {
      const settings = QueueSettings.safeParse({ dueNextMinutes: /^\d{1,5}$/.test(minutes) ? Number(minutes) : 0 })
      if (!settings.success)
        throw new DeskError('invalid_request', 'Due next: write whole minutes, 5 to 10,080 (a week).')
      await writeQueueSettings(ctx, settings.data, visit.actor)
      return `${PATH}?saved=1`
    },
    (problem) => shown(ctx, visit, { minutes, problem }),
  )
})

export const queuePages = [queuesPage, queuesForm]

async function shown(ctx: Ctx, visit: Visit, { minutes, problem }: Told) {
  const { actor } = visit
  const stored = await inWorkspace(
    ctx,
    actor.workspaceId,
    async (tx) => ({ settings: await queueSettingsIn(tx), views: await savedViewsOf(tx, null) }),
    { reads: true },
  )
  const given = minutes ?? String(stored.settings.dueNextMinutes)
  return { title: 'Queues', body: view(visit, { given, names: stored.views.map(({ name }) => name), problem }) }
}

type Shown = { given: string; names: readonly string[]; problem: string | null }

const view = (visit: Visit, { given, names, problem }: Shown) => html`
  <h1>Queues</h1>
  ${visit.query.has('saved') && html`<p class="good" role="status">Saved. The next card counts by it.</p>`}
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  <form method="post" action=${PATH}>
    ${formToken(visit)}
    <section>
      <label>«Due next» holds what is due within … minutes<small>${4 * HOUR} are four hours; what is overdue is always there</small>
        <input name="dueNext" inputmode="numeric" autocomplete="off" value=${given} /></label>
    </section>
    <button>Save</button>
  </form>
  <section>
    <h2>Views for everybody</h2>
    ${names.length === 0 ? html`<p>There are none yet.</p>` : html`<ul>${names.map((name) => html`<li>${name}</li>`)}</ul>`}
    <p class="soft">They are written in the panel: More, New view.</p>
  </section>`
