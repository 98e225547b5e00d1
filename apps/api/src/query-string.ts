/**
 * Reads a query string. A parameter that stands twice becomes a list, one that is not percent-encoded
 * UTF-8 an empty list: no schema takes either. `attributes.KEY` are the fields of one parameter; no
 * field is called `__proto__`, which zod would pass over without a word.
 *
 * @module
 */

type Parameters = Record<string, unknown>

const ownFields = 'attributes.'

export const readQueryString = (query: string): Parameters => {
  // Without a prototype no name means more than what it says.
  const parameters: Parameters = Object.create(null)
  const own: Parameters = Object.create(null)
  for (const part of query.split('&').filter((each) => each !== '')) {
    const [name = '', ...rest] = part.split('=')
    const key = decoded(name)
    const value = decoded(rest.join('='))
    if (key === undefined || value === undefined) parameters[key ?? name] = []
    else if (key.startsWith(ownFields) && key !== `${ownFields}__proto__`)
      put(own, key.slice(ownFields.length), value)
    else put(parameters, key, value)
  }
  if (Object.keys(own).length > 0) put(parameters, 'attributes', own)
  return parameters
}

const put = (parameters: Parameters, key: string, value: unknown): void => {
  parameters[key] = key in parameters ? [parameters[key], value].flat() : value
}

const decoded = (text: string): string | undefined => {
  try {
    const plain = decodeURIComponent(text.replaceAll('+', ' '))
    return plain.includes('\0') ? undefined : plain.normalize('NFC')
  } catch {
    return undefined
  }
}
