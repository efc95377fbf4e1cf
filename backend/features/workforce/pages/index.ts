import type { Page } from '../../settings/index.ts'
import { breaksPage, kindsForm, workForm } from './breaks-page.ts'
import { additionForm, correctionForm, dayPage, endingForm } from './day-page.ts'
import { shiftPages } from './shift-pages.ts'
import { pressForm, workPage } from './work-page.ts'

export const workforcePages: readonly Page[] = [
  workPage,
  pressForm,
  ...shiftPages,
  dayPage,
  correctionForm,
  additionForm,
  endingForm,
  breaksPage,
  kindsForm,
  workForm,
]
