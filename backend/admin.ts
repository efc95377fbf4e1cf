import { exitWith } from './admin/failing.ts'
import { adminProgram } from './admin/program.ts'

try {
  await adminProgram().parseAsync()
} catch (error) {
  exitWith(error)
}
