/** The clock of the server, and the one under which offers are looked through for what is over. */
export const [now, later] = ['2026-03-01T08:00:00.000Z', '2026-04-20T08:00:00.000Z'] as const
