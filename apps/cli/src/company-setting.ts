/**
 * One setting of a company, as KEY and VALUE: `zone`, `digits.EUR`, `numberPatterns.quotation`,
 * `mailTexts.fa`, `approval.totalAbove`. What a key means and what it may hold, the commands' own schemas say.
 *
 * @module
 */
import { type AnyCommand, commandInputs } from '@forsat/application'
import { asciiDigits, PolicyChanges } from '@forsat/domain'
import type { CompanyView } from '@forsat/projections'
import type * as z from 'zod'

/** What is asked, and whether it is of a part alone, so that the others must be as they were seen. */
export interface SettingChange {
  readonly command: AnyCommand
  readonly isPart: boolean
}

/** `undefined` for a key that is no setting and no policy. */
export const settingChange = (
  company: CompanyView,
  key: string,
  text: string,
): SettingChange | undefined => {
  const [, name = '', part] = /^([^.]+)(?:\.(.+))?$/s.exec(key) ?? []
  const type = typeOf(name, part)
  if (type === undefined) return undefined
  const schema: z.ZodType = commandInputs[type]
  const named = (value: unknown): Parts => {
    if (part === undefined) return { [name]: value }
    // The texts of mails are told by language, and by nothing else.
    if (type === 'SetMailTexts') return { [part]: value }
    return { [name]: partly(company, type, name)(part, value) }
  }
  const candidates = valuesOf(text).map((value) => ({ id: company.id, ...named(value) }))
  const data = candidates.find((each) => schema.safeParse(each).success) ?? candidates.at(-1)
  return { command: { type, data: data ?? {} }, isPart: part !== undefined }
}

type Type = 'SetPolicies' | 'ReviseCompany' | 'SetMailTexts'

const typeOf = (name: string, part: string | undefined): Type | undefined => {
  if (name === 'mailTexts') return part === undefined ? undefined : 'SetMailTexts'
  if (Object.hasOwn(PolicyChanges.shape, name)) return 'SetPolicies'
  return name !== 'id' && Object.hasOwn(commandInputs.ReviseCompany.shape, name)
    ? 'ReviseCompany'
    : undefined
}

/** What a text may stand for: first itself, then as JSON a number, a flag or a list. */
const valuesOf = (text: string): readonly unknown[] => {
  if (text === 'null') return [null]
  const ascii = asciiDigits(text)
  const texts = ascii === text ? [text] : [text, ascii]
  return [...texts, ...texts.map(jsonOf).filter((value) => value !== undefined)]
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

type Parts = Readonly<Record<string, unknown>>

/** Settings take a part alone and keep the others; a policy is always told as a whole. */
const partly =
  (company: CompanyView, type: Exclude<Type, 'SetMailTexts'>, name: string) =>
  (part: string, value: unknown): Parts | null =>
    type === 'ReviseCompany'
      ? { [part]: value }
      : withPart(heldBy(company.policies, name), part, value)

const heldBy = (all: Parts, name: string): Parts => {
  const held = all[name]
  return typeof held === 'object' && held !== null && !Array.isArray(held) ? { ...held } : {}
}

/** `null` takes a part out; without any part nothing is left of the setting. */
const withPart = (held: Parts, part: string, value: unknown): Parts | null => {
  const { [part]: _before, ...others } = held
  if (value !== null) return { ...others, [part]: value }
  return Object.keys(others).length === 0 ? null : others
}
