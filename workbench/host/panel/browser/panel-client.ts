import { problemsIn } from '../form.ts'
import type { CallData } from '../html/clicks.ts'
import type { PanelAnswer } from '../panel.ts'
import type { PanelRequest } from '../requests.ts'
import { focusKept } from './focus.ts'
import { cleared, entered, formInputs, showProblems } from './form-state.ts'

export type PanelClient = { root: HTMLElement; endpoint: string; onAnswer?: (answer: PanelAnswer) => void }

const TYPING_PAUSE_MS = 400
const WINDOW_CHECK_MS = 500

/** Makes the panel in `root` live: clicks and changes are posted to `endpoint`, and each answer replaces its HTML. */
export function startPanel({ root, endpoint, onAnswer }: PanelClient): void {
  let busy = false
  let typing: ReturnType<typeof setTimeout> | undefined

  root.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-act]') : null
    if (target) press(target)
  })
  root.addEventListener('keydown', (event) => {
    const target = event.target instanceof HTMLElement ? event.target : null
    if (event.key === 'Enter' && target?.getAttribute('role') === 'button') target.click()
    if (event.key === 'Enter' && target instanceof HTMLInputElement) target.blur()
  })
  root.addEventListener('change', (event) => changed(event.target))
  root.addEventListener('input', (event) => {
    const call = event.target instanceof HTMLInputElement && event.target.dataset['suggest']
    clearTimeout(typing)
    if (call)
      typing = setTimeout(
        () => suggest(event.target as HTMLInputElement, JSON.parse(call) as CallData),
        TYPING_PAUSE_MS,
      )
  })

  function press(target: HTMLElement): void {
    const { act, call, index = '0', url = '', onClose } = target.dataset
    if (act === 'link') openLink(url, onClose)
    else if (act === 'click' && call) submit(JSON.parse(call) as CallData)
    else if (act === 'choose' || act === 'universal') void send({ act, index: Number(index) }, true)
    else if (act === 'back' || act === 'peek' || act === 'reload') void send({ act }, true)
  }

  function changed(target: EventTarget | null): void {
    if (
      !(
        target instanceof HTMLInputElement ||
        target instanceof HTMLTextAreaElement ||
        target instanceof HTMLSelectElement
      )
    )
      return
    for (const each of root.querySelectorAll<HTMLElement>(
      `[data-field="${CSS.escape(target.dataset['field'] ?? '')}"]`,
    ))
      each.dataset['touched'] = 'true'
    limitChoices(target)
    const call = target.dataset['change']
    if (call) submit(JSON.parse(call) as CallData)
  }

  /** The client, not the script, refuses an incomplete form. */
  function submit(call: CallData): void {
    const values = formInputs(root)
    const demands = { requiredWidgets: call.required, allWidgetsAreRequired: call.allRequired }
    const problems = problemsIn(entered(root, values), demands)
    showProblems(root, problems)
    if (Object.keys(problems).length > 0) return
    const { parameters, traits, spinner } = call
    const form = { formInputs: values, cleared: cleared(root, values) }
    void send({ act: 'click', function: call.function, parameters, traits, ...form }, spinner)
  }

  async function suggest(input: HTMLInputElement, call: CallData): Promise<void> {
    const values = formInputs(root)
    const answer = await post({
      act: 'suggest',
      function: call.function,
      parameters: call.parameters,
      formInputs: values,
    })
    const options = (answer.suggestions ?? []).map((text) =>
      Object.assign(document.createElement('option'), { value: text }),
    )
    input.list?.replaceChildren(...options)
  }

  /** While a spinner turns, nothing in the panel can be pressed. */
  async function send(request: PanelRequest, spins: boolean): Promise<void> {
    if (busy) return
    busy = spins
    root.toggleAttribute('data-busy', spins)
    try {
      show(await post(request))
    } catch (error) {
      root.querySelector('.sd-body')?.prepend(notice(error instanceof Error ? error.message : String(error)))
    } finally {
      busy = false
      root.removeAttribute('data-busy')
    }
  }

  async function post(request: PanelRequest): Promise<PanelAnswer> {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify(request) })
    if (!response.ok) throw new Error(`The workbench answered ${response.status}`)
    return (await response.json()) as PanelAnswer
  }

  function show(answer: PanelAnswer): void {
    const keepFocus = focusKept(root)
    root.innerHTML = answer.html
    keepFocus()
    if (answer.link?.url) openLink(answer.link.url, answer.link.onClose ?? undefined)
    onAnswer?.(answer)
  }

  function openLink(url: string, onClose: string | undefined): void {
    const opened = window.open(url, '_blank', onClose === 'RELOAD' ? '' : 'noopener')
    if (onClose !== 'RELOAD' || !opened) return
    const watch = setInterval(() => {
      if (!opened.closed) return
      clearInterval(watch)
      void send({ act: 'reload' }, true)
    }, WINDOW_CHECK_MS)
  }
}

function limitChoices(target: Element): void {
  const group = target.closest<HTMLElement>('[data-most]')
  if (!group) return
  const boxes = [...group.querySelectorAll<HTMLInputElement>('input[type=checkbox]')]
  const full = boxes.filter((box) => box.checked).length >= Number(group.dataset['most'])
  for (const box of boxes) box.disabled = full && !box.checked
}

function notice(text: string): HTMLElement {
  return Object.assign(document.createElement('p'), { className: 'sd-problem', textContent: text })
}
