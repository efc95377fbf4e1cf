import { inWords } from '../../../../shared/money.ts'
import type { PanelCard, PanelSection } from '../../../../shared/panel.ts'
import { present, remark, section, warning } from '../../../platform/panel.ts'
import type { Form } from './form.ts'

/** The card of one page: what is wrong stands above everything, each thing once. */
export function pageOf(form: Form, title: string, sections: readonly (PanelSection | null)[]): PanelCard {
  const wrong = [...new Set(form.problems.map(({ message }) => message))]
  return {
    title: `${title} · ${form.live.name}`,
    subtitle: subtitleOf(form),
    sections: present(
      section(
        null,
        wrong.length > 0 ? warning(wrong.join('\n')) : null,
        form.remark === null ? null : remark(form.remark),
      ),
      ...sections,
    ),
    say: null,
  }
}

const subtitleOf = ({ live: { shop, customer, total } }: Form): string =>
  [customer.name, inWords(total.presentment), shop.name].filter((part) => part !== '').join(' · ')
