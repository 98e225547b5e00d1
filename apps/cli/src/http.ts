/**
 * Asks the API what HTTP would be asked, without a network: what the command line prints as JSON is
 * what HTTP answers, to the letter.
 *
 * @module
 */
import type { Session } from './session.ts'
import { Stop } from './shell.ts'

/** The answer to a GET below `/v1`, as text. */
export const answerOf = async (
  { forsat, company, texts }: Session,
  path: string,
): Promise<string> => {
  // Loaded where it is needed: most commands answer sooner without a server.
  const { createApp } = await import('@forsat/api')
  const app = await createApp({ forsat, auth: 'none' })
  try {
    const response = await app.inject({
      method: 'GET',
      url: `/v1${path}`,
      headers: { 'forsat-company': company.id },
    })
    if (response.statusCode < 400) return response.body
    const { code, detail, errors } = response.json<Problem>()
    const facts = (errors ?? []).map(({ pointer, detail: rule }) => `${pointer} ${rule}`)
    const told = facts.length > 0 ? facts.join('; ') : (detail ?? '')
    throw new Stop(response.statusCode === 400 ? 2 : 1, texts.refused(code, told))
  } finally {
    await app.close()
  }
}

/** The same, read as JSON. */
export const askedOf = async <Body = unknown>(session: Session, path: string): Promise<Body> =>
  JSON.parse(await answerOf(session, path)) as Body

interface Problem {
  readonly code: string
  readonly detail?: string
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[]
}

/** A query string of what was asked for. */
export const queryString = (parameters: Readonly<Record<string, string | undefined>>): string => {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(value)}`],
  )
  return given.length === 0 ? '' : `?${given.join('&')}`
}
