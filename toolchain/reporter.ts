import { relative } from 'node:path'
import type { AggregatedResult, Reporter } from '@jest/reporters'

/** Closes a run with the time of each folder and the counts alone on a line, which other tools read. */
export default class FolderReporter implements Pick<Reporter, 'onRunComplete'> {
  onRunComplete(_contexts: unknown, results: AggregatedResult): void {
    process.stdout.write(`\n${folderTimes(results)}\n\n${counts(results)}\n`)
  }
}

function folderTimes({ testResults }: AggregatedResult): string {
  const times = new Map<string, { files: number; milliseconds: number }>()
  for (const { testFilePath, perfStats } of testResults) {
    const folder = relative(process.cwd(), testFilePath).split('/').slice(0, -1).slice(0, 3).join('/')
    const { files, milliseconds } = times.get(folder) ?? { files: 0, milliseconds: 0 }
    times.set(folder, { files: files + 1, milliseconds: milliseconds + perfStats.end - perfStats.start })
  }
  return [...times]
    .sort(([, a], [, b]) => b.milliseconds - a.milliseconds)
    .map(
      ([folder, { files, milliseconds }]) => `${(milliseconds / 1_000).toFixed(1).padStart(7)} s  ${folder} (${files})`,
    )
    .join('\n')
}

/** A file that could not run at all counts as a failure, or a broken import would look like fewer tests. */
function counts({
  numPassedTests,
  numFailedTests,
  numRuntimeErrorTestSuites,
  numPendingTests,
  numTodoTests,
}: AggregatedResult): string {
  const skipped = numPendingTests + numTodoTests
  const failed = numFailedTests + numRuntimeErrorTestSuites
  return `${numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
