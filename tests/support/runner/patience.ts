const NAME = 'SIDEDESK_TEST_PATIENCE'

/** How long a story may take, as the run was told: the environment is all that jest hands from its set-up to its workers. */
export const announcePatience = (milliseconds: number | undefined) => {
  if (milliseconds !== undefined) process.env[NAME] = String(milliseconds)
}

export const patience = () => Number(process.env[NAME] ?? 120_000)
