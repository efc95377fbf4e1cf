import type { Page } from '../../settings/index.ts'
import { assignmentForm, assignmentPage } from './assignment-page.ts'
import { availabilityForm, personPage, skillsForm } from './person-page.ts'

export const assignmentPages: readonly Page[] = [
  assignmentPage,
  assignmentForm,
  personPage,
  skillsForm,
  availabilityForm,
]
